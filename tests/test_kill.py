"""A review that was acknowledged survives whatever happens to the program."""

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

# Grades and stores for ever, and says each review's id only when it is committed.
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
while True:
    review = tutor.review("Q?", ["A"], "answer " * 300)
    print(review.id, flush=True)
"""


def test_reviews_survive_kill_9(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'reviews.db'}"
    chance = random.Random(20261124)
    acknowledged: list[str] = []
    kills = 0
    while len(acknowledged) < 200:
        acknowledged += _acknowledged_until_killed(url, chance)
        kills += 1
    assert kills >= 3
    with ReviewStore.open(url) as store:
        stored = {review.id for review in store.find(limit=1_000_000)}
        assert set(acknowledged) <= stored
        # Beyond the acknowledged ones, each kill may have left one committed and not yet said.
        assert len(stored) <= len(acknowledged) + kills
    with closing(sqlite3.connect(tmp_path / "reviews.db")) as raw:
        assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def _acknowledged_until_killed(url: str, chance: random.Random) -> list[str]:
    """Kill the child at a moment that it cannot know; return all the ids that it said."""
    child = subprocess.Popen([sys.executable, "-c", CHILD, url], stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    with child.stdout as said:
        lines = [_line(said) for _ in range(chance.randint(1, 50))]
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
