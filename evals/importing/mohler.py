"""The UNT computer science short answers, version 2.0 (Mohler, Bunescu and Mihalcea 2011).

The folder is described by the README in it: `data/raw` (or `data/sent`) has a file of answers a
question, such as `1.1`, with `1.1` before each answer, and the files `questions` and `answers`
(the instructor's); `data/scores/1.1/{me,other,ave}` has a grade a line; `data/docs/files` lists
the questions, with # before those that the authors leave out of all their work. Grades run from 0
to 5, and from 0 to 10 in the two exams, 11 and 12; `ave` is always of 5.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.files import read_bytes
from evals.importing.decoding import likely_text
from evals.importing.found import BadRow, Found, LeftOut, found_at
from evals.importing.numbers import number_in
from evals.importing.xml_files import one_line
from tutor.errors import InvalidInputError

_WANTED = "the folder ShortAnswerGrading_v2.0, or the folder data in it"
_RATERS = ("me", "other")
_EXAMS = ("11", "12")
_ID = re.compile(r"\d{1,3}\.\d{1,3}")
_AVERAGE_OF = 5.0
_BRACKETS = {"-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "-LCB-": "{", "-RCB-": "}"}
# Bytes that cp1252 gives no character, as the escapes that encode back to them.
_UNASSIGNED = {byte: 0xDC00 + byte for byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D)}


@dataclass(frozen=True)
class _Release:
    """The `data` folder and what it says about all questions."""

    data: Path
    texts: Path
    """The folder of answers: `raw`, or `sent` where there is no other."""
    questions: dict[str, str]
    references: dict[str, str]

    @property
    def ids(self) -> list[str]:
        """The questions in the authors' order, with # before those that they leave out."""
        listed = self.data / "docs" / "files"
        if listed.is_file():
            return [line.strip() for line in _lines(listed) if line.strip()]
        named = [file.name for file in self.texts.iterdir() if _ID.fullmatch(file.name)]
        return sorted(named, key=lambda id: [int(part) for part in id.split(".")])


def mohler_rows(paths: Sequence[Path]) -> Iterator[Found]:
    """Every answer of the folder with both grades and the official average.

    Raises `InvalidInputError` where a folder is not the release or one of its files is missing.
    """
    for path in paths:
        release = _release(path)
        for id in release.ids:
            if id.startswith("#"):
                yield LeftOut("the authors leave the question out (# in docs/files)")
            else:
                yield from _answers(release, id)


def _release(path: Path) -> _Release:
    data = path if (path / "scores").is_dir() else path / "data"
    texts = next((data / name for name in ("raw", "sent") if (data / name).is_dir()), None)
    if texts is None or not (data / "scores").is_dir():
        raise InvalidInputError(f"{path}: no raw and scores below it; name {_WANTED}")
    questions, references = (
        dict(_numbered(line) for line in _lines(texts / name) if line.strip())
        for name in ("questions", "answers")
    )
    return _Release(data, texts, questions, references)


def _answers(release: _Release, id: str) -> Iterator[Found]:
    file = release.texts / id
    answers = [_numbered(line)[1] for line in _lines(file)]
    grades = {name: _lines(release.data / "scores" / id / name) for name in (*_RATERS, "ave")}
    for name, lines in grades.items():
        if len(lines) != len(answers):
            raise InvalidInputError(
                f"{file}: {len(answers)} answers and {len(lines)} grades in scores/{id}/{name}; "
                "make them equal, a line each"
            )
    for number, answer in enumerate(answers):
        given = {name: lines[number] for name, lines in grades.items()}
        yield _found(release, id, number, answer, given)


def _found(release: _Release, id: str, number: int, answer: str, given: dict[str, str]) -> Found:
    place = f"{release.texts / id}:{number + 1}"
    if id not in release.questions or id not in release.references:
        return BadRow(f"{place}: question {id} is not in questions and answers; add it to both")
    numbers = {name: number_in(text) for name, text in given.items()}
    for name, grade in numbers.items():
        if grade is None:
            return BadRow(f"{place}: grade {given[name]!r} in {name} is no number; fix it")
    average = numbers.pop("ave") or 0.0
    fields = {
        "id": f"{id}.{number}",
        "dataset": "mohler2011",
        "question_id": id,
        "question": release.questions[id],
        "references": [release.references[id]],
        "answer": answer,
        "score": average / _AVERAGE_OF,
        "ratings": numbers,
        "scale": [0.0, 10.0 if id.split(".")[0] in _EXAMS else 5.0],
    }
    return found_at(place, fields)


def _lines(file: Path) -> list[str]:
    # Not splitlines: an answer may hold any of the other characters that it ends a line at.
    text = likely_text(read_bytes(file, _WANTED)).replace("\r\n", "\n")
    return text.removesuffix("\n").split("\n")


def _numbered(line: str) -> tuple[str, str]:
    """The question's number at the head of a line, and the text after it, cleaned."""
    id, _, text = line.lstrip().partition(" ")
    text = text.replace("<br>", " ").replace("<STOP>", " ")
    for written, bracket in _BRACKETS.items():
        text = text.replace(written, bracket)
    return id, one_line(_encoded_once(html.unescape(text)))


def _encoded_once(text: str) -> str:
    """Undo an encoding of UTF-8 as UTF-8, which some answers of the release went through."""
    try:
        return text.translate(_UNASSIGNED).encode("cp1252", "surrogateescape").decode("utf-8")
    except UnicodeError:
        return text
