"""Trials: a law on an answer, before any grader has seen it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random

from evals.cases import Case, CaseFile
from evals.laws.law import Law, Must
from tutor.grading.reading.text import read


@dataclass(frozen=True, slots=True)
class Trial:
    """A base and the same case with its answer changed; equal answers share one case."""

    law: Law
    base: Case
    changed: Case


@dataclass(frozen=True, slots=True)
class Trials:
    """The trials of every law, and how many answers each law concerns.

    `cases` are all that is to be graded: every base and every changed answer, once.
    """

    made: tuple[Trial, ...]
    concerned: Mapping[str, int]
    cases: CaseFile

    @property
    def bases(self) -> tuple[Case, ...]:
        """The bases in order, each once."""
        return tuple({trial.base.id: trial.base for trial in self.made}.values())


def trials_on(file: CaseFile, laws: Sequence[Law], limit: int | None, seed: int) -> Trials:
    """At most `limit` trials of each law on the cases of a file, drawn by `seed`."""
    made = tuple(trial for law in laws for trial in _trials_of(law, file.cases, limit, seed))
    graded = {case.id: case for trial in made for case in (trial.base, trial.changed)}
    return Trials(
        made,
        {law.name: sum(map(law.concerns, file.cases)) for law in laws},
        replace(file, cases=tuple(graded.values())),
    )


def _trials_of(law: Law, cases: Sequence[Case], limit: int | None, seed: int) -> list[Trial]:
    concerned = [case for case in cases if law.concerns(case)]
    Random(f"{seed} {law.name}").shuffle(concerned)
    found: dict[str, Trial] = {}
    for trial in _changed(law, concerned, seed):
        if limit is not None and len(found) == limit:
            break
        found.setdefault(trial.changed.id, trial)
    return list(found.values())


def _changed(law: Law, cases: Sequence[Case], seed: int) -> Iterator[Trial]:
    for case in cases:
        answer = law.change(case, Random(f"{seed} {law.name} {case.id}"))
        if answer is not None and law.must is Must.NOT_CORRECT and _is_accepted(answer, case):
            continue
        if answer == case.answer:
            yield Trial(law, case, case)
        elif answer is not None:
            yield Trial(law, case, replace(case, id=_id(case, answer), answer=answer))


def _is_accepted(answer: str, case: Case) -> bool:
    """Whether an answer has become another of the references."""
    return read(answer).compact in {read(text).compact for text in case.item.references}


def _id(case: Case, answer: str) -> str:
    """The same for the same answer to the same item, whichever base it came from."""
    digest = hashlib.sha256(f"{case.item!r}\n{answer!r}".encode()).hexdigest()
    return f"changed-{digest[:16]}"
