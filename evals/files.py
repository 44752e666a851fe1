"""Reading and writing files; what goes wrong is one line, naming the file."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from tutor.errors import InvalidInputError

RESULTS = Path(__file__).parent / "results"


def read_bytes(path: Path, wanted: str) -> bytes:
    """The content of a file; raises `InvalidInputError` that asks for what is `wanted`."""
    with open_bytes(path, wanted) as file:
        return file.read()


def open_bytes(path: Path, wanted: str) -> BinaryIO:
    """A file to read, line by line if it is long; raises like `read_bytes`."""
    try:
        return path.open("rb")
    except OSError as error:
        raise InvalidInputError(
            f"{path}: cannot be read ({error.strerror}); name {wanted}"
        ) from error


def make_folder(path: Path) -> None:
    """Make a folder and those above it, unless it is there."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InvalidInputError(
            f"{path}: cannot be made a folder ({error.strerror}); name another place"
        ) from error


def write_text(path: Path, text: str) -> None:
    """Write a file in UTF-8, over any earlier one, making its folder when it is missing."""
    make_folder(path.parent)
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise InvalidInputError(
            f"{path}: cannot be written ({error.strerror}); name another file"
        ) from error
