"""Near copies: answers one edit away from a reference, and whether the edit matters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from evals.cases import Case, CaseFile, Cuts, read_cases
from evals.files import read_bytes
from tutor.errors import InvalidInputError

NEAR_COPIES = Path(__file__).parent / "data" / "near_copies.jsonl"


class Split(StrEnum):
    """Which questions: `dev` may be looked at while graders are built, `test` may not."""

    DEV = "dev"
    TEST = "test"
    ALL = "all"


class Edit(BaseModel):
    """What was done to the reference: a decisive change makes it wrong, a harmless one does not."""

    model_config = ConfigDict(frozen=True)

    id: str
    split: Literal["dev", "test"]
    change: Literal["decisive", "harmless"]
    edit: Annotated[str, Field(min_length=1)]
    """Kind of the edit, such as `role-swap`."""


@dataclass(frozen=True, slots=True)
class NearCopies:
    """Cases beside the edits that made them, by id."""

    data: CaseFile
    edits: Mapping[str, Edit]


def read_near_copies(path: Path, split: Split) -> NearCopies:
    """The near copies of a JSON Lines file that belong to `split`.

    Raises `InvalidInputError` naming the file and what is wrong with it.
    """
    file = read_cases(path, Cuts())
    edits = {edit.id: edit for edit in _edits(path)}
    for case in file.cases:
        _check(case, edits[case.id], path)
    kept = tuple(case for case in file.cases if split in (Split.ALL, edits[case.id].split))
    if not kept:
        raise InvalidInputError(f"{path}: no rows of split {split}; choose another --split")
    return NearCopies(replace(file, cases=kept), edits)


def _edits(path: Path) -> Iterator[Edit]:
    lines = read_bytes(path, "a .jsonl file of near copies").split(b"\n")
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            yield Edit.model_validate_json(line)
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            field = ".".join(str(part) for part in first["loc"])
            raise InvalidInputError(f"{path}:{number}: {field}: {first['msg']}; fix it") from error


def _check(case: Case, edit: Edit, path: Path) -> None:
    """A harmless change leaves the answer correct, and a decisive one does not."""
    if (case.verdict == "correct") != (edit.change == "harmless"):
        raise InvalidInputError(
            f"{path}: {case.id} is {edit.change} and labelled {case.verdict}; fix one of the two"
        )
