"""The `tutor` command. Heavy modules are imported inside the commands that need them."""

from __future__ import annotations

import os
import sys
from io import TextIOWrapper
from typing import Annotated, NoReturn

import typer

from tutor.cli.calibrate import calibrate
from tutor.cli.cards_check import cards_check
from tutor.cli.cards_list import cards_list
from tutor.cli.grade import grade
from tutor.cli.printable import one_line
from tutor.cli.reviews import reviews
from tutor.cli.reviews_override import reviews_override
from tutor.cli.selftest import selftest
from tutor.cli.serve import serve
from tutor.cli.stats import stats
from tutor.errors import TutorError

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["--help", "-h"]},
)
_cards = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Check and list decks.")
_reviews = typer.Typer(rich_markup_mode=None)

app.command()(selftest)
app.command()(grade)
app.command()(calibrate)
app.add_typer(_cards, name="cards")
_cards.command("check")(cards_check)
_cards.command("list")(cards_list)
app.add_typer(_reviews, name="reviews")
_reviews.callback(invoke_without_command=True)(reviews)
_reviews.command("override")(reviews_override)
app.command()(stats)
app.command()(serve)


def _show_version(wanted: bool) -> None:
    if wanted:
        from tutor import __version__

        typer.echo(f"tutor {__version__}")
        raise typer.Exit


@app.callback()
def tutor(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    """Grade free answers to flashcards, in Chinese and English."""


def run(arguments: list[str] | None = None) -> NoReturn:
    """Run the command line and exit: 0 done, 1 failed, 2 usage, 130 Ctrl-C.

    An expected failure is one line on standard error. `arguments` are those of the process by
    default.
    """
    _prepare_streams()
    try:
        app(args=arguments, prog_name="tutor")
    except SystemExit as stop:
        status = stop.code
    except TutorError as error:
        status = _failed(str(error))
    except OSError as error:
        status = _failed(f"{error.filename or 'output'}: {error.strerror}")
    sys.exit(_flushed(status))


def _prepare_streams() -> None:
    """Make the standard streams ones that can be written to, whatever the process was given.

    Programs read UTF-8 whatever the locale; what a terminal's encoding lacks is shown as an
    escape. A stream that was closed is an empty one.
    """
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "r+", encoding="utf-8"))
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            encoding = None if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="backslashreplace")


def _failed(message: str) -> int:
    print(f"tutor: error: {one_line(message)}", file=sys.stderr)
    return 1


def _flushed(status: int | str | None) -> int | str | None:
    """Write out what is left; a reader that has gone away is no reason to complain."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        # The interpreter flushes once more at exit, which must not fail again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return status or 1
    except OSError as error:
        return _failed(f"output: {error.strerror}")
    return status


if __name__ == "__main__":
    run()
