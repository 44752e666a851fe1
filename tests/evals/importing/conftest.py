from __future__ import annotations

from pathlib import Path

import pytest

from evals.importing.found import BadRow, LeftOut
from evals.rows import Row


@pytest.fixture
def files():
    """Small files of each format, written by hand after the published ones."""
    return Path(__file__).parent / "files"


@pytest.fixture
def sorted_out():
    """What a reader found: rows, messages of bad rows, reasons of those left out."""

    def sort(found):
        found = list(found)
        return (
            [each for each in found if isinstance(each, Row)],
            [each.message for each in found if isinstance(each, BadRow)],
            [each.reason for each in found if isinstance(each, LeftOut)],
        )

    return sort
