"""A grader for tests of the command line, and the command line with it in place of the real one.

An answer that holds "right" is correct, "half" partial, "maybe" partial and unsure, everything
else incorrect; "broken" cannot be graded. "slow" waits until it is interrupted.
"""

from __future__ import annotations

import time

import tutor.settings
from tutor.errors import ModelError
from tutor.grading.grade import Feedback, Grade, KeyPoint, Reason, Receipt, Verdict
from tutor.grading.strictness import Strictness, Threshold, Thresholds

UNKNOWN = Thresholds(*[Threshold(intercept=0, spread=1)] * 2)
SCORES: dict[Verdict, float] = {"correct": 1.0, "partial": 0.5, "incorrect": 0.0}


class FakeGrader:
    """Grades by the words above; `asked` remembers every item, answer and language."""

    escalation = ()

    def __init__(self) -> None:
        self.asked = []

    def learn(self, ruled, policy="standard"):
        return Strictness(policy, len(ruled), UNKNOWN, UNKNOWN)

    def grade(self, item, answer, language=None, strictness=None):
        self.asked.append((item, answer, language))
        if "broken" in answer:
            raise ModelError("the model did not answer; try again")
        if "slow" in answer:
            time.sleep(60)
        return fake_grade(_verdict(answer), answer, strictness, unsure="maybe" in answer)


def _verdict(answer: str) -> Verdict:
    if "right" in answer:
        return "correct"
    return "partial" if "half" in answer or "maybe" in answer else "incorrect"


def fake_grade(
    verdict: Verdict, answer: str, strictness: Strictness, *, unsure: bool = False
) -> Grade:
    covered = verdict != "incorrect"
    point = KeyPoint(
        text="the key point",
        status="covered" if covered else "missing",
        quote=answer if covered else None,
        span=(0, len(answer)) if covered else None,
    )
    receipt = Receipt(
        grader="fake", embedder="none", calibration=f"fake+{strictness.verdicts}",
        policy=strictness.policy, elapsed_ms=0,
    )  # fmt: skip
    causes = [("coverage", "says a part"), ("unsure_wording", "the wording is far off.")]
    return Grade(
        verdict=verdict,
        score=SCORES[verdict],
        confidence=0.4 if unsure else 0.9,
        unsure=unsure,
        key_points=(point,),
        reasons=tuple(Reason(name=n, detail=d) for n, d in causes) if unsure else (),
        feedback=Feedback(language="en", summary=f"summary of {verdict}"),
        rating="good",
        receipt=receipt,
    )


if __name__ == "__main__":
    from tutor.cli.main import run

    tutor.settings.build_grader = lambda settings: FakeGrader()
    run()
