"""The command `python -m evals attack`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from evals.attack_rates import AttackResult, attack_result
from evals.attack_report import attack_markdown, successes
from evals.attacks import ATTACKS, read_attacks
from evals.graded import grade_with, tutor_version
from evals.graders import GraderName, opened_graders
from evals.kept import keep, place_to_keep
from evals.splits import Split
from evals.terminal import note, print_json
from tutor.settings import Settings


def grade_attacks(
    data: Annotated[Path, typer.Option(help="A .jsonl file of attacks.")] = ATTACKS,
    grader: Annotated[list[GraderName], typer.Option(help="May be given several times.")] = [  # noqa: B006 - typer copies it
        GraderName.LOCAL,
    ],
    split: Annotated[Split, typer.Option(help="Which questions to grade.")] = Split.ALL,
    show: Annotated[
        bool, typer.Option("--show", help="List successes; on test questions with --split test.")
    ] = False,
    output: Annotated[
        Path | None, typer.Option(help="Where to write the .json; the .md goes beside it.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of tables.")] = False,
) -> None:
    """Report how often an attack talks a grader into more than the answer is worth."""
    attacks, chosen = read_attacks(data, split), Settings()
    place = place_to_keep("attacks", output, split)
    with opened_graders(grader, chosen) as graders:
        runs, bases = grade_with(attacks.data, graders), grade_with(attacks.bases, graders)
    result = attack_result(
        attacks,
        runs,
        bases,
        split,
        command=_command(data, list(graders), split),
        today=datetime.now(UTC).date(),
        version=tutor_version(),
    )
    keep(place, result.model_dump_json(indent=2), attack_markdown(result))
    if as_json:
        print_json(AttackResult, result)
    else:
        print(attack_markdown(result))
    for outcomes, alone in zip(runs, bases, strict=True) if show else ():
        (note if as_json else print)(successes(attacks, outcomes, alone, split))


def _command(data: Path, graders: Sequence[str], split: Split) -> str:
    named = "" if data == ATTACKS else f" --data {data.name}"
    chosen = "".join(f" --grader {name}" for name in graders)
    return f"python -m evals attack{named}{chosen} --split {split}"
