"""The command `python -m evals near-copies`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from evals.graded import grade_with, tutor_version
from evals.grader_option import Graders
from evals.graders import GraderName, opened_graders
from evals.kept import keep, place_to_keep
from evals.near_copies import NEAR_COPIES, read_near_copies
from evals.near_copy_rates import NearCopyResult, near_copy_result
from evals.near_copy_report import markdown, misses
from evals.splits import Split
from evals.terminal import note, print_json
from tutor.settings import Settings


def grade_near_copies(
    data: Annotated[Path, typer.Option(help="A .jsonl file of near copies.")] = NEAR_COPIES,
    grader: Graders = [  # noqa: B006 - typer copies it
        GraderName.LOCAL,
        GraderName.OVERLAP,
        GraderName.COSINE,
    ],
    split: Annotated[Split, typer.Option(help="Which questions to grade.")] = Split.ALL,
    show: Annotated[
        bool, typer.Option("--show", help="List misses; test questions only with --split test.")
    ] = False,
    output: Annotated[
        Path | None, typer.Option(help="Where to write the .json; the .md goes beside it.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of tables.")] = False,
) -> None:
    """Report how often one decisive edit passes, and how often a harmless one costs marks."""
    copies, chosen = read_near_copies(data, split), Settings()
    place = place_to_keep("near-copies", output, split)
    with opened_graders(grader, chosen) as graders:
        runs = grade_with(copies.data, graders)
    command = _command(data, list(graders), split)
    today, version = datetime.now(UTC).date(), tutor_version()
    result = near_copy_result(copies, runs, split, command=command, today=today, version=version)
    keep(place, result.model_dump_json(indent=2), markdown(result))
    if as_json:
        print_json(NearCopyResult, result)
    else:
        print(markdown(result))
    for outcomes in runs if show else ():
        (note if as_json else print)(misses(copies, outcomes, split))


def _command(data: Path, graders: Sequence[str], split: Split) -> str:
    named = "" if data == NEAR_COPIES else f" --data {data.name}"
    chosen = "".join(f" --grader {name}" for name in graders)
    return f"python -m evals near-copies{named}{chosen} --split {split}"
