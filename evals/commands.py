"""The command line: `python -m evals run|compare|report|agreement|near-copies|attack`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import numpy as np
import typer

from evals.attack_command import grade_attacks
from evals.cases import CaseFile, Cuts, read_cases, read_data
from evals.configured import with_recording
from evals.files import RESULTS, make_folder
from evals.graded import grade_with, tutor_version
from evals.graders import GraderName, opened_graders
from evals.metrics import Estimate, Resampling
from evals.near_copy_command import grade_near_copies
from evals.raters import rater_agreement
from evals.report import print_differences, print_raters, print_results
from evals.result import (
    Result,
    RunSettings,
    compare,
    read_result,
    summarise,
    write_result,
)
from evals.runner import Outcome, read_outcomes, write_outcomes
from evals.terminal import note, open_console, print_json
from tutor.errors import InvalidInputError, TutorError
from tutor.settings import Settings

app = typer.Typer(
    help="Measures how well graders agree with people.",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)

Seed = Annotated[int, typer.Option(min=0, help="Seed of samples and of resamples.")]
Resamples = Annotated[int, typer.Option(min=1, help="Resamples of questions for intervals.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of tables.")]


@app.command("run")
def run_graders(
    data: Annotated[Path, typer.Option(help="A .jsonl file of graded answers, or a folder.")],
    grader: Annotated[
        list[GraderName], typer.Option(help="May be given several times; compares the first.")
    ] = [GraderName.LOCAL],  # noqa: B006 - typer copies it
    limit: Annotated[int | None, typer.Option(min=1, help="Cases a file, at random.")] = None,
    seed: Seed = 0,
    resamples: Resamples = 1000,
    correct_at: Annotated[
        float, typer.Option(help="Human score from which a case without a label is correct.")
    ] = Cuts.correct_at,
    incorrect_below: Annotated[
        float, typer.Option(help="Human score below which a case without a label is incorrect.")
    ] = Cuts.incorrect_below,
    output: Annotated[
        Path | None, typer.Option(help="File for one result, folder for several.")
    ] = None,
    outcomes: Annotated[
        Path | None, typer.Option(help="Also write every grade to this .jsonl file.")
    ] = None,
    record_judge: Annotated[
        Path | None, typer.Option(help="Also record the judge's replies to this file.")
    ] = None,
    replay: Annotated[
        Path | None, typer.Option(help="Take the judge's replies from such a file, offline.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Grade what people have graded, and report how far the grades agree."""
    cuts = Cuts(correct_at, incorrect_below)
    settings = RunSettings(
        resampling=Resampling(resamples=resamples, seed=seed),
        limit=limit,
        correct_at=correct_at,
        incorrect_below=incorrect_below,
    )
    files = [_sample(file, limit, seed) for file in read_data(data, cuts, note)]
    names = list(dict.fromkeys(grader))
    place = _destination(output, len(files) * len(names), limit)
    _make_room(place, outcomes)
    chosen = with_recording(Settings(), record_judge, replay)
    with opened_graders(names, chosen) as graders:
        graded = [(file, grade_with(file, graders)) for file in files]
    results = [result for file, runs in graded for result in _results(file, runs, settings)]
    for result in results:
        _save(result, place)
    if outcomes is not None:
        write_outcomes(outcomes, [o for _, runs in graded for row in runs for o in row])
    _show(results, as_json)
    if not any(result.graded for result in results):
        raise typer.Exit(1)


@app.command("compare")
def compare_outcomes(
    first: Annotated[Path, typer.Argument(help="Outcomes of one grader (run --outcomes).")],
    second: Annotated[Path, typer.Argument(help="Outcomes of another on the same cases.")],
    seed: Seed = 0,
    resamples: Resamples = 1000,
    as_json: AsJson = False,
) -> None:
    """Compare two graders on the cases that both graded, with paired intervals."""
    one, other = _outcomes_of_one(first), _outcomes_of_one(second)
    shared = {(o.data, o.id) for o in one if o.grade} & {(o.data, o.id) for o in other if o.grade}
    if not shared:
        raise InvalidInputError(f"{first} and {second} share no graded case; run both on one file")
    gaps = compare(one, other, Resampling(resamples=resamples, seed=seed))
    if as_json:
        print_json(dict[str, Estimate], gaps)
    else:
        sides = first.stem, second.stem
        print_differences(f"{len(shared):,} cases", sides, gaps, open_console())


@app.command("report")
def report_results(
    results: Annotated[list[Path], typer.Argument(help="Result files made by run.")],
    as_json: AsJson = False,
) -> None:
    """Print the tables of earlier runs."""
    _show([read_result(path) for path in results], as_json)


@app.command("agreement")
def agree(
    data: Annotated[Path, typer.Option(help="A .jsonl file whose cases have ratings.")],
    seed: Seed = 0,
    resamples: Resamples = 1000,
    as_json: AsJson = False,
) -> None:
    """Report how far the people who rated a file agree with each other."""
    found = rater_agreement(read_cases(data, Cuts()), Resampling(resamples=resamples, seed=seed))
    if as_json:
        print_json(type(found), found)
    else:
        print_raters(found, open_console())


app.command("near-copies")(grade_near_copies)
app.command("attack")(grade_attacks)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code: 0, 1 failed, 2 usage, 130 Ctrl-C."""
    try:
        app(args=arguments, prog_name="python -m evals")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0
    except TutorError as error:
        note(f"error: {error}")
        return 1
    return 0


def _sample(file: CaseFile, limit: int | None, seed: int) -> CaseFile:
    """At most `limit` of the cases, drawn at random, in the file's order."""
    if limit is None or limit >= len(file.cases):
        return file
    drawn = np.random.default_rng(seed).choice(len(file.cases), limit, replace=False)
    return replace(file, cases=tuple(file.cases[row] for row in sorted(drawn)))


def _results(
    file: CaseFile, runs: Sequence[Sequence[Outcome]], settings: RunSettings
) -> Iterator[Result]:
    for place, outcomes in enumerate(runs):
        yield summarise(
            file,
            outcomes,
            settings,
            others=runs[place + 1 :],
            today=datetime.now(UTC).date(),
            version=tutor_version(),
        )


def _destination(output: Path | None, results: int, limit: int | None) -> Path | None:
    """A file, a folder, or None when the results are not kept."""
    if output is not None and output.suffix == ".json" and results > 1:
        raise InvalidInputError(f"{output}: one file for {results} results; name a folder")
    if output is None and limit is not None:
        note("a sample: results are kept only with --output")
        return None
    return RESULTS if output is None else output


def _make_room(place: Path | None, outcomes: Path | None) -> None:
    """Make the folders now, so that a place that cannot be is no end to hours of grading."""
    if place is not None:
        make_folder(place.parent if place.suffix == ".json" else place)
    if outcomes is not None:
        make_folder(outcomes.parent)


def _save(result: Result, place: Path | None) -> None:
    if place is not None:
        file = place if place.suffix == ".json" else place / f"{result.data}-{result.grader}.json"
        write_result(file, result)
        note(f"wrote {file}")


def _outcomes_of_one(path: Path) -> tuple[Outcome, ...]:
    outcomes = read_outcomes(path)
    names = sorted({outcome.grader for outcome in outcomes})
    if len(names) != 1:
        found = ", ".join(names) or "none"
        raise InvalidInputError(f"{path}: outcomes of {found}; one grader a file is compared")
    return outcomes


def _show(results: list[Result], as_json: bool) -> None:
    if as_json:
        print_json(list[Result], results)
    else:
        print_results(results, open_console())
