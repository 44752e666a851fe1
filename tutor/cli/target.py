"""Where a batch writes: a pipe, or a file that a broken run leaves as it was.

A regular file is written as `NAME.partial` beside it and takes the name at the end. A run that
breaks off leaves the lines it had done there, and the old `NAME` untouched.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from tutor.errors import InvalidInputError


@contextmanager
def opened_input(path: str) -> Iterator[BinaryIO]:
    """The bytes of a file, or of standard input for `-`."""
    if path == "-":
        yield sys.stdin.buffer
        return
    try:
        stream = open(path, "rb")
    except OSError as error:
        raise InvalidInputError(f"{path}: cannot be read: {error.strerror}") from error
    with stream:
        yield stream


@contextmanager
def opened_output(path: str) -> Iterator[BinaryIO]:
    """A file to write bytes to, or standard output for `-`; it is there when the block ends.

    `InvalidInputError` when it cannot be written.
    """
    if path == "-":
        yield sys.stdout.buffer
        return
    final = Path(os.path.realpath(path))
    replaced = final.is_file() or not final.exists()
    # Pipes and devices are written as they are: they cannot be replaced.
    written = final.with_name(final.name + ".partial") if replaced else final
    try:
        with written.open("wb") as stream:
            yield stream
        if replaced:
            written.replace(final)
    except OSError as error:
        raise InvalidInputError(f"{written}: cannot be written: {error.strerror}") from error


def same_file(first: str, second: str) -> bool:
    """Whether two paths name one existing file; two pipes never do."""
    if "-" in (first, second):
        return False
    return os.path.realpath(first) == os.path.realpath(second)
