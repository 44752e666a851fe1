"""Reading what a report is made of, and making sure that it belongs together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from pathlib import Path
from typing import TypeAlias

from evals.cases import Case, CaseFile, Cuts, read_data
from evals.disagreements import disagreements, worst
from evals.outcomes import BriefOutcome, Outcome, brief, each_outcome
from evals.report_contents import Evidence, by_data_set
from evals.result import Result
from tutor.errors import InvalidInputError

SHOWN = 10
"""Disagreements that are shown of each grader on each data set."""

_Run: TypeAlias = tuple[str, str]
"""Data set and grader."""
_Found: TypeAlias = dict[_Run, dict[str, BriefOutcome]]


def evidence_of(
    results: Sequence[Result],
    outcomes: Sequence[Path],
    data: Sequence[Path],
    note: Callable[[str], None],
    baseline: str | None = None,
) -> dict[str, tuple[list[Result], Evidence]]:
    """Results by data set, each with the outcomes and the cases that belong to it.

    `note` is told of what belongs to none of the results. Raises `InvalidInputError` when
    outcomes are not those that a result sums up, naming both.
    """
    sets = by_data_set(results, baseline)
    files = _files(sets, data, note)
    found = _outcomes(outcomes, {(r.data, r.grader): r for r in results}, note)
    chosen = {run: worst(each.values(), SHOWN) for run, each in found.items()}
    whole = _whole(outcomes, chosen)
    return {
        name: (same_data, _evidence(same_data, files[name], found, chosen, whole))
        for name, same_data in sets.items()
    }


def _evidence(
    results: Sequence[Result],
    file: CaseFile | None,
    found: _Found,
    chosen: dict[_Run, list[BriefOutcome]],
    whole: dict[_Run, dict[str, Outcome]],
) -> Evidence:
    """What there is on one data set; of a file from which a sample was graded, only that."""
    runs = [run for r in results if (run := (r.data, r.grader)) in found]
    graded = {case for run in runs for case in found[run]}
    cases = {} if file is None else _cases(file, graded)
    told = [disagreements(chosen[run], whole.get(run, {}), cases) for run in runs if cases]
    return Evidence(
        outcomes={grader: tuple(found[data, grader].values()) for data, grader in runs},
        cases=tuple(cases.values()),
        disagreements=tuple(one for each in told for one in each),
    )


def _cases(file: CaseFile, graded: Set[str]) -> dict[str, Case]:
    cases = {case.id: case for case in file.cases if case.id in graded}
    if strange := graded - cases.keys():
        raise InvalidInputError(
            f"{file.file}: has no case {min(strange)} that outcomes on {file.name} are about; name "
            "the outcomes that were made with the results"
        )
    return cases


def _files(
    sets: Mapping[str, Sequence[Result]], data: Sequence[Path], note: Callable[[str], None]
) -> dict[str, CaseFile | None]:
    """The file of every data set, by the hash of its bytes; `note` is told of files of none."""
    read = {
        cuts: [file for path in data for file in read_data(path, cuts, lambda _: None)]
        for cuts in {_cuts(results[0]) for results in sets.values()}
    }
    wanted = {results[0].file.sha256 for results in sets.values()}
    strange = {file.file for files in read.values() for file in files if file.sha256 not in wanted}
    for name in sorted(strange & {path.name for path in data}):
        note(f"{name}: no result is about these bytes; run the graders on it again")
    return {
        name: next((f for f in read[_cuts(results[0])] if f.sha256 == results[0].file.sha256), None)
        for name, results in sets.items()
    }


def _cuts(result: Result) -> Cuts:
    return Cuts(result.settings.correct_at, result.settings.incorrect_below)


def _outcomes(
    paths: Sequence[Path], results: dict[_Run, Result], note: Callable[[str], None]
) -> _Found:
    found: _Found = {}
    strange: Counter[_Run] = Counter()
    for path in paths:
        for outcome in each_outcome(path):
            run = outcome.data, outcome.grader
            if run in results:
                found.setdefault(run, {})[outcome.id] = brief(outcome)
            else:
                strange[run] += 1
    for (data, grader), count in strange.items():
        note(f"{count:,} outcomes of {grader} on {data} belong to no result that was named")
    for run, each in found.items():
        _check(results[run], each.values())
    return found


def _check(result: Result, outcomes: Iterable[BriefOutcome]) -> None:
    found = list(outcomes)
    graded = Counter((o.human.verdict, o.grade.verdict) for o in found if o.grade is not None)
    summed = {
        (human, said): n for human, row in result.confusion.items() for said, n in row.items()
    }
    if len(found) != result.cases or any(graded[cell] != n for cell, n in summed.items()):
        raise InvalidInputError(
            f"the {len(found):,} outcomes of {result.grader} on {result.data} are not those that "
            f"its result sums up ({result.cases:,} cases); make both with one run"
        )


def _whole(
    paths: Sequence[Path], chosen: dict[_Run, list[BriefOutcome]]
) -> dict[_Run, dict[str, Outcome]]:
    """The chosen outcomes with all that a reader wants: read again, so as not to keep them all."""
    wanted = {run: {outcome.id for outcome in each} for run, each in chosen.items()}
    found: dict[_Run, dict[str, Outcome]] = {}
    for path in paths:
        for outcome in each_outcome(path):
            run = outcome.data, outcome.grader
            if outcome.id in wanted.get(run, ()):
                found.setdefault(run, {})[outcome.id] = outcome
    return found
