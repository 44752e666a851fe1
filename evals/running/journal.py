"""The file that outcomes are appended to, so that a run that was stopped can go on.

No line in it is ever changed: of several on one case by one grader the last counts.
"""

from __future__ import annotations

import mmap
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from io import FileIO
from pathlib import Path
from typing import TypeAlias

from pydantic import ValidationError

from evals.cases import Case, CaseFile
from evals.files import make_folder
from evals.outcomes import BriefOutcome, Outcome, brief, each_outcome, is_unfinished, opinion_of
from evals.running.run import Run
from tutor.errors import InvalidInputError

_Place: TypeAlias = tuple[str, str, str]
"""Data set, grader, id of the case."""


@dataclass
class Kept:
    """What a file of outcomes holds of the runs that go on.

    `changed` cases were graded before they or the grader changed, `failed` ones were ungraded;
    both are graded again.
    """

    grades: dict[_Place, BriefOutcome] = field(default_factory=dict)
    changed: set[_Place] = field(default_factory=set)
    failed: set[_Place] = field(default_factory=set)

    def take(self, outcome: BriefOutcome, *, holds: bool) -> None:
        """Take the next line in, which counts instead of earlier ones on its case."""
        place = outcome.data, outcome.grader, outcome.id
        self.grades.pop(place, None)
        self.changed.discard(place)
        self.failed.discard(place)
        if not holds:
            self.changed.add(place)
        elif outcome.grade is None:
            self.failed.add(place)
        else:
            self.grades[place] = outcome


class Journal:
    """Appends outcomes, each at once: a kill loses those under way and no other."""

    def __init__(self, path: Path, file: FileIO) -> None:
        self.path = path
        self._file = file

    def append(self, outcome: Outcome) -> None:
        """Add one line. Raises `InvalidInputError` when the disk is full or the like."""
        line = outcome.model_dump_json().encode() + b"\n"
        try:
            whole = self._file.write(line) == len(line)
        except OSError as error:
            raise self._unwritable(error.strerror) from error
        if not whole:
            raise self._unwritable("no more room")

    def resume(self, files: Sequence[CaseFile], runs: Sequence[Run]) -> Kept:
        """What still holds of earlier runs: same item, same answer, same grader.

        A grade that people stand otherwise to by now is appended beside their new opinion.
        Raises `InvalidInputError` when the file holds something else.
        """
        cases = {(file.name, case.id): case for file in files for case in file.cases}
        by_name = {(run.data, run.name): run for run in runs}
        kept = Kept()
        for outcome in each_outcome(self.path):
            run = by_name.get((outcome.data, outcome.grader))
            case = cases.get((outcome.data, outcome.id))
            if run is not None and case is not None:
                kept.take(brief(outcome), holds=outcome.key == run.key(case))
        self._relabel(kept, cases)
        return kept

    def _relabel(self, kept: Kept, cases: dict[tuple[str, str], Case]) -> None:
        old = dict[_Place, BriefOutcome]()
        for place, outcome in kept.grades.items():
            case = cases[outcome.data, outcome.id]
            kept.grades[place] = _as_of_now(outcome, case)
            if kept.grades[place] != outcome:
                old[place] = outcome
        for line in each_outcome(self.path) if old else ():
            place = line.data, line.grader, line.id
            if old.get(place) == brief(line):
                del old[place]
                now = kept.grades[place]
                update = {"human": now.human, "question": now.question, "language": now.language}
                self.append(line.model_copy(update=update))

    def _unwritable(self, why: str | None) -> InvalidInputError:
        return InvalidInputError(
            f"{self.path}: cannot be written ({why}); make room, and run the same again to go on"
        )


@contextmanager
def open_journal(path: Path) -> Iterator[Journal]:
    """Open a file of outcomes to read and append to, making it when it is missing.

    What a killed run left of an unfinished line is cut off. Raises `InvalidInputError` when it
    cannot be written or its end is no outcome.
    """
    make_folder(path.parent)
    try:
        file = FileIO(path, "a+")
    except OSError as error:
        raise InvalidInputError(
            f"{path}: cannot be written ({error.strerror}); name another file"
        ) from error
    with file:
        _mend(path, file)
        yield Journal(path, file)


def _mend(path: Path, file: FileIO) -> None:
    end = _unended(file)
    if not end:
        return
    try:
        Outcome.model_validate_json(end)
    except ValidationError as error:
        if not is_unfinished(end):
            raise InvalidInputError(
                f"{path}: its last line is no outcome; name a file made by run --outcomes"
            ) from error
        file.truncate(os.fstat(file.fileno()).st_size - len(end))
    else:
        file.write(b"\n")


def _unended(file: FileIO) -> bytes:
    """What comes after the last line break."""
    if not os.fstat(file.fileno()).st_size:
        return b""
    with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        return content[content.rfind(b"\n") + 1 :]


def _as_of_now(outcome: BriefOutcome, case: Case) -> BriefOutcome:
    """The outcome beside what the case says now; shares its texts, so that they are kept once."""
    return replace(
        outcome,
        id=case.id,
        question=case.question,
        language=case.language,
        human=opinion_of(case),
    )
