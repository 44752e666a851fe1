"""The command `python -m evals report`."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from evals.files import write_text
from evals.graded import tutor_version
from evals.html_report.page import page
from evals.markdown_report import markdown as as_markdown
from evals.report import print_results
from evals.report_contents import Report, report_of
from evals.report_sources import evidence_of
from evals.result import read_result
from evals.terminal import note, open_console, print_json


def report_results(
    results: Annotated[list[Path], typer.Argument(help="Result files made by run.")],
    outcomes: Annotated[
        list[Path],
        typer.Option(help="A file of grades made by run --outcomes; may be given several times."),
    ] = [],  # noqa: B006 - typer copies it
    data: Annotated[
        list[Path],
        typer.Option(help="The file or folder that was graded; may be given several times."),
    ] = [],  # noqa: B006 - typer copies it
    baseline: Annotated[
        str | None,
        typer.Option(help="The grader that others are compared with; by default the first."),
    ] = None,
    html: Annotated[Path | None, typer.Option(help="Write one self-contained page here.")] = None,
    markdown: Annotated[Path | None, typer.Option(help="Write the same as Markdown here.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the same as JSON.")] = False,
) -> None:
    """Report on earlier runs: as a page, as Markdown, as JSON, or as tables on the terminal.

    With --outcomes the report shows what confidence is worth; with --data too it shows where
    graders fail, and their worst disagreements with people.
    """
    found = [read_result(path) for path in results]
    if html is None and markdown is None and not as_json:
        if outcomes or data or baseline is not None:
            raise typer.BadParameter("the terminal shows results only; add --html FILE or the like")
        print_results(found, open_console())
        return
    report = report_of(
        evidence_of(found, outcomes, data, note, baseline),
        command=_command(results, outcomes, data, baseline),
        today=datetime.now(UTC).date(),
        version=tutor_version(),
    )
    for path, text in ((html, page), (markdown, as_markdown)):
        if path is not None:
            write_text(path, text(report))
            note(f"wrote {path}")
    if as_json:
        print_json(Report, report)


def _command(
    results: list[Path], outcomes: list[Path], data: list[Path], baseline: str | None
) -> str:
    """The command without folders, which are those of one machine."""
    named = [path.name for path in results]
    named += [f"--outcomes {path.name}" for path in outcomes]
    named += [f"--data {path.name}" for path in data]
    named += [] if baseline is None else [f"--baseline {baseline}"]
    return f"python -m evals report {' '.join(named)}"
