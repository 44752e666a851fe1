"""The command `python -m evals import`."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from evals.cases import verdict_of
from evals.importing.finishing import Stated, finished
from evals.importing.found import Found
from evals.importing.mohler import mohler_rows
from evals.importing.powergrading import powergrading_rows
from evals.importing.saf import saf_rows
from evals.importing.semeval import semeval_rows
from evals.importing.spreadsheet import Layout, spreadsheet_rows
from evals.importing.tally import Tally
from evals.importing.writing import replaced_when_done
from evals.rows import Row
from evals.terminal import note
from tutor.errors import InvalidInputError

_SHOWN = 10


class Format(StrEnum):
    """The formats that can be read."""

    SEMEVAL = "semeval"
    MOHLER = "mohler"
    SAF = "saf"
    POWERGRADING = "powergrading"
    CSV = "csv"


def import_cases(
    format: Annotated[Format, typer.Argument(help="What the files are.", show_default=False)],
    paths: Annotated[list[Path], typer.Argument(help="Files, or the folder of the release.")],
    output: Annotated[Path, typer.Option(help="The .jsonl file to write.")],
    dataset: Annotated[str | None, typer.Option(help="Name of the set, in every row.")] = None,
    split: Annotated[str | None, typer.Option(help="Part of the set, in every row.")] = None,
    language: Annotated[
        str | None, typer.Option(help="Of all answers, such as en, zh, de; else it is detected.")
    ] = None,
    scale: Annotated[
        tuple[float, float] | None,
        typer.Option(help="csv, saf: what marks run from and to.", show_default=False),
    ] = None,
    column: Annotated[
        list[str] | None, typer.Option(help="csv: FIELD=NAME, such as answer=student_text.")
    ] = None,
    label: Annotated[
        list[str] | None, typer.Option(help="csv: WORD=VERDICT, such as pass=correct.")
    ] = None,
    separator: Annotated[
        str | None, typer.Option(help="csv: what stands between references in one cell.")
    ] = None,
    delimiter: Annotated[str | None, typer.Option(help="csv: if it is not recognised.")] = None,
    encoding: Annotated[
        str | None, typer.Option(help="csv: such as gb18030; UTF-8 and UTF-16 are recognised.")
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Write nothing and exit 1 if any row is bad.")
    ] = False,
) -> None:
    """Turn published sets and spreadsheets into cases for `run`."""
    layout = Layout(
        columns=_pairs("--column", column),
        labels=_labels(label),
        scale=_scale(scale),
        separator=separator or None,
        delimiter=_delimiter(delimiter),
        encoding=encoding,
    )
    _check(format, layout, paths)
    stated = Stated(dataset, split, language)
    tally = _written(finished(_found(format, paths, layout), stated), output, strict)
    for line in tally.lines():
        note(line)
    note(f"wrote {output}; next: python -m evals run --data {output}")


def _written(found: Iterator[Found], output: Path, strict: bool) -> Tally:
    """Write the rows as they come; the file is there, whole, only when all went well."""
    tally = Tally()
    with replaced_when_done(output) as file:
        for each in found:
            if isinstance(each, Row):
                file.write(each.model_dump_json(exclude_defaults=True) + "\n")
                tally.add(each)
            else:
                tally.miss(each)
        _tell_bad(tally)
        if strict and tally.bad:
            raise InvalidInputError(
                f"bad rows: {len(tally.bad):,}, and with --strict none is written; fix them"
            )
        if not tally.written:
            why = "; ".join(tally.lines()[1:]) or "there is none"
            raise InvalidInputError(f"no row to write ({why}); name other files")
    return tally


def _tell_bad(tally: Tally) -> None:
    for message in tally.bad[:_SHOWN]:
        note(message)
    if len(tally.bad) > _SHOWN:
        note(f"... and {len(tally.bad) - _SHOWN:,} more such rows")


def _found(format: Format, paths: list[Path], layout: Layout) -> Iterator[Found]:
    match format:
        case Format.SEMEVAL:
            return semeval_rows(paths)
        case Format.MOHLER:
            return mohler_rows(paths)
        case Format.SAF:
            return saf_rows(paths, layout.scale[1] if layout.scale else None)
        case Format.POWERGRADING:
            return powergrading_rows(paths)
        case Format.CSV:
            return spreadsheet_rows(paths, layout, note)


def _check(format: Format, layout: Layout, paths: list[Path]) -> None:
    """An option that says nothing to the format is a mistake, as is a path that is not there."""
    for path in paths:
        if not path.exists():
            raise InvalidInputError(f"{path}: is not there; name a file or folder")
    understood = Layout(scale=layout.scale) if format is Format.SAF else Layout()
    if format is not Format.CSV and layout != understood:
        raise InvalidInputError(
            f"--column, --label, --separator, --delimiter, --encoding and --scale are for csv "
            f"(--scale also for saf), not for {format}; leave them out"
        )
    if format is Format.SAF and layout.scale and layout.scale[0] != 0.0:
        raise InvalidInputError(f"--scale {layout.scale[0]:g}: SAF scores run from 0; write 0")


def _pairs(option: str, given: list[str] | None) -> dict[str, str]:
    pairs = {}
    for text in given or ():
        name, equals, value = (part.strip() for part in text.partition("="))
        if not (name and equals and value):
            raise InvalidInputError(f"{option} {text}: is no pair; write NAME=VALUE")
        pairs[name] = value
    return pairs


def _labels(given: list[str] | None) -> dict[str, str]:
    return {
        word: verdict_of(to, f"--label {word}={to}")
        for word, to in _pairs("--label", given).items()
    }


def _scale(scale: tuple[float, float] | None) -> tuple[float, float] | None:
    if scale is not None and not scale[0] < scale[1]:
        raise InvalidInputError(
            f"--scale {scale[0]:g} {scale[1]:g}: write the lowest mark, then the highest"
        )
    return scale


def _delimiter(given: str | None) -> str | None:
    """A single character; a tab may be spelt."""
    spelt = {"\\t": "\t", "tab": "\t"}.get(given or "", given)
    if spelt is not None and len(spelt) != 1:
        raise InvalidInputError(
            f"--delimiter {given}: is not one character; write such as ; or tab"
        )
    return spelt
