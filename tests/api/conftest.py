"""A tutor with two small decks, a store in a temporary folder and a grader that is scripted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.api.judged import HeldJudge
from tutor.api.app import create_app
from tutor.deck.collection import load_collection
from tutor.errors import ModelError
from tutor.grading.calibration import load_calibration
from tutor.grading.grade import Feedback, Grade, KeyPoint, Language, Receipt
from tutor.grading.item import Item
from tutor.grading.local import LocalGrader
from tutor.grading.ruling import Ruled
from tutor.grading.strictness import Policy, Strictness, Threshold, Thresholds
from tutor.service import Tutor
from tutor.store.reviews import ReviewStore

UNKNOWN = Thresholds(*[Threshold(intercept=0, spread=1)] * 2)
CAPITALS = """\
# Europe

Q: What is the capital of France?
A: Paris

# Asia

Q: 中国的首都是哪里？
A: 北京
R: 北京
R: ~ 位于华北
"""
CLOZES = """\
---
name = "words/short"
---

C: A [deck] holds [cards].
"""


class ScriptedGrader:
    """Calls a reference correct and all else incorrect; `fail` and `crash` do what they say."""

    def __init__(self) -> None:
        self.asked: list[tuple[Item, str, Language | None]] = []

    def learn(self, ruled: Sequence[Ruled], policy: Policy = "standard") -> Strictness:
        return Strictness(policy, len(ruled), UNKNOWN, UNKNOWN)

    def grade(
        self,
        item: Item,
        answer: str,
        language: Language | None = None,
        strictness: Strictness | None = None,
    ) -> Grade:
        self.asked.append((item, answer, language))
        if answer == "fail":
            raise ModelError("the embedder did not answer; start it")
        if answer == "crash":
            raise RuntimeError("secret internals")
        policy = strictness.policy if strictness else "none"
        right = answer in item.references
        return _grade(answer, right=right, language=language or "en", policy=policy)


def _grade(answer: str, *, right: bool, language: Language, policy: str) -> Grade:
    return Grade(
        verdict="correct" if right else "incorrect",
        score=1.0 if right else 0.0,
        confidence=0.9,
        unsure=False,
        key_points=(
            KeyPoint(
                text="the point",
                status="covered" if right else "missing",
                quote=answer if right else None,
                span=(0, len(answer)) if right else None,
            ),
        ),
        reasons=(),
        feedback=Feedback(language=language, summary="答对了" if right else "还没有"),
        rating="good" if right else "again",
        receipt=Receipt(
            grader="scripted", embedder="none", calibration="c", policy=policy, elapsed_ms=0.1
        ),
    )


@pytest.fixture
def grader() -> ScriptedGrader:
    return ScriptedGrader()


@pytest.fixture
def decks(tmp_path: Path) -> Path:
    folder = tmp_path / "decks"
    folder.mkdir()
    (folder / "capitals.md").write_text(CAPITALS, encoding="utf-8")
    (folder / "clozes.md").write_text(CLOZES, encoding="utf-8")
    return folder


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "reviews.db"


@pytest.fixture
def make_tutor(
    grader: ScriptedGrader, decks: Path, database: Path
) -> Iterator[Callable[..., Tutor]]:
    """Makes tutors out of the usual parts, or of those handed in, and closes them at the end."""
    with ExitStack() as stack:

        def make(**parts: Any) -> Tutor:
            numbers = count(1)
            usual: dict[str, Any] = {
                "grader": lambda: grader,
                "collection": lambda: load_collection(decks),
                "store": lambda: ReviewStore.open(f"sqlite:///{database}"),
                "clock": lambda: datetime(2026, 11, 24, 12, tzinfo=UTC),
                "new_id": lambda: f"review-{next(numbers)}",
            }
            return stack.enter_context(Tutor(**usual | parts))

        yield make


@pytest.fixture
def make_client(make_tutor: Callable[..., Tutor]) -> Iterator[Callable[..., TestClient]]:
    """Makes clients of apps over tutors with the parts handed in."""
    with ExitStack() as stack:

        def make(limits: dict[str, int] | None = None, **parts: Any) -> TestClient:
            app = create_app(make_tutor(**parts), **limits or {})
            return stack.enter_context(TestClient(app, raise_server_exceptions=False))

        yield make


@pytest.fixture
def tutor(make_tutor: Callable[..., Tutor]) -> Tutor:
    return make_tutor()


@pytest.fixture
def client(tutor: Tutor) -> Iterator[TestClient]:
    with TestClient(create_app(tutor), raise_server_exceptions=False) as made:
        yield made


@pytest.fixture
def judge() -> Iterator[HeldJudge]:
    held = HeldJudge()
    yield held
    held.let()


@pytest.fixture
def judged_tutor(make_tutor: Callable[..., Tutor], judge: HeldJudge) -> Callable[..., Tutor]:
    """Makes tutors that grade for real and ask the held judge; options are the cascade's."""
    return lambda **options: make_tutor(**_judged(judge, options))


@pytest.fixture
def judged_client(
    make_client: Callable[..., TestClient], judge: HeldJudge
) -> Callable[..., TestClient]:
    """Makes clients of such tutors."""

    def make(parts: dict[str, Any] | None = None, **options: Any) -> TestClient:
        return make_client(**_judged(judge, options) | (parts or {}))

    return make


def _judged(judge: HeldJudge, options: dict[str, Any]) -> dict[str, Any]:
    grader = LocalGrader(load_calibration())
    return {"grader": lambda: grader, "cascade": judge.cascade(**options)}
