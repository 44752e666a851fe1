"""The part of a report on one data set."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from evals.html_report.confidence_charts import reliability_diagram, risk_coverage_chart
from evals.html_report.disagreements import disagreement_lists
from evals.html_report.interval_chart import Bar, interval_chart
from evals.html_report.markup import Html, joined, tag
from evals.html_report.tables import (
    all_figures,
    answers_table,
    confusion_table,
    cost_table,
    differences_table,
    slices_table,
)
from evals.metrics import METRICS, Estimate
from evals.report_contents import HEADLINES, DataSet, Gap


def data_set(part: DataSet, graders: Sequence[str], *, opened: bool) -> Html:
    """Everything on one data set, folded unless `opened`; `graders` give the colours."""
    first = part.results[0]
    people = None if first.people is None else first.people.metrics
    columns = [(result.grader, result.metrics) for result in part.results]
    return tag(
        "details",
        tag("summary", tag("h2", part.name), " ", tag("span", _size(part), class_="size")),
        *_notes(part),
        leaderboard(columns, people, graders),
        answers_table(part.results),
        _folded("All figures", all_figures(columns, people)),
        *_differences(part.gaps, len(part.results)),
        _block("Verdicts of people and graders", grid(map(confusion_table, part.results))),
        *_confidence(part, graders),
        *_slices(part),
        _block("Cost and latency", cost_table(part.results)),
        *_disagreements(part),
        class_="data-set",
        id=f"set-{part.name}",
        open="" if opened else None,
    )


def leaderboard(
    columns: Sequence[tuple[str, dict[str, Estimate]]],
    people: dict[str, Estimate] | None,
    graders: Sequence[str],
) -> Html:
    """The headline figures, a chart each: every grader with its interval, and the raters."""
    return grid(
        interval_chart(
            metric.title,
            [
                Bar(name, series_of(name, graders), figures[metric.name])
                for name, figures in columns
                if metric.name in figures
            ],
            None if people is None else people.get(metric.name),
        )
        for metric in METRICS
        if metric.name in HEADLINES
    )


def differences(gaps: Sequence[Gap]) -> Html:
    """What the paired differences say, and all of them folded below."""
    said = grid(
        tag("div", tag("h4", f"{gap.other} beside {gap.first}"), _listed(gap.sentences))
        for gap in gaps
    )
    return joined((said, _folded("All differences", differences_table(gaps))))


def _listed(sentences: Iterable[str]) -> Html:
    return tag("ul", *(tag("li", said) for said in sentences))


def grid(parts: Iterable[Html]) -> Html:
    """Charts and small tables side by side, under each other on a phone."""
    return tag("div", *parts, class_="grid")


def series_of(grader: str, graders: Sequence[str]) -> int:
    """A grader's colour: eight of them, then again from the first."""
    return list(graders).index(grader) % 8


def _size(part: DataSet) -> str:
    first = part.results[0]
    sample = ", a random sample" if first.settings.limit == first.cases else ""
    return f"{first.cases:,} answers to {first.questions:,} questions{sample}"


def _notes(part: DataSet) -> Iterator[Html]:
    first = part.results[0]
    if first.people is None:
        yield tag("p", part.missing["people"], class_="note")
    else:
        said = (
            f"The dashed line is one rater against the others, {first.people.ratings:,} ratings, "
            "with its interval shaded: the human ceiling, where the raters are people."
        )
        yield tag("p", said, class_="note")


def _differences(gaps: Sequence[Gap], graders: int) -> Iterator[Html]:
    if gaps:
        yield _block(f"Differences from {gaps[0].first}", differences(gaps))
    elif graders > 1:
        said = "The graders were not compared: run them in one command, or give --outcomes FILE."
        yield _block("Differences", tag("p", said, class_="note"))


def _confidence(part: DataSet, graders: Sequence[str]) -> Iterator[Html]:
    placed = [(series_of(c.grader, graders), c) for c in part.curves if c.note is None]
    notes = [f"{c.grader}: {c.note}." for c in part.curves if c.note is not None]
    if "curves" in part.missing:
        notes.append(f"{part.missing['curves']}.")
    if placed:
        charts = [reliability_diagram(curves, series) for series, curves in placed]
        yield _block("What confidence is worth", grid([*charts, risk_coverage_chart(placed)]))
    if notes:
        heading = "" if placed else "What confidence is worth"
        yield _block(heading, *(tag("p", said, class_="note") for said in notes))


def _slices(part: DataSet) -> Iterator[Html]:
    title = "Where it fails"
    if not part.slices:
        if "slices" in part.missing:
            yield _block(title, tag("p", f"{part.missing['slices']}.", class_="note"))
        return
    said = (
        "Accuracy, its interval, and how many grades are above (↑) and below (↓) people's verdict. "
        "The hardest questions are those with the lowest accuracy here, and on new answers they "
        "would look better."
    )
    yield _block(title, tag("p", said, class_="note"), slices_table(part.slices))


def _disagreements(part: DataSet) -> Iterator[Html]:
    title = "The worst disagreements"
    if part.disagreements:
        said = "The most confident first. In the answer, what covers a key point is marked green, "
        said += "what contradicts one red."
        lists = disagreement_lists(part.disagreements, part.disagreed)
        yield _block(title, tag("p", said, class_="note"), lists)
    elif part.slices:
        yield _block(title, tag("p", "There are none: every grade is people's.", class_="note"))


def _block(title: str, *content: Html) -> Html:
    return tag("section", *([tag("h3", title)] if title else []), *content)


def _folded(title: str, content: Html) -> Html:
    return tag("details", tag("summary", title), content, class_="folded")
