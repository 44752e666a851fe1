"""The commands `python -m evals compare` and `compare-base`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from evals.compare import DEFAULT, Comparison, compare_runs, losses
from evals.compare_base import in_brief, read_side
from evals.compare_report import markdown
from evals.files import write_text
from evals.metrics import METRICS, Metric, Resampling
from evals.outcomes import BriefOutcome
from evals.terminal import note, print_json

_RUN = "Outcomes of one grader: a file of run --outcomes or of compare-base, or a folder of them."


def _metric(name: str) -> Metric:
    for metric in METRICS:
        if metric.name == name:
            return metric
    known = ", ".join(metric.name for metric in METRICS)
    raise typer.BadParameter(f"{name!r} is no metric; use {known}")


def compare_outcomes(
    base: Annotated[Path, typer.Argument(help=_RUN)],
    new: Annotated[Path, typer.Argument(help="The same of another grader, or of another day.")],
    metric: Annotated[
        list[Metric],
        typer.Option(
            parser=_metric,
            metavar="NAME",
            help=f"May be given several times; without it {', '.join(DEFAULT)}.",
        ),
    ] = [],  # noqa: B006 - typer copies it
    fail_below: Annotated[
        float | None,
        typer.Option(
            min=0.0,
            metavar="POINTS",
            help="Exit with 1 when NEW is shown to be worse by more than so many points; 0 allows "
            "no loss that is more than chance.",
        ),
    ] = None,
    seed: Annotated[int, typer.Option(min=0, help="Seed of resamples.")] = 0,
    resamples: Annotated[
        int, typer.Option(min=1, help="Resamples of questions for intervals.")
    ] = 1000,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of tables.")] = False,
) -> None:
    """Compare two runs on the cases that both graded, with paired intervals by question.

    Exit code 0: NEW is not shown to be worse, or --fail-below was not given. 1: with
    --fail-below, NEW is worse by a metric, has more cases without a grade, or nothing could be
    judged; or the two could not be compared. 2: wrong usage.
    """
    chosen = metric or [_metric(name) for name in DEFAULT]
    found = compare_runs(
        read_side(base), read_side(new), chosen, Resampling(resamples=resamples, seed=seed)
    )
    if as_json:
        print_json(tuple[Comparison, ...], found)
    else:
        print(markdown(found))
    if fail_below is not None:
        _judge(found, fail_below)


def write_base(
    outcomes: Annotated[Path, typer.Argument(help=_RUN)],
    output: Annotated[Path, typer.Option(help="A folder: DATA-GRADER.jsonl for every data set.")],
) -> None:
    """Keep outcomes in brief, to be committed and compared with later."""
    by_data: dict[str, list[BriefOutcome]] = {}
    for outcome in read_side(outcomes):
        by_data.setdefault(outcome.data, []).append(outcome)
    for data, found in by_data.items():
        place = output / f"{data}-{found[0].grader.replace(':', '-')}.jsonl"
        write_text(place, in_brief(found))
        note(f"wrote {place}")


def _judge(found: tuple[Comparison, ...], margin: float) -> None:
    reasons = list(losses(found, margin / 100.0))
    for reason in reasons:
        note(f"worse: {reason}")
    if reasons:
        raise typer.Exit(1)
    note("not shown to be worse")
