"""Near-copy rates as Markdown, and the misses one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from evals.cases import Case
from evals.near_copies import NearCopies
from evals.near_copy_rates import GraderRates, NearCopyResult, Rates, Trial, trials_of
from evals.outcomes import Outcome
from evals.shares import Share
from evals.splits import Split
from evals.tables import count_cell, share_cell, table

_TITLES = {
    "decisive_correct_and_sure": "decisive, called correct and sure",
    "decisive_correct": "decisive, called correct at all",
    "harmless_incorrect": "harmless, called incorrect",
    "harmless_partial": "harmless, called partial",
    "harmless_unsure": "harmless, unsure",
    "harmless_incorrect_or_unsure": "harmless, called incorrect or unsure",
}
_SHORT = {
    "decisive_correct_and_sure": "decisive: correct and sure",
    "decisive_correct": "correct at all",
    "harmless_incorrect": "harmless: incorrect",
    "harmless_partial": "partial",
    "harmless_unsure": "unsure",
}


def markdown(result: NearCopyResult) -> str:
    """The whole report: overall, then each grader by split, kind of edit and language."""
    return "\n".join(_lines(result)) + "\n"


def misses(copies: NearCopies, outcomes: Sequence[Outcome], split: Split) -> str:
    """One grader's misses, each with its question, reference and answer.

    Those of test questions, which nobody who builds a grader may look at, are listed only
    where `split` asks for test questions and nothing else.
    """
    cases = {case.id: case for case in copies.data.cases}
    found = [trial for trial in trials_of(copies, outcomes) if trial.is_miss]
    listed = [trial for trial in found if trial.edit.split == split.shown.value]
    head = f"{outcomes[0].grader}: {len(found)} misses, those of {split.shown} questions listed"
    return "\n\n".join([head, *(_miss(trial, cases[trial.edit.id]) for trial in listed)]) + "\n"


def _miss(trial: Trial, case: Case) -> str:
    return "\n".join(
        [
            _headline(trial),
            f"  question:  {case.item.question}",
            f"  reference: {' | '.join(case.item.references)}",
            f"  answer:    {case.answer}",
            *(f"  reason:    {reason.name}: {reason.detail}" for reason in trial.grade.reasons),
        ]
    )


def _headline(trial: Trial) -> str:
    edit, grade = trial.edit, trial.grade
    sure = "unsure" if grade.unsure else "sure"
    return (
        f"{edit.id} {edit.change} {edit.edit}: called {grade.verdict}, {sure}, "
        f"confidence {grade.confidence:.2f}"
    )


def _lines(result: NearCopyResult) -> Iterator[str]:
    yield from ("# Near copies", "", *_origin(result), "")
    yield from table(["", *(grader.grader for grader in result.graders)], _overall(result.graders))
    for grader in result.graders:
        yield from ("", f"## {grader.grader}", "", *_makers(grader))
        yield from _tables(grader)


def _origin(result: NearCopyResult) -> Iterator[str]:
    yield f"Made by `{result.command}` on {result.date} with tutor {result.tutor}."
    yield (
        f"{result.rows} rows of {result.questions} questions, split {result.split}, of "
        f"`{result.file.name}` (sha256 {result.file.sha256[:12]})."
    )
    yield (
        "Each row is a reference with one edit: a decisive one makes it wrong, a harmless one "
        "does not. Lower is better everywhere, but a grader that is never sure has 0 in the "
        "first row for nothing, and pays for it in the rows of unsure ones. In brackets: 95 % "
        "intervals by Wilson's method, which takes rows for independent and is a little narrow, "
        "since a question has several."
    )


def _overall(graders: Sequence[GraderRates]) -> Iterator[list[str]]:
    for name, title in _TITLES.items():
        yield [title, *(share_cell(getattr(grader.overall, name)) for grader in graders)]


def _makers(grader: GraderRates) -> Iterator[str]:
    for maker in grader.makers:
        yield f"{maker}."
    for kind, count in sorted(grader.ungraded.items()):
        yield f"{count} rows ungraded ({kind}); no rate counts them."


def _tables(grader: GraderRates) -> Iterator[str]:
    splits = grader.splits if len(grader.splits) > 1 else {}
    for name, parts, cell in (
        ("split", splits, share_cell),
        ("language", grader.languages, share_cell),
        ("kind of edit", grader.edits, count_cell),
    ):
        if parts:
            yield ""
            yield from table([name, *_SHORT.values()], _by_part(parts, cell))


def _by_part(parts: Mapping[str, Rates], cell: Callable[[Share], str]) -> Iterator[list[str]]:
    for name, found in parts.items():
        yield [name, *(cell(getattr(found, rate)) for rate in _SHORT)]
