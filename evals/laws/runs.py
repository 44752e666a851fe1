"""Trying the laws on a grader: every trial once, and some answers again in two orders."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random

from evals.cases import Case, CaseFile
from evals.graded import grade_with
from evals.laws.law import Law, Must, is_anything
from evals.laws.nothing import as_it_is
from evals.laws.trials import Trial, Trials
from evals.laws.verdicts import Tried
from evals.outcomes import Outcome
from evals.result import Maker, makers_of
from tutor.grading.grade import Grade, Grader

REPEATED = Law(
    "repeated run", "Grading again grades alike.", Must.SAME_GRADE, is_anything, as_it_is
)
REORDERED = Law(
    "order of answers",
    "Answers in another order are graded alike.",
    Must.SAME_GRADE,
    is_anything,
    as_it_is,
)


@dataclass(frozen=True, slots=True)
class LawRun:
    """One grader on all trials; those without two grades are counted by law and are no trial."""

    grader: str
    makers: tuple[Maker, ...]
    tried: tuple[Tried, ...]
    ungraded: dict[str, int]
    """Answers without a grade, by kind of failure."""


def run_laws(trials: Trials, name: str, grader: Grader, again: int | None, seed: int) -> LawRun:
    """Grade what the trials need, then at most `again` of the bases twice more."""
    first = _graded(trials.cases, name, grader)
    bases = _drawn(trials.bases, again, seed)
    shuffled = Random(seed).sample(bases, len(bases))
    repeats = [
        (law, _graded(replace(trials.cases, name=law.name, cases=tuple(cases)), name, grader))
        for law, cases in ((REPEATED, bases), (REORDERED, shuffled))
    ]
    grades = _grades(first)
    tried = [
        *(_tried(trial, grades, grades) for trial in trials.made),
        *(
            _tried(Trial(law, base, base), grades, _grades(outcomes))
            for law, outcomes in repeats
            for base in bases
        ),
    ]
    return LawRun(
        name,
        makers_of(first),
        tuple(one for one in tried if one is not None),
        dict(Counter(o.error.type for o in first if o.error is not None)),
    )


def _drawn(bases: Sequence[Case], most: int | None, seed: int) -> list[Case]:
    if most is None or len(bases) <= most:
        return list(bases)
    places = sorted(Random(seed).sample(range(len(bases)), most))
    return [bases[place] for place in places]


def _graded(file: CaseFile, name: str, grader: Grader) -> tuple[Outcome, ...]:
    return grade_with(file, {name: grader})[0]


def _grades(outcomes: Sequence[Outcome]) -> dict[str, Grade]:
    return {outcome.id: outcome.grade for outcome in outcomes if outcome.grade is not None}


def _tried(trial: Trial, before: dict[str, Grade], after: dict[str, Grade]) -> Tried | None:
    base, changed = before.get(trial.base.id), after.get(trial.changed.id)
    return None if base is None or changed is None else Tried(trial, base, changed)
