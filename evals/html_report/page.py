"""The whole page: style and script inside it, and nothing from elsewhere."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from evals.html_report.data_set import data_set, differences, leaderboard
from evals.html_report.markup import Html, tag
from evals.html_report.tables import all_figures, figure_cell, line, scrolling
from evals.metrics import METRICS
from evals.report_contents import HEADLINES, DataSet, Report
from evals.result import Maker, Result
from evals.written_figures import percent

_HERE = Path(__file__).parent
_OPEN = 2
"""Data sets up to which all are unfolded; of more a reader picks."""


def page(report: Report) -> str:
    """The report as one HTML document."""
    style = (_HERE / "report.css").read_text("utf-8")
    script = (_HERE / "report.js").read_text("utf-8")
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=_policy(script)),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="color-scheme", content="light dark"),
        tag("title", f"How far {', '.join(report.graders)} agree with people"),
        tag("style", Html(style)),
    )
    body = tag("body", tag("main", *_parts(report)), tag("script", Html(script)))
    return f"<!DOCTYPE html>\n{tag('html', head, body, lang='en')}\n"


def _policy(script: str) -> str:
    """Nothing is loaded, and no script runs but our own, whatever an answer holds."""
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return (
        "default-src 'none'; style-src 'unsafe-inline'; "
        f"script-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )


def _parts(report: Report) -> Iterator[Html]:
    yield tag("header", tag("h1", "How far graders agree with people"), *_lead(report))
    yield from _over_all(report)
    if len(report.sets) > 1:
        yield _contents(report)
    for part in report.sets:
        yield data_set(part, report.graders, opened=len(report.sets) <= _OPEN)
    yield _reading(report)
    yield _makers(report)


def _lead(report: Report) -> Iterator[Html]:
    answers = sum(part.results[0].cases for part in report.sets)
    questions = sum(part.results[0].questions for part in report.sets)
    sets = "one data set" if len(report.sets) == 1 else f"{len(report.sets)} data sets"
    yield tag(
        "p",
        f"{', '.join(report.graders)} on {answers:,} answers to {questions:,} questions of {sets}.",
        class_="lead",
    )


def _over_all(report: Report) -> Iterator[Html]:
    found = report.over_all
    if found is None:
        if len(report.sets) > 1:
            said = "No two data sets were given to all graders, so there is no mean over them."
            yield tag("p", said, class_="note")
        return
    columns = list(found.graders.items())
    said = f"Means over {len(found.sets)} data sets, every set counting alike"
    left_out = [part.name for part in report.sets if part.name not in found.sets]
    if left_out:
        said += f"; not every grader was run on {', '.join(left_out)}"
    if found.people is None:
        said += (
            f". There is no human ceiling over all: {found.rated_sets} of the sets have several "
            "raters"
        )
    yield tag(
        "section",
        tag("h2", "Over all data sets"),
        tag("p", f"{said}.", class_="note"),
        leaderboard(columns, found.people, report.graders),
        *([differences(report.gaps)] if report.gaps else []),
        tag("details", tag("summary", "All figures"), all_figures(columns, found.people)),
    )


def _contents(report: Report) -> Html:
    """Every data set with the first headline figure of every grader, and a link to the rest."""
    metric = next(metric for metric in METRICS if metric.name == HEADLINES[0])
    rows = (
        line(
            tag("a", part.name, href=f"#set-{part.name}"),
            [f"{part.results[0].cases:,}", *_standing(part, metric.name, report.graders)],
        )
        for part in report.sets
    )
    head = ["data set", "answers", *report.graders, "raters"]
    table = scrolling("Data sets", head, tag("tbody", *rows))
    said = f"Here {metric.title} on each; a name leads to all the rest."
    heading = tag("h2", "Data sets"), tag("p", said, class_="note")
    return tag("nav", *heading, table, aria_label="Data sets")


def _standing(part: DataSet, metric: str, graders: Sequence[str]) -> Iterator[Html]:
    found = {result.grader: result.metrics.get(metric) for result in part.results}
    yield from (figure_cell(found.get(grader)) for grader in graders)
    people = part.results[0].people
    yield figure_cell(None if people is None else people.metrics.get(metric))


def _reading(report: Report) -> Html:
    resampling = report.sets[0].results[0].settings.resampling
    said = (
        f"Intervals hold with {percent(resampling.level)}: they come from {resampling.resamples:,} "
        "resamples of whole questions, so that many answers to one question do not count as many "
        "pieces of evidence. What could not be graded is counted apart and enters no figure. "
        "A grader whose interval stays short of the raters' line agrees less with people than "
        "people do with each other; one whose interval reaches it has not been shown to. Two "
        "graders differ where the interval of their paired difference leaves out 0. With many "
        "figures side by side, one in twenty intervals misses by chance."
    )
    return tag("section", tag("h2", "How to read this"), tag("p", said))


def _makers(report: Report) -> Html:
    head = ["data set and grader", "made by", "command", "data", "tutor", "date"]
    rows = (
        line(f"{part.name}, {result.grader}", _made(part, result))
        for part in report.sets
        for result in part.results
    )
    return tag(
        "section",
        tag("h2", "Who made it"),
        tag("p", "This page: ", tag("code", report.command), f", {report.date}, tutor ",
            report.tutor, "."),
        scrolling("Who made it", head, tag("tbody", *rows)),
    )  # fmt: skip


def _made(part: DataSet, result: Result) -> Iterator[Html]:
    yield tag("span", "; ".join(map(_maker, result.makers)) or "nobody: nothing was graded")
    yield tag("code", part.commands[result.grader])
    yield tag("span", result.file.name, " ", tag("code", f"sha256 {result.file.sha256}"))
    yield tag("span", result.tutor)
    yield tag("span", str(result.date))


def _maker(maker: Maker) -> str:
    judge = "" if maker.judge is None else f", judge {maker.judge}"
    return (
        f"{maker.grader}, embedder {maker.embedder}, calibration {maker.calibration}, "
        f"policy {maker.policy}{judge}: {maker.grades:,} grades"
    )
