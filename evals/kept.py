"""Where a report on written data is kept: a .json for programs and a .md beside it."""

from __future__ import annotations

from pathlib import Path

from evals.files import RESULTS, make_folder, write_text
from evals.splits import Split
from evals.terminal import note


def place_to_keep(name: str, output: Path | None, split: Split) -> Path | None:
    """`output`, else the results' own folder for a run over both halves, else None.

    Makes the folder now, so that a place that cannot be is no end to minutes of grading.
    """
    if output is None and split is not Split.ALL:
        note(f"split {split}: results are kept only with --output")
        return None
    place = RESULTS / f"{name}.json" if output is None else output
    make_folder(place.parent)
    return place


def keep(place: Path | None, json: str, markdown: str) -> None:
    """Write both files and say where they are; nothing where no place is given."""
    if place is not None:
        write_text(place.with_suffix(".json"), json + "\n")
        write_text(place.with_suffix(".md"), markdown)
        note(f"wrote {place.with_suffix('.json')} and {place.with_suffix('.md')}")
