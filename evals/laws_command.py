"""The command `python -m evals laws`, and laws as a part of `python -m evals attack`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from evals.graded import tutor_version
from evals.grader_option import Graders
from evals.graders import GraderName, opened_graders
from evals.kept import keep, place_to_keep
from evals.laws.bases import DEFAULT_DATA, read_bases
from evals.laws.book import LAWS
from evals.laws.rates import LawsResult, grader_on_laws, laws_result
from evals.laws.report import laws_markdown, worst_breaks
from evals.laws.runs import run_laws
from evals.laws.trials import trials_on
from evals.splits import Split
from evals.terminal import note, print_json
from tutor.bundled import bundled_folder
from tutor.settings import Settings

LIMIT = 150
"""Trials of a law: the local grader is through with all laws in less than a minute."""


def grade_laws(
    data: Annotated[
        list[Path],
        typer.Option(help="A .jsonl file of cases. May be given several times."),
    ] = list(DEFAULT_DATA),  # noqa: B006 - typer copies it
    deck: Annotated[
        Path | None,
        typer.Option(
            help="A deck, or a folder of them; the bundled ones without --data and --deck."
        ),
    ] = None,
    grader: Graders = [GraderName.LOCAL],  # noqa: B006 - typer copies it
    split: Annotated[Split, typer.Option(help="Which questions to grade.")] = Split.ALL,
    limit: Annotated[int, typer.Option(min=1, help="The most trials of a law.")] = LIMIT,
    seed: Annotated[int, typer.Option(min=0, help="Seed of what is drawn and changed.")] = 0,
    show: Annotated[
        bool, typer.Option("--show", help="List breaks; on test questions with --split test.")
    ] = False,
    output: Annotated[
        Path | None, typer.Option(help="Where to write the .json; the .md goes beside it.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of tables.")] = False,
) -> None:
    """Report how often a grader breaks a law that needs no label."""
    is_ours = deck is None and tuple(data) == DEFAULT_DATA
    place = _place(output, split, is_ours)
    bases = read_bases(bundled_folder("cards") if is_ours else deck, data, split)
    trials = trials_on(bases, LAWS, limit, seed)
    with opened_graders(grader, Settings()) as graders:
        runs = [run_laws(trials, name, one, limit, seed) for name, one in graders.items()]
    result = laws_result(
        bases,
        split,
        [grader_on_laws(trials, LAWS, run) for run in runs],
        limit=limit,
        seed=seed,
        command=" ".join(_command(data, deck, list(graders), split, limit, seed)),
        today=datetime.now(UTC).date(),
        version=tutor_version(),
    )
    keep(place, result.model_dump_json(indent=2), laws_markdown(result))
    if as_json:
        print_json(LawsResult, result)
    else:
        print(laws_markdown(result))
    for run in runs if show else ():
        (note if as_json else print)(worst_breaks(run, LAWS, split))


def _place(output: Path | None, split: Split, is_ours: bool) -> Path | None:
    """Where results are kept; those on other data only where it is said."""
    if output is None and not is_ours:
        note("other data: results are kept only with --output")
        return None
    return place_to_keep("laws", output, split)


def _command(
    data: Sequence[Path],
    deck: Path | None,
    graders: Sequence[str],
    split: Split,
    limit: int,
    seed: int,
) -> Iterator[str]:
    yield "python -m evals laws"
    if tuple(data) != DEFAULT_DATA:
        yield from (f"--data {path.name}" for path in data)
    if deck is not None:
        yield f"--deck {deck.name}"
    yield from (f"--grader {name}" for name in graders)
    yield f"--split {split} --limit {limit} --seed {seed}"
