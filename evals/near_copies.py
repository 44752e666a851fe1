"""Near copies: answers one edit away from a reference, and whether the edit matters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from evals.cases import Case, CaseFile, Cuts, read_cases
from evals.splits import Split, read_rows
from tutor.errors import InvalidInputError

NEAR_COPIES = Path(__file__).parent / "data" / "near_copies.jsonl"


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
    rows = read_rows(path, Edit, "a .jsonl file of near copies")
    edits = {edit.id: edit for edit in rows}
    for case in file.cases:
        _check(case, edits[case.id], path)
    kept = tuple(case for case in file.cases if split in (Split.ALL, edits[case.id].split))
    if not kept:
        raise InvalidInputError(f"{path}: no rows of split {split}; choose another --split")
    return NearCopies(replace(file, cases=kept), edits)


def _check(case: Case, edit: Edit, path: Path) -> None:
    """A harmless change leaves the answer correct, and a decisive one does not."""
    if (case.verdict == "correct") != (edit.change == "harmless"):
        raise InvalidInputError(
            f"{path}: {case.id} is {edit.change} and labelled {case.verdict}; fix one of the two"
        )
