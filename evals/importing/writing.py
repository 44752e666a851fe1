"""A file that is whole or not there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from evals.files import make_folder
from tutor.errors import InvalidInputError


@contextmanager
def replaced_when_done(path: Path) -> Iterator[TextIO]:
    """A file to write in UTF-8 that takes its place at the end, and not at all after an error."""
    make_folder(path.parent)
    part = path.with_name(f"{path.name}.part")
    try:
        with part.open("w", encoding="utf-8", newline="\n") as file:
            yield file
        part.replace(path)
    except OSError as error:
        raise InvalidInputError(
            f"{path}: cannot be written ({error.strerror}); name another file"
        ) from error
    finally:
        part.unlink(missing_ok=True)
