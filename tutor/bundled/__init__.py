"""Finds the decks and prompts that come with tutor."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from tutor.errors import SettingsError


def bundled_folder(name: Literal["cards", "prompts"]) -> Path:
    """Return the folder that came with this installation.

    A wheel carries it beside this file; in a checkout it lies at the root of the repository.
    Raises `SettingsError` when the installation has lost it.
    """
    here = Path(__file__).resolve().parent
    for folder in (here / name, here.parents[1] / name):
        if folder.is_dir():
            return folder
    raise SettingsError(f"{here / name}: the bundled {name} are missing; install tutor again")
