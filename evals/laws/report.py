"""The rates of laws as Markdown, and the worst breaks one by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from evals.laws.bases import is_of
from evals.laws.law import Law
from evals.laws.rates import GraderOnLaws, LawRates, LawsResult
from evals.laws.runs import REORDERED, REPEATED, LawRun
from evals.laws.verdicts import Tried
from evals.splits import Split
from evals.tables import count_cell, share_cell, table
from tutor.grading.grade import Grade

WORST = 5
"""Breaks of a law that are listed."""


def laws_markdown(result: LawsResult) -> str:
    """The whole report: every law on every grader, then each grader in detail."""
    return "\n".join(_lines(result)) + "\n"


def worst_breaks(run: LawRun, laws: Sequence[Law], split: Split) -> str:
    """The worst breaks of each law by one grader, with all that is needed to judge them.

    Those on test questions, which nobody who builds a grader may look at, are listed only
    where `split` asks for test questions and nothing else.
    """
    broken = [tried for tried in run.tried if tried.can_fail and tried.is_broken]
    head = f"{run.grader}: {len(broken)} breaks, the worst of each law on {split.shown} listed"
    listed = [tried for tried in broken if is_of(tried.trial.base, split.shown)]
    return "\n\n".join([head, *_worst(listed, (*laws, REPEATED, REORDERED))]) + "\n"


def _worst(broken: Sequence[Tried], laws: Sequence[Law]) -> Iterator[str]:
    for law in laws:
        found = [tried for tried in broken if tried.trial.law == law]
        for tried in sorted(found, key=lambda one: one.weight, reverse=True)[:WORST]:
            yield _break(tried)


def _break(tried: Tried) -> str:
    trial = tried.trial
    return "\n".join(
        [
            f"{trial.law.name} ({trial.law.must}), {trial.base.id}",
            f"  question:  {trial.base.item.question}",
            f"  reference: {' | '.join(trial.base.item.references)}",
            f"  answer:    {trial.base.answer!r}: {_short(tried.before)}",
            f"  changed:   {trial.changed.answer!r}: {_short(tried.after)}",
            *(f"  reason:    {reason.name}: {reason.detail}" for reason in tried.after.reasons),
        ]
    )


def _short(grade: Grade) -> str:
    sure = "unsure" if grade.unsure else "sure"
    return f"{grade.verdict} {grade.score:.2f}, {sure} {grade.confidence:.2f}"


def _lines(result: LawsResult) -> Iterator[str]:
    yield from ("# Laws", "", *_origin(result), "")
    names = [grader.grader for grader in result.graders]
    yield from table(["broken", "must", *names], _overall(result.graders))
    for grader in result.graders:
        yield from ("", f"## {grader.grader}", "", *_makers(grader), "")
        yield from table(
            ["law", "concerned", "tried", "broken", "grave", "questions", "zh", "en"],
            map(_row, grader.laws),
        )
    if result.graders:
        yield from ("", "## What each law says", "")
        yield from (f"- **{law.law}**: {law.says}" for law in result.graders[0].laws)


def _origin(result: LawsResult) -> Iterator[str]:
    most = "all answers" if result.limit is None else f"at most {result.limit} answers"
    yield f"Made by `{result.command}` on {result.date} with tutor {result.tutor}."
    yield (
        f"{result.answers} answers and references of {result.questions} questions, split "
        f"{result.split}, of {result.data.name} (sha256 {result.data.sha256[:12]}); {most} a law, "
        f"drawn by seed {result.seed}."
    )
    yield (
        "An answer is changed by a program, and what must then hold of its grade is known without "
        "a label. Lower is better. Counted are the trials that could fail: a full score cannot be "
        "raised, and only a grade of correct can be lost. A break is grave when the grader is sure "
        "of it, or a better verdict is won by it. In brackets: 95 % intervals by Wilson's method, "
        "which takes trials for independent; questions, of which one break is enough, are so."
    )


def _overall(graders: Sequence[GraderOnLaws]) -> Iterator[list[str]]:
    for rows in zip(*(grader.laws for grader in graders), strict=True):
        yield [rows[0].law, rows[0].must.value, *(share_cell(row.broken) for row in rows)]


def _row(law: LawRates) -> list[str]:
    return [
        law.law,
        str(law.concerned),
        str(law.applied),
        share_cell(law.broken),
        share_cell(law.grave),
        share_cell(law.questions),
        *(count_cell(part) for part in law.languages.values()),
    ]


def _makers(grader: GraderOnLaws) -> Iterator[str]:
    for maker in grader.makers:
        yield f"{maker}."
    for kind, count in sorted(grader.ungraded.items()):
        yield f"{count} answers ungraded ({kind}); no rate counts them."
