"""Powergrading 1.0: very short answers that three judges called right or wrong.

The format is that of the release (Basu, Jacobs and Vanderwende 2013): tab-separated files with a
header. `questions_answer_key.tsv` has `Q#`, `Question` and, from `Answers` on, one accepted answer
a column; `studentanswers_grades_*.tsv` have `student`, `Q#`, `answer` and `G1`, `G2`, `G3`, which
are 1, 0, or -1 where the judge graded nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.cases import SCORE_OF, consensus
from evals.files import read_bytes
from evals.importing.decoding import likely_text
from evals.importing.found import BadRow, Found, LeftOut, found_at
from tutor.errors import InvalidInputError
from tutor.grading.grade import Verdict

_WANTED = "the folder of the release, or its .tsv files, the answer key among them"
_KEY = {"q#", "question", "answers"}
_ANSWERS = {"student", "q#", "answer"}
_JUDGE = re.compile(r"g\d{1,3}")
_VERDICT_OF: dict[str, Verdict | None] = {"1": "correct", "0": "incorrect", "-1": None, "": None}
_ONLY_TWO: tuple[Verdict, Verdict] = ("incorrect", "correct")


@dataclass(frozen=True)
class _Table:
    """A file with its header in lower case and the cells of every line, with its number."""

    file: Path
    header: list[str]
    lines: list[tuple[int, list[str]]]

    def has(self, columns: set[str]) -> bool:
        return columns <= set(self.header)


@dataclass(frozen=True)
class _Question:
    text: str
    references: list[str]


def powergrading_rows(paths: Sequence[Path]) -> Iterator[Found]:
    """Every answer that a judge graded, with the majority as label and each judge's verdict.

    Raises `InvalidInputError` where there is no answer key or no file of answers.
    """
    tables = [_table(file) for file in _files(paths)]
    keys = [table for table in tables if table.has(_KEY)]
    answers = [table for table in tables if table.has(_ANSWERS) and not table.has(_KEY)]
    if not keys or not answers:
        missing = "a question key (Q#, Question, Answers)" if not keys else "student answers"
        named = ", ".join(map(str, paths))
        raise InvalidInputError(f"{named}: no .tsv with {missing}; name {_WANTED}")
    questions = {id: question for key in keys for id, question in _questions(key)}
    for table in answers:
        for number, cells in table.lines:
            yield _found(table, number, cells, questions)


def _files(paths: Sequence[Path]) -> list[Path]:
    named = [[path] if path.is_file() else sorted(path.rglob("*.tsv")) for path in paths]
    return [file for files in named for file in files]


def _table(file: Path) -> _Table:
    # Quotation marks are part of the answers here, and no cell holds a line end.
    text = likely_text(read_bytes(file, _WANTED)).removeprefix("\ufeff").replace("\r\n", "\n")
    header, *lines = [line.split("\t") for line in text.split("\n")]
    numbered = [(number, cells) for number, cells in enumerate(lines, start=2) if any(cells)]
    return _Table(file, [name.strip().lower() for name in header], numbered)


def _questions(key: _Table) -> Iterator[tuple[str, _Question]]:
    number, text, first = (key.header.index(name) for name in ("q#", "question", "answers"))
    for _, cells in key.lines:
        accepted = [cell.strip() for cell in cells[first:] if cell.strip()]
        yield cells[number].strip(), _Question(cells[text].strip(), accepted)


def _found(table: _Table, number: int, cells: list[str], questions: dict[str, _Question]) -> Found:
    place = f"{table.file}:{number}"
    if len(cells) != len(table.header):
        return BadRow(f"{place}: {len(cells)} cells, not {len(table.header)}; fix the line")
    row = dict(zip(table.header, cells, strict=True))
    grades = {name.upper(): row[name].strip() for name in table.header if _JUDGE.fullmatch(name)}
    unknown = [grade for grade in grades.values() if grade not in _VERDICT_OF]
    if unknown:
        return BadRow(f"{place}: grade {unknown[0]!r} is none of 1, 0 and -1; fix the line")
    ratings = {judge: verdict for judge, grade in grades.items() if (verdict := _VERDICT_OF[grade])}
    if not ratings:
        return LeftOut("no judge graded the answer")
    id = row["q#"].strip()
    if id not in questions:
        return BadRow(f"{place}: question {id} is not in the answer key; add it")
    return found_at(place, _fields(row, id, questions[id], ratings))


def _fields(
    row: dict[str, str], id: str, question: _Question, ratings: dict[str, Verdict]
) -> dict[str, object]:
    verdicts = list(ratings.values())
    return {
        "id": f"{row['student'].strip()}.q{id}",
        "dataset": "powergrading",
        "question_id": id,
        "question": question.text,
        "references": question.references,
        "answer": row["answer"].replace("\\n", "\n").strip(),
        "label": consensus(verdicts, _ONLY_TWO),
        "score": sum(SCORE_OF[verdict] for verdict in verdicts) / len(verdicts),
        "ratings": ratings,
    }
