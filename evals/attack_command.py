"""The command `python -m evals attack`: attacks that are written down, and laws."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from evals.attack_rates import AttackResult, attack_result
from evals.attack_report import attack_markdown, successes
from evals.attacks import ATTACKS, read_attacks
from evals.graded import grade_with, tutor_version
from evals.grader_option import Graders
from evals.graders import GraderName, opened_graders
from evals.kept import keep, place_to_keep
from evals.laws_command import grade_laws
from evals.splits import Split
from evals.terminal import note, print_json
from tutor.errors import InvalidInputError
from tutor.settings import Settings


class Suite(StrEnum):
    """Answers written to fool graders, laws that need no label, or both."""

    ATTACKS = "attacks"
    LAWS = "laws"
    ALL = "all"


def grade_attacks(
    data: Annotated[Path, typer.Option(help="A .jsonl file of attacks.")] = ATTACKS,
    grader: Graders = [GraderName.LOCAL],  # noqa: B006 - typer copies it
    suite: Annotated[Suite, typer.Option(help="What to try on the graders.")] = Suite.ALL,
    split: Annotated[Split, typer.Option(help="Which questions to grade.")] = Split.ALL,
    show: Annotated[
        bool, typer.Option("--show", help="List successes; on test questions with --split test.")
    ] = False,
    output: Annotated[
        Path | None, typer.Option(help="Where to write the .json; the .md goes beside it.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of tables.")] = False,
) -> None:
    """Report how often a grader is fooled: by attacks, and by changes that laws are about."""
    if suite is Suite.ALL and (output or as_json):
        raise InvalidInputError(
            "--output and --json are for one report; add --suite attacks or --suite laws"
        )
    if suite is not Suite.LAWS:
        _grade_attacks(data, grader, split, show, output, as_json)
    if suite is not Suite.ATTACKS:
        grade_laws(grader=grader, split=split, show=show, output=output, as_json=as_json)


def _grade_attacks(
    data: Path,
    grader: Sequence[str],
    split: Split,
    show: bool,
    output: Path | None,
    as_json: bool,
) -> None:
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
    return f"python -m evals attack --suite attacks{named}{chosen} --split {split}"
