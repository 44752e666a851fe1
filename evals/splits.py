"""Written data in two halves: one to build graders on, one to test them on."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from evals.files import read_bytes
from tutor.errors import InvalidInputError

Row = TypeVar("Row", bound=BaseModel)


class Split(StrEnum):
    """Which questions: `dev` may be looked at while graders are built, `test` may not."""

    DEV = "dev"
    TEST = "test"
    ALL = "all"

    @property
    def shown(self) -> Split:
        """The half whose rows may be listed: the test's only where it alone is asked for."""
        return Split.TEST if self is Split.TEST else Split.DEV


def read_rows(path: Path, kind: type[Row], wanted: str) -> Iterator[Row]:
    """What the lines of a JSON Lines file say beside what makes them cases.

    Raises `InvalidInputError` naming file, line and field, or asking for what is `wanted`.
    """
    for number, line in enumerate(read_bytes(path, wanted).split(b"\n"), start=1):
        if not line.strip():
            continue
        try:
            yield kind.model_validate_json(line)
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            field = ".".join(str(part) for part in first["loc"])
            raise InvalidInputError(f"{path}:{number}: {field}: {first['msg']}; fix it") from error
