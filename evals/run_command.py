"""The command `python -m evals run`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, TypeAlias

import numpy as np
import typer

from evals.cases import CaseFile, Cuts, read_data
from evals.configured import with_recording
from evals.files import RESULTS, make_folder
from evals.graded import grade_on, runs_on, tutor_version
from evals.grader_option import Graders
from evals.graders import GraderName, opened_graders
from evals.metrics import Resampling
from evals.outcomes import BriefOutcome
from evals.report import print_results
from evals.result import Result, RunSettings, summarise, write_result
from evals.running.journal import Journal, Kept, open_journal
from evals.running.run import Run
from evals.terminal import note, open_console, print_json
from tutor.errors import InvalidInputError
from tutor.settings import Settings

_Plan: TypeAlias = Sequence[tuple[CaseFile, Sequence[Run]]]


def run_graders(
    data: Annotated[Path, typer.Option(help="A .jsonl file of graded answers, or a folder.")],
    grader: Graders = [GraderName.LOCAL],  # noqa: B006 - typer copies it
    limit: Annotated[int | None, typer.Option(min=1, help="Cases a file, at random.")] = None,
    seed: Annotated[int, typer.Option(min=0, help="Seed of samples and of resamples.")] = 0,
    resamples: Annotated[
        int, typer.Option(min=1, help="Resamples of questions for intervals.")
    ] = 1000,
    correct_at: Annotated[
        float, typer.Option(help="Score from which a case or grade without a label is correct.")
    ] = Cuts.correct_at,
    incorrect_below: Annotated[
        float, typer.Option(help="Score below which a case or grade without a label is incorrect.")
    ] = Cuts.incorrect_below,
    output: Annotated[
        Path | None, typer.Option(help="File for one result, folder for several.")
    ] = None,
    outcomes: Annotated[
        Path | None,
        typer.Option(help="Append every grade to this .jsonl file, and reuse what holds of it."),
    ] = None,
    at_once: Annotated[
        int | None,
        typer.Option(min=1, help="Cases to grade at once; 1, or for a judge what it may be asked."),
    ] = None,
    record_judge: Annotated[
        Path | None, typer.Option(help="Also record the judge's replies to this file.")
    ] = None,
    replay: Annotated[
        Path | None, typer.Option(help="Take the judge's replies from such a file, offline.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of tables.")] = False,
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
    _check_names(files)
    names = list(dict.fromkeys(grader))
    place = _destination(output, len(files) * len(names), limit)
    chosen = with_recording(Settings(), record_judge, replay)
    with opened_graders(names, chosen, cuts) as graders, _opened(outcomes) as journal:
        plan = [(file, runs_on(file, graders, chosen, cuts, at_once)) for file in files]
        results = list(_graded(plan, journal, settings, place))
    _show(results, as_json)
    if not any(result.graded for result in results):
        raise typer.Exit(1)


def _graded(
    plan: _Plan, journal: Journal | None, settings: RunSettings, place: Path | None
) -> Iterator[Result]:
    kept = _kept(journal, plan)
    for file, runs in plan:
        with _told_how_to_go_on(journal):
            graded = [grade_on(file, run, journal, kept) for run in runs]
            results = list(_results(file, graded, settings))
        for result in results:
            _save(result, place)
            yield result


def _kept(journal: Journal | None, plan: _Plan) -> Kept:
    """What of the journal still holds; says how much that is where it holds anything."""
    if journal is None:
        return Kept()
    kept = journal.resume([file for file, _ in plan], [run for _, runs in plan for run in runs])
    wanted = sum(len(file.cases) * len(runs) for file, runs in plan)
    if kept.grades:
        note(f"{journal.path}: {len(kept.grades):,} of {wanted:,} grades are there and reused")
    if kept.changed or kept.failed:
        note(
            f"{journal.path}: graded again are {len(kept.changed):,} cases that changed, or whose "
            f"grader did, and {len(kept.failed):,} that had no grade"
        )
    return kept


@contextmanager
def _told_how_to_go_on(journal: Journal | None) -> Iterator[None]:
    try:
        yield
    except KeyboardInterrupt:
        if journal is None:
            note("stopped, and no grade was kept; with --outcomes FILE a run can go on later")
        else:
            note(f"stopped; {journal.path} has what was graded: the same command goes on from it")
        raise


@contextmanager
def _opened(outcomes: Path | None) -> Iterator[Journal | None]:
    with nullcontext() if outcomes is None else open_journal(outcomes) as journal:
        yield journal


def _check_names(files: Sequence[CaseFile]) -> None:
    """Refuse two of one name: the result and the outcomes of one would pass for the other's."""
    twice = [name for name, count in Counter(file.name for file in files).items() if count > 1]
    if twice:
        raise InvalidInputError(
            f"two files of cases are called {twice[0]}; rename one, or its `dataset`"
        )


def _sample(file: CaseFile, limit: int | None, seed: int) -> CaseFile:
    """At most `limit` of the cases, drawn at random, in the file's order."""
    if limit is None or limit >= len(file.cases):
        return file
    drawn = np.random.default_rng(seed).choice(len(file.cases), limit, replace=False)
    return replace(file, cases=tuple(file.cases[row] for row in sorted(drawn)))


def _results(
    file: CaseFile, runs: Sequence[Sequence[BriefOutcome]], settings: RunSettings
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
    """A file, a folder, or None when the results are not kept.

    Makes its folder now, so that a place that cannot be is no end to hours of grading.
    """
    if output is not None and output.suffix == ".json" and results > 1:
        raise InvalidInputError(f"{output}: one file for {results} results; name a folder")
    if output is None and limit is not None:
        note("a sample: results are kept only with --output")
        return None
    place = RESULTS if output is None else output
    make_folder(place.parent if place.suffix == ".json" else place)
    return place


def _save(result: Result, place: Path | None) -> None:
    if place is not None:
        name = f"{result.data}-{result.grader.replace(':', '-')}.json"
        file = place if place.suffix == ".json" else place / name
        write_result(file, result)
        note(f"wrote {file}")


def _show(results: list[Result], as_json: bool) -> None:
    if as_json:
        print_json(list[Result], results)
    else:
        print_results(results, open_console())
