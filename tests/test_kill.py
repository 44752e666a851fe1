"""What was acknowledged, a review or a later grade, survives whatever happens to the program."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import IO

from tutor.store.reviews import ReviewStore

# Grades, stores and grades again for ever; says each review's id, and again its id behind a
# plus sign, only when the one and the other are committed.
CHILD = """
import secrets, sys
from datetime import UTC, datetime
from tutor.grading.grade import Feedback, Grade, Receipt
from tutor.service import Tutor
from tutor.store.reviews import ReviewStore

class SameGrader:
    def learn(self, ruled, policy):
        return None

    def grade(self, item, answer, language=None, strictness=None):
        return Grade(
            verdict="correct", score=1, confidence=1, unsure=False, key_points=(), reasons=(),
            feedback=Feedback(language="en", summary=""), rating="good",
            receipt=Receipt(grader="same", embedder="none", calibration="none", policy="none",
                            elapsed_ms=0),
        )

tutor = Tutor(
    grader=SameGrader, collection=None, store=lambda: ReviewStore.open(sys.argv[1]),
    clock=lambda: datetime.now(UTC), new_id=lambda: secrets.token_hex(8),
)
store = ReviewStore.open(sys.argv[1])
while True:
    review = tutor.review("Q?", ["A"], "answer " * 300)
    print(review.id, flush=True)
    later = review.grade.model_copy(update={"verdict": "incorrect", "score": 0.0})
    store.add_regrade(review.id, later, datetime.now(UTC))
    print("+" + review.id, flush=True)
"""


def test_reviews_and_later_grades_survive_kill_9(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'reviews.db'}"
    chance = random.Random(20261124)
    acknowledged: list[str] = []
    kills = 0
    while len(acknowledged) < 300:
        acknowledged += _acknowledged_until_killed(url, chance)
        kills += 1
    assert kills >= 3
    regraded = {line[1:] for line in acknowledged if line.startswith("+")}
    reviewed = {line for line in acknowledged if not line.startswith("+")}
    with ReviewStore.open(url) as store:
        stored = {review.id: review for review in store.find(limit=1_000_000)}
    later = {review.id for review in stored.values() if review.local_grade is not None}
    assert reviewed <= stored.keys()
    assert regraded <= later
    # Beyond the acknowledged ones, each kill may have left one committed and not yet said.
    assert len(stored) + len(later) <= len(acknowledged) + kills
    # One that lost its later grade has its first.
    assert {stored[id].grade.verdict for id in later} == {"incorrect"}
    assert {stored[id].grade.verdict for id in stored.keys() - later} <= {"correct"}
    with closing(sqlite3.connect(tmp_path / "reviews.db")) as raw:
        assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def _acknowledged_until_killed(url: str, chance: random.Random) -> list[str]:
    """Kill the child at a moment that it cannot know; return all the lines that it said."""
    child = subprocess.Popen([sys.executable, "-c", CHILD, url], stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    with child.stdout as said:
        lines = [_line(said) for _ in range(chance.randint(1, 100))]
        time.sleep(chance.uniform(0, 0.01))  # a few commits long: it may hit any part of one
        os.kill(child.pid, signal.SIGKILL)
        # A line that the kill cut short was not acknowledged.
        lines += [line for line in said if line.endswith("\n")]
        child.wait()
    return [line.strip() for line in lines]


def _line(said: IO[str]) -> str:
    line = said.readline()
    assert line.endswith("\n"), "the child ended by itself"
    return line
