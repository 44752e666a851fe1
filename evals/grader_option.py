"""The option `--grader` of the commands that grade."""

from __future__ import annotations

from typing import Annotated, TypeAlias

import typer

from evals.graders import GraderName


def _grader(text: str) -> str:
    """A name of ours, or `module:object`."""
    module, colon, name = text.partition(":")
    if text in list(GraderName) or (module and colon and name):
        return text
    raise typer.BadParameter(
        f"{text!r} is no grader; use {', '.join(GraderName)}, or module:object"
    )


Graders: TypeAlias = Annotated[
    list[str],
    typer.Option(
        "--grader",
        parser=_grader,
        metavar="NAME",
        help=f"{', '.join(GraderName)}, or module:object of your own. May be given several times.",
    ),
]
