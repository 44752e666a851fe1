"""`tutor calibrate`: fit the local grader to one's own labelled answers, if that helps."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, NoReturn

import typer

if TYPE_CHECKING:
    from tutor.calibrating.answers import LabelledAnswer
    from tutor.calibrating.calibrate import Calibrated
    from tutor.settings import Settings


def calibrate(
    data: Annotated[
        str | None,
        typer.Option(help='JSON Lines of labelled answers; "-" is standard input.'),
    ] = None,
    deck: Annotated[
        str | None, typer.Option(help="Fit to the rulings on this deck's reviews instead.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option(help="Where the calibration goes; by default nothing is written.")
    ] = None,
    policy: Annotated[
        Literal["lenient", "standard", "strict"] | None,
        typer.Option(help="Policy that it will be used with; by default as TUTOR_POLICY says."),
    ] = None,
    language: Annotated[
        Literal["zh", "en"] | None,
        typer.Option(help="Fit to the answers in this language only; it is detected."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print a JSON object.")] = False,
    anyway: Annotated[
        bool, typer.Option("--anyway", help="Write the calibration even if it is worse.")
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Replace the output file if it is there.")
    ] = False,
) -> None:
    """Fit thresholds and probabilities to answers that people have graded.

    Each line: {"question", "references": [...], "answer"} and what people said: "label"
    (correct, partial, incorrect), "score" from 0 to 1, or "ratings" by rater with their
    "scale"; docs/cases.md describes them. "question_id" holds the answers to a question
    together. Needed are 30 answers over 8 questions, with 8 of each of two verdicts at least;
    from 300 answers over 30 questions the weights of the signals are fitted too.

    It starts from the calibration in use, and shows how far the grader agrees with people
    before and after. After is measured on answers to questions that the fit has not seen, with
    95 % intervals by question. The file is written only when no deciding figure got worse; use
    it with TUTOR_CALIBRATION=FILE and the same embedder.

    Rulings (--deck) are mostly on grades that were wrong, so before and after flatter the fit:
    only the thresholds are fitted to them, half the way, and a quarter must agree with the
    grader.

    Exits 1 if there is too little data or the fit is worse.
    """
    from tutor.settings import Settings

    if (data is None) == (deck is None):
        raise typer.BadParameter("name one of --data FILE and --deck NAME", param_hint="--data")
    _check_output(output, data, force=force)
    settings = Settings()
    settings = settings.model_copy(update={"policy": policy or settings.policy})
    labelled = _labelled(data, deck, settings)
    if language is not None:
        labelled = [one for one in labelled if one.language == language]
    found = _calibrated(labelled, settings, overrides=deck is not None)
    written = output if not found.worse or anyway else None
    if written is not None:
        _write(found, written)
    _show(found, written, settings, as_json=as_json)
    if output is not None and written is None:
        _refuse(found, output)


def _check_output(output: Path | None, data: str | None, *, force: bool) -> None:
    from tutor.cli.target import same_file
    from tutor.errors import InvalidInputError

    if output is None:
        return
    if data is not None and same_file(str(output), data):
        message = f"{output} is the data; name another file"
        raise typer.BadParameter(message, param_hint="--output")
    if output.exists() and not force:
        raise InvalidInputError(f"{output} is there already; name another file or use --force")


def _labelled(data: str | None, deck: str | None, settings: Settings) -> list[LabelledAnswer]:
    if data is not None:
        from tutor.cli.verdicts import read_labelled

        return read_labelled(data, settings.max_answer_characters)
    from tutor.calibrating.answers import LabelledAnswer
    from tutor.settings import open_store

    with open_store(settings) as store:
        ruled = store.ruled(deck or "")
    return [LabelledAnswer(one.item, one.answer, one.verdict, one.item.question) for one in ruled]


def _calibrated(
    labelled: list[LabelledAnswer], settings: Settings, *, overrides: bool
) -> Calibrated:
    from datetime import UTC, datetime

    from tutor.calibrating.calibrate import calibrate as fit_to
    from tutor.settings import build_grader

    grader = build_grader(settings)
    return fit_to(
        labelled,
        grader,
        grader.calibration,
        policy=settings.policy,
        overrides=overrides,
        now=datetime.now(UTC),
    )


def _write(found: Calibrated, output: Path) -> None:
    from tutor.cli.target import opened_output

    with opened_output(str(output)) as target:
        target.write(found.calibration.model_dump_json(indent=2).encode() + b"\n")


def _show(found: Calibrated, written: Path | None, settings: Settings, *, as_json: bool) -> None:
    from tutor.cli.calibrate_screen import as_data, show
    from tutor.cli.printable import json_line

    if as_json:
        typer.echo(json_line(as_data(found, written)))
    else:
        show(found, written, settings.policy)


def _refuse(found: Calibrated, output: Path) -> NoReturn:
    from tutor.cli.calibrate_screen import named
    from tutor.errors import InvalidInputError

    raise InvalidInputError(
        f"{output} is not written: after is worse in {named(found.worse)}; label more answers, "
        "or use --anyway"
    )
