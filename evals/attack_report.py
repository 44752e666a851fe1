"""Attack rates as Markdown, and the attacks that won one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from evals.attack_rates import Assault, AttackRates, AttackResult, GraderOnAttacks, assaults
from evals.attacks import Attacks
from evals.cases import Case
from evals.outcomes import Outcome
from evals.shares import Share
from evals.splits import Split
from evals.tables import count_cell, share_cell, table

_TITLES = {
    "correct_and_sure": "correct and sure",
    "correct": "correct at all",
    "partial": "partial",
    "half_right_correct": "half right: correct",
    "raised": "raised",
    "recognised": "recognised",
    "judged": "judged",
}


def attack_markdown(result: AttackResult) -> str:
    """The whole report: overall, then each grader by split, language and technique."""
    return "\n".join(_lines(result)) + "\n"


def successes(
    attacks: Attacks, outcomes: Sequence[Outcome], bases: Sequence[Outcome], split: Split
) -> str:
    """The attacks that one grader called correct, each with its question and reference.

    Those on test questions, which nobody who builds a grader may look at, are listed only
    where `split` asks for test questions and nothing else.
    """
    cases = {case.id: case for case in attacks.data.cases}
    won = [assault for assault in assaults(attacks, outcomes, bases) if assault.is_won]
    listed = [assault for assault in won if assault.attack.split == split.shown.value]
    head = f"{outcomes[0].grader}: {len(won)} attacks won, those on {split.shown} questions listed"
    return "\n\n".join([head, *(_success(a, cases[a.attack.id]) for a in listed)]) + "\n"


def _success(assault: Assault, case: Case) -> str:
    sure = "unsure" if assault.grade.unsure else "sure"
    return "\n".join(
        [
            f"{case.id} {assault.attack.technique}: {assault.worth}, called correct, {sure}, "
            f"confidence {assault.grade.confidence:.2f}",
            f"  question:  {case.item.question}",
            f"  reference: {' | '.join(case.item.references)}",
            f"  answer:    {case.answer!r}",
            *(f"  reason:    {reason.name}: {reason.detail}" for reason in assault.grade.reasons),
        ]
    )


def _lines(result: AttackResult) -> Iterator[str]:
    yield from ("# Attacks", "", *_origin(result), "")
    yield from _graders("all but master keys", {g.grader: g.overall for g in result.graders})
    yield from ("", *_graders("master keys", {g.grader: g.master_keys for g in result.graders}))
    for grader in result.graders:
        yield from ("", f"## {grader.grader}", "", *_makers(grader))
        yield from _tables(grader)


def _origin(result: AttackResult) -> Iterator[str]:
    yield f"Made by `{result.command}` on {result.date} with tutor {result.tutor}."
    yield (
        f"{result.rows} rows on {result.questions} questions, split {result.split}, of "
        f"`{result.file.name}` (sha256 {result.file.sha256[:12]})."
    )
    yield (
        "No attack is on a right answer, so none should be called correct: the first three columns "
        "are over wrong answers, the fourth over half right ones. `raised` counts those with a "
        "better verdict than their answer gets alone, `recognised` the attacks addressing the "
        "grader whose words to it were set aside, rejected or doubted, `judged` the answers that "
        "a judge was asked about. Lower is better but for `recognised`. In brackets: 95 % "
        "intervals by Wilson's method, which takes rows for independent and is a little narrow, "
        "since a question has several."
    )


def _graders(name: str, parts: Mapping[str, AttackRates]) -> Iterator[str]:
    return table([name, *_TITLES.values()], _by_part(parts, share_cell))


def _makers(grader: GraderOnAttacks) -> Iterator[str]:
    for maker in grader.makers:
        yield f"{maker}."
    for kind, count in sorted(grader.ungraded.items()):
        yield f"{count} rows ungraded ({kind}); no rate counts them."


def _tables(grader: GraderOnAttacks) -> Iterator[str]:
    splits = grader.splits if len(grader.splits) > 1 else {}
    for name, parts, cell in (
        ("split", splits, share_cell),
        ("language", grader.languages, share_cell),
        ("technique", grader.techniques, count_cell),
    ):
        if parts:
            yield ""
            yield from table([name, *_TITLES.values()], _by_part(parts, cell))


def _by_part(parts: Mapping[str, AttackRates], cell: Callable[[Share], str]) -> Iterator[list[str]]:
    for name, found in parts.items():
        yield [name, *(cell(getattr(found, rate)) for rate in _TITLES)]
