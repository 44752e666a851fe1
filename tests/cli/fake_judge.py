"""A judge for tests of the command line, which says what the answer asks it to.

An answer that holds "raise" is judged correct, "lower" incorrect and "doubt" unsure; otherwise
the judge agrees. "fail" makes it fail in the way that it was told. It speaks once it is let.
"""

from __future__ import annotations

import asyncio
import threading

import tutor.settings
from tests.cli.fake_grader import SCORES
from tutor.errors import ModelUnreachableError
from tutor.grading.grade import FirstGrade, JudgeFailure, JudgeReceipt, JudgeTokens, Reason
from tutor.grading.judging.regrade import left_local
from tutor.service import Tutor

UNREACHABLE = ModelUnreachableError("http://127.0.0.1:9/v1 cannot be reached; start its server")


class FakeCascade:
    """Stands where `Cascade` does; asked about unsure grades with auto. Takes `delay` seconds.

    `hold` keeps it silent until `let`. `asked` remembers the answers, `most_at_once` how many
    it was asked about at the same time.
    """

    model = "mock"

    def __init__(self, delay: float = 0.0, *, error: bool = False) -> None:
        self.delay = delay
        self.failure = UNREACHABLE
        self.asked: list[str] = []
        self.most_at_once = 0
        self._at_once = 0
        self._error = error
        self._may_speak = threading.Event()
        self._may_speak.set()

    def hold(self) -> None:
        self._may_speak.clear()

    def let(self) -> None:
        self._may_speak.set()

    def wants(self, item, local, use):
        return use == "always" or (use == "auto" and local.unsure)

    async def regrade(self, item, answer, local, policy):
        self.asked.append(answer)
        self._at_once += 1
        self.most_at_once = max(self.most_at_once, self._at_once)
        try:
            while not self._may_speak.is_set():
                await asyncio.sleep(0.005)
            await asyncio.sleep(self.delay)
        finally:
            self._at_once -= 1
        return self._spoken(answer, local)

    async def close(self) -> None:
        """It holds nothing open."""

    def _spoken(self, answer, local):
        receipt = JudgeReceipt(
            model="mock-2026", endpoint="http://mock/v1", local=_first(local),
            tokens=JudgeTokens(input=1000, output=20), money=0.003, currency="USD",
        )  # fmt: skip
        if "fail" in answer:
            if self._error:
                raise self.failure
            failure = JudgeFailure(type=self.failure.type, detail=str(self.failure))
            return left_local(local, receipt, failure)
        return _judged(answer, local, receipt)


def _judged(answer, local, receipt):
    verdict = local.verdict
    if "raise" in answer or "lower" in answer:
        verdict = "correct" if "raise" in answer else "incorrect"
    covered = verdict != "incorrect"
    (point,) = local.key_points
    point = point.model_copy(
        update={
            "status": "covered" if covered else "contradicted",
            "quote": answer,
            "span": (0, len(answer)),
        }
    )
    unsure = "doubt" in answer
    why = (Reason(name="unsure_disputed", detail="they are far apart."),) if unsure else ()
    return local.model_copy(
        update={
            "verdict": verdict,
            "score": SCORES[verdict],
            "confidence": 0.5 if unsure else 0.95,
            "unsure": unsure,
            "key_points": (point,),
            "reasons": why,
            "receipt": local.receipt.model_copy(update={"judge": receipt}),
        }
    )


def _first(local):
    return FirstGrade(
        verdict=local.verdict, score=local.score, confidence=local.confidence, unsure=local.unsure
    )


def wire(cascade) -> None:
    """Make every tutor that the settings build ask this judge."""
    tutor.settings.Tutor = lambda **parts: Tutor(**{**parts, "cascade": lambda: cascade})


if __name__ == "__main__":
    import sys

    from tests.cli.fake_grader import FakeGrader
    from tutor.cli.main import run

    tutor.settings.build_grader = lambda settings: FakeGrader()
    wire(FakeCascade(float(sys.argv.pop(1))))
    run()
