"""The use case: fit to labelled answers, measure before and after, and name where it is from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np

from tutor import __version__
from tutor.calibrating.answers import (
    VERDICTS,
    Examines,
    LabelledAnswer,
    digest_of,
    examine,
)
from tutor.calibrating.comparison import Change, compare
from tutor.calibrating.cuts import AGREEMENT
from tutor.calibrating.enough import (
    Moved,
    check_agreeing,
    check_enough,
    check_open,
    most_that_moves,
)
from tutor.calibrating.fit import fit
from tutor.calibrating.folds import FOLDS, graded_by_others
from tutor.calibrating.graded import grade
from tutor.errors import InvalidInputError
from tutor.grading.calibration import Calibration
from tutor.grading.strictness import Policy

DECIDING = ("accuracy", "macro_f1", "log_loss")
"""Figures of which none may have got worse: how often it is right, for common and for rare
verdicts, and what its chances are worth. How often sure grades are right decides too once
it is below the rate that is stated of them."""


@dataclass(frozen=True, slots=True)
class Calibrated:
    """A fitted calibration, and what it changes on answers that it was not fitted on."""

    calibration: Calibration
    answers: int
    questions: int
    moved: Moved
    overrides: bool
    """Whether the answers were chosen by their verdicts, which flatters every figure of after."""
    changes: Mapping[str, Change]

    @property
    def worse(self) -> tuple[str, ...]:
        """The deciding figures that are worse by their paired intervals."""
        return tuple(
            name
            for name, change in self.changes.items()
            if change.direction == "worse" and (name in DECIDING or _breaks_promise(name, change))
        )

    @property
    def better(self) -> tuple[str, ...]:
        """The deciding figures that are better by their paired intervals."""
        return tuple(name for name in DECIDING if self.changes[name].direction == "better")


def calibrate(
    labelled: Sequence[LabelledAnswer],
    grader: Examines,
    start: Calibration,
    *,
    policy: Policy = "standard",
    overrides: bool = False,
    now: datetime,
) -> Calibrated:
    """Fit `start` to labelled answers; before and after are measured across questions.

    `start` must be what the grader grades with. `overrides` says that the answers were chosen
    by their verdicts, as rulings on grades are: only the intercepts move then, half the way.
    Raises `InvalidInputError` when there is too little, saying how much is there and how much
    is needed, or when `start` was fitted on the same answers, and what the grader raises.
    """
    check_enough(labelled)
    digest = digest_of(labelled)
    _check_unseen(start, digest)
    answers = examine(labelled, grader, start)
    check_open(answers)
    moved, everything = most_that_moves(answers, overrides=overrides), answers.everything
    before = grade(answers, everything, start, policy)
    if overrides:
        check_agreeing(int((before.verdict == answers.human).sum()), len(labelled))
    after = graded_by_others(start, answers, moved, policy)
    fitted = fit(start, answers, everything, moved, policy)
    named = {
        "name": f"own-{digest[:8]}",
        "provenance": {
            **_source(labelled, digest, overrides=overrides),
            "moved": list(moved.parts),
            "policy": policy,
            "date": now.date().isoformat(),
            "tutor": __version__,
            "based_on": {"name": start.name, "provenance": start.provenance},
        },
    }
    return Calibrated(
        calibration=fitted.model_copy(update=named),
        answers=len(labelled),
        questions=len(np.unique(answers.questions)),
        moved=moved,
        overrides=overrides,
        changes=compare(answers.human, before, after, answers.questions),
    )


def _breaks_promise(name: str, change: Change) -> bool:
    right = change.after.value
    return name == "right_when_sure" and isinstance(right, float) and right < AGREEMENT


def _check_unseen(start: Calibration, digest: str) -> None:
    if start.provenance.get("sha256") == digest:
        raise InvalidInputError(
            f"calibration {start.name} was fitted on these very answers, so how far it agrees "
            "with them says nothing; unset TUTOR_CALIBRATION"
        )


def _source(labelled: Sequence[LabelledAnswer], digest: str, *, overrides: bool) -> dict[str, Any]:
    verdicts = Counter(one.verdict for one in labelled)
    languages = Counter(one.language for one in labelled)
    return {
        "script": "tutor calibrate",
        "source": "overrides of a deck" if overrides else "labelled answers",
        "answers": len(labelled),
        "questions": len({one.question for one in labelled}),
        "verdicts": {verdict: verdicts[verdict] for verdict in VERDICTS},
        "languages": dict(sorted(languages.items())),
        "sha256": digest,
        "folds": FOLDS,
    }
