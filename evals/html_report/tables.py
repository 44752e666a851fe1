"""The tables of a report: figures, differences, confusion, slices, cost."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from evals.cases import VERDICTS
from evals.html_report.markup import Html, joined, tag
from evals.metrics import METRICS, Estimate, Metric
from evals.report_contents import Gap
from evals.result import Result
from evals.slice_figures import GraderOnSlice, SliceFigures
from evals.written_figures import (
    NOTHING,
    interval,
    number,
    percent,
    points,
    share_of,
    ungraded,
)
from tutor.grading.grade import Verdict


def scrolling(name: str, head: Iterable[str], *bodies: Html, class_: str = "") -> Html:
    """A table that scrolls inside the page where it is too wide; `name` is read out."""
    row = tag("tr", *(tag("th", heading, scope="col") for heading in head))
    table = tag("table", tag("thead", row), *bodies, class_=class_ or None)
    return tag("div", table, class_="scroll", tabindex="0", role="region", aria_label=name)


def line(name: str, cells: Iterable[str]) -> Html:
    """A row: its name, then its cells."""
    return tag("tr", tag("th", name, scope="row"), *(tag("td", cell) for cell in cells))


def figure_cell(estimate: Estimate | None) -> Html:
    """A figure over its interval, or a dash that says why on being pointed at."""
    if estimate is None:
        return Html(NOTHING)
    if estimate.value is None:
        return tag("span", f"{NOTHING} ", tag("small", f"undefined: {estimate.note}"))
    return joined((number(estimate.value), " ", tag("small", interval(estimate))))


def answers_table(results: Sequence[Result]) -> Html:
    """How many answers each grader graded, and the failures apart, which no figure counts."""
    rows = (line(r.grader, [f"{r.graded:,}", ungraded(r)]) for r in results)
    return scrolling("Graded and ungraded", ["grader", "graded", "ungraded"], tag("tbody", *rows))


def all_figures(
    columns: Sequence[tuple[str, dict[str, Estimate]]],
    people: dict[str, Estimate] | None,
) -> Html:
    """Every metric of every grader, in groups, and of the raters beside them."""
    found = [*columns, *([("raters", people)] if people is not None else [])]
    head = ["", *(name for name, _ in found)]
    bodies = (
        tag("tbody", _heading(group, len(head)), *(_metric(metric, found) for metric in metrics))
        for group, metrics in groupby(METRICS, key=lambda metric: metric.group)
    )
    return scrolling("All figures", head, *bodies)


def _metric(metric: Metric, columns: Sequence[tuple[str, dict[str, Estimate]]]) -> Html:
    title = joined((metric.title, " ", tag("small", _DIRECTION[metric.better])))
    return line(title, (figure_cell(figures.get(metric.name)) for _, figures in columns))


_DIRECTION = {"higher": "", "lower": "lower is better", "neither": ""}


def _heading(name: str, columns: int) -> Html:
    cell = tag("th", tag("span", name), colspan=columns, scope="colgroup")
    return tag("tr", cell, class_="group")


def differences_table(gaps: Sequence[Gap]) -> Html:
    """Every metric of each later grader minus the first's, in points."""
    first = gaps[0].first
    head = ["points", *(f"{gap.other} minus {first}" for gap in gaps)]
    rows = (
        line(metric.title, (_gap_cell(gap.differences.get(metric.name), metric) for gap in gaps))
        for metric in METRICS
    )
    return scrolling("Differences", head, tag("tbody", *rows))


def _gap_cell(gap: Estimate | None, metric: Metric) -> Html:
    if gap is None or gap.value is None:
        return figure_cell(gap)
    if gap.low is None or gap.high is None:
        return joined((points(gap.value), " ", tag("small", gap.note or "")))
    between = tag("small", f"{points(gap.low)} to {points(gap.high)}")
    cell = joined((points(gap.value), " ", between))
    if metric.better == "neither" or gap.low <= 0.0 <= gap.high:
        return cell
    better = (gap.low > 0.0) == (metric.better == "higher")
    return joined((cell, " ", tag("b", "better" if better else "worse")))


def confusion_table(result: Result) -> Html:
    """Counts and shares of what a grader said, by what people said."""
    rows = (_confusion_row(result, human) for human in VERDICTS)
    head = ["people \\ grader", *VERDICTS]
    table = scrolling(
        f"Confusion of {result.grader}", head, tag("tbody", *rows), class_="confusion"
    )
    return tag("figure", tag("figcaption", result.grader), table)


def _confusion_row(result: Result, human: Verdict) -> Html:
    row = result.confusion[human]
    total = sum(row.values())
    cells = (
        tag(
            "td", f"{row[said]:,} ", tag("small", share_of(row[said], total)),
            class_="same" if said == human else None,
            style=f"--share:{round(100 * row[said] / total) if total else 0}%",
        )
        for said in VERDICTS
    )  # fmt: skip
    return tag("tr", tag("th", human, scope="row"), *cells)


def slices_table(slices: Sequence[SliceFigures]) -> Html:
    """Accuracy of every grader on every slice, and how often it is above and below people."""
    graders = list(slices[0].graders)
    head = ["slice", *graders, "raters"]
    bodies = (
        tag("tbody", _heading(dimension, len(head)), *(_slice_row(part) for part in parts))
        for dimension, parts in groupby(slices, key=lambda part: part.dimension)
    )
    return scrolling("Slices", head, *bodies, class_="sortable")


def _slice_row(part: SliceFigures) -> Html:
    cells = (_slice_cell(found) for found in part.graders.values())
    size = f"{part.cases:,} answers" + (f", {part.questions:,} questions" * (part.questions > 1))
    name = joined((part.name, " ", tag("small", size, class_="below")))
    return line(name, [*cells, figure_cell(part.people)])


def _slice_cell(found: GraderOnSlice) -> Html:
    value = found.accuracy.value
    if value is None:
        return figure_cell(found.accuracy)
    return joined(
        (
            number(value), " ", tag("small", interval(found.accuracy)),
            tag("span", class_="meter", style=f"--share:{round(100 * value)}%"),
            tag("small", f"↑ {percent(found.higher)} ↓ {percent(found.lower)}"),
        )
    )  # fmt: skip


def cost_table(results: Sequence[Result]) -> Html:
    """Time of every grader, and where one asked a model its tokens and money."""
    head = ["grader", "median", "95 % within"]
    asked = any(result.cost is not None for result in results)
    if asked:
        head += ["answers that asked a model", "remembered", "tokens in", "tokens out"]
        head += ["money", "money per 1,000 answers"]
    rows = (
        line(result.grader, [*_times(result), *(_costs(result) if asked else [])])
        for result in results
    )
    return scrolling("Cost and latency", head, tag("tbody", *rows))


def _times(result: Result) -> tuple[str, str]:
    time = result.milliseconds
    if time is None:
        return NOTHING, NOTHING
    return f"{time.median:,.1f} ms", f"{time.p95:,.1f} ms"


def _costs(result: Result) -> tuple[str, ...]:
    cost = result.cost
    if cost is None:
        return ("0", *[NOTHING] * 5)
    counts = cost.asked, cost.remembered, cost.input_tokens, cost.output_tokens
    per_thousand = 1000.0 / result.cases
    return (*(f"{n:,}" for n in counts), _money(cost.money, 1.0), _money(cost.money, per_thousand))


def _money(money: dict[str, float], times: float) -> str:
    if not money:
        return "no price set"
    return ", ".join(f"{amount * times:.4f} {currency}" for currency, amount in money.items())
