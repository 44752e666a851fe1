"""The report as Markdown: what the page says, in tables and quotes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from evals.cases import VERDICTS
from evals.curves import Curves
from evals.disagreements import Disagreement
from evals.metrics import METRICS, Estimate
from evals.report_contents import DataSet, Gap, Report
from evals.result import Result
from evals.slice_figures import SliceFigures
from evals.tables import table
from evals.written_figures import interval, number, percent, points, ungraded

_COVERAGES = (0.1, 0.3, 0.5, 0.7, 1.0)
_ACTIVE = re.compile(r"[\\`*_{}\[\]<>#|~&!$@]|:(?=//)")


def markdown(report: Report) -> str:
    """The whole report; what learners wrote is quoted and cannot become markup."""
    return "\n".join(_lines(report)) + "\n"


def plain(text: str) -> str:
    """Text on one line in which no character means anything to Markdown or HTML."""
    return _ACTIVE.sub(r"\\\g<0>", " ".join(text.split())).replace("\\<", "&lt;")


def _lines(report: Report) -> Iterator[str]:
    yield "# How far graders agree with people"
    if report.over_all is not None:
        yield from ("", "## Over all data sets", "")
        yield f"Means over {', '.join(map(plain, report.over_all.sets))}, every set counting alike."
        yield from _figures(list(report.over_all.graders.items()), report.over_all.people)
        yield from _differences(report.gaps)
    for part in report.sets:
        yield from _data_set(part)
    yield from ("", "## Who made it", "")
    yield f"`{report.command}`, {report.date}, tutor {report.tutor}"
    yield ""
    yield from table(
        ["data set", "grader", "command", "data", "tutor", "date"],
        (_maker(part, result) for part in report.sets for result in part.results),
    )


def _data_set(part: DataSet) -> Iterator[str]:
    first = part.results[0]
    yield from ("", f"## {plain(part.name)}", "")
    yield f"{first.cases:,} answers to {first.questions:,} questions."
    for reason in part.missing.values():
        yield from ("", f"{plain(reason)}")
    yield ""
    rows = ([plain(r.grader), f"{r.graded:,}", plain(ungraded(r))] for r in part.results)
    yield from table(["grader", "graded", "ungraded"], rows)
    people = None if first.people is None else first.people.metrics
    yield from _figures([(r.grader, r.metrics) for r in part.results], people)
    yield from _differences(part.gaps)
    for result in part.results:
        yield from _confusion(result)
    for curves in part.curves:
        yield from _curves(curves)
    yield from _slices(part.slices)
    yield from _cost(part.results)
    yield from _disagreements(part.disagreements)


def _figures(
    columns: Sequence[tuple[str, dict[str, Estimate]]], people: dict[str, Estimate] | None
) -> Iterator[str]:
    found = [*columns, *([("raters", people)] if people is not None else [])]
    yield ""
    yield from table(
        ["", *(plain(name) for name, _ in found)],
        (
            [metric.title, *(_cell(figures.get(metric.name)) for _, figures in found)]
            for metric in METRICS
        ),
    )
    for name, figures in found:
        yield from _undefined(name, figures)


def _undefined(name: str, figures: Mapping[str, Estimate]) -> Iterator[str]:
    """Why a dash is there, or a figure without its interval."""
    by_reason: dict[str, list[str]] = {}
    for metric in METRICS:
        note = figures[metric.name].note if metric.name in figures else None
        if note is not None:
            by_reason.setdefault(note, []).append(metric.title)
    for reason, titles in by_reason.items():
        yield ""
        yield f"{plain(name)}, {'; '.join(titles)}: {plain(reason)}."


def _differences(gaps: Sequence[Gap]) -> Iterator[str]:
    for gap in gaps:
        yield from ("", f"### {plain(gap.other)} minus {plain(gap.first)}", "")
        yield from (f"- {plain(said)}" for said in gap.sentences)
        yield ""
        yield from table(
            ["", "points", "interval"],
            (
                [metric.title, points(found.value), _between(found)]
                for metric in METRICS
                if (found := gap.differences.get(metric.name)) is not None
            ),
        )


def _confusion(result: Result) -> Iterator[str]:
    yield from ("", f"### Verdicts of people (rows) and {plain(result.grader)} (columns)", "")
    rows = ([human, *(f"{result.confusion[human][v]:,}" for v in VERDICTS)] for human in VERDICTS)
    yield from table(["", *VERDICTS], rows)


def _curves(curves: Curves) -> Iterator[str]:
    yield from ("", f"### What the confidence of {plain(curves.grader)} is worth", "")
    if curves.note is not None:
        yield f"{curves.note[:1].upper()}{curves.note[1:]}."
        return
    yield from table(
        ["confidence", "grades", "mean", "right"],
        (
            [f"{percent(b.low)} to {percent(b.high)}", f"{b.count:,}", percent(b.stated),
             percent(b.right)]
            for b in curves.bins
        ),
    )  # fmt: skip
    yield ""
    nearest = [min(curves.risk, key=lambda p: abs(p.coverage - c)) for c in _COVERAGES]
    yield from table(
        ["surest kept", *(percent(point.coverage) for point in nearest)],
        [["wrong", *(percent(point.risk) for point in nearest)]],
    )


def _slices(slices: Sequence[SliceFigures]) -> Iterator[str]:
    if not slices:
        return
    graders = list(slices[0].graders)
    yield from ("", "### Accuracy by slice, and grades above (↑) and below (↓) people's", "")
    yield from table(
        ["", "slice", "answers", "questions", *map(plain, graders), "raters"],
        (
            [part.dimension, plain(part.name), f"{part.cases:,}", f"{part.questions:,}",
             *(f"{_cell(on.accuracy)} ↑ {percent(on.higher)} ↓ {percent(on.lower)}"
               for on in part.graders.values()),
             _cell(part.people)]
            for part in slices
        ),
    )  # fmt: skip


def _cost(results: Sequence[Result]) -> Iterator[str]:
    yield from ("", "### Cost and latency", "")
    yield from table(
        ["grader", "median ms", "95 % within ms", "tokens in", "tokens out", "money"],
        ([plain(result.grader), *_costs(result)] for result in results),
    )


def _costs(result: Result) -> Iterator[str]:
    time, cost = result.milliseconds, result.cost
    yield from ("–", "–") if time is None else (f"{time.median:,.1f}", f"{time.p95:,.1f}")
    if cost is None:
        yield from ("–", "–", "–")
        return
    yield from (f"{cost.input_tokens:,}", f"{cost.output_tokens:,}")
    yield ", ".join(f"{amount:.4f} {name}" for name, amount in cost.money.items()) or "no price set"


def _disagreements(found: Iterable[Disagreement]) -> Iterator[str]:
    for grader, group in groupby(found, key=lambda one: one.grader):
        yield from ("", f"### The worst disagreements of {plain(grader)}")
        for one in group:
            yield from _disagreement(one)


def _disagreement(one: Disagreement) -> Iterator[str]:
    said = f", {percent(one.grade.confidence)} confident" if one.states_confidence else ""
    yield from ("", f"**{plain(one.id)}**: people {one.verdict}, grader {one.grade.verdict}{said}")
    yield from ("", f"- Question: {plain(one.question)}")
    yield from (f"- Reference: {plain(reference)}" for reference in one.references)
    yield f"- Answer: {plain(one.answer)}"
    for point in one.grade.key_points:
        quote = "" if point.quote is None else f", by “{plain(point.quote)}”"
        yield f"- Key point {point.status}: {plain(point.text)}{quote}"
    yield from (f"- {plain(reason.name)}: {plain(reason.detail)}" for reason in one.grade.reasons)
    receipt = one.grade.receipt
    made = f"{receipt.grader}, embedder {receipt.embedder}, calibration {receipt.calibration}"
    judge = "" if receipt.judge is None else f", judge {receipt.judge.model}"
    yield f"- Receipt: {plain(f'{made}, policy {receipt.policy}{judge}')}"


def _maker(part: DataSet, result: Result) -> list[str]:
    return [
        plain(part.name), plain(result.grader), f"`{part.commands[result.grader]}`",
        f"{plain(result.file.name)} `{result.file.sha256}`", result.tutor, str(result.date),
    ]  # fmt: skip


def _cell(estimate: Estimate | None) -> str:
    if estimate is None or estimate.value is None:
        return "–"
    between = interval(estimate)
    return number(estimate.value) + (f" ({between})" if between else "")


def _between(gap: Estimate) -> str:
    if gap.low is None or gap.high is None:
        return "–"
    return f"{points(gap.low)} to {points(gap.high)}"
