"""Cases: answers that people have graded, read from JSON Lines."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.files import read_bytes
from evals.rows import Row, row_at
from tutor.errors import InvalidInputError
from tutor.grading.grade import Verdict
from tutor.grading.item import Item

VERDICTS: tuple[Verdict, ...] = ("incorrect", "partial", "correct")
"""The scale, worst first."""

SCORE_OF: dict[Verdict, float] = {"incorrect": 0.0, "partial": 0.5, "correct": 1.0}
"""The score of a case whose graders gave verdicts only."""

_VERDICT_OF_LABEL: dict[str, Verdict] = {
    **dict.fromkeys(["correct", "正确"], "correct"),
    **dict.fromkeys(
        [
            "partial",
            "partially correct",
            "partially_correct",
            "partially_correct_incomplete",
            "correct_but_incomplete",
            "部分正确",
        ],
        "partial",
    ),
    **dict.fromkeys(
        ["incorrect", "contradictory", "irrelevant", "non_domain", "错误"], "incorrect"
    ),
}
_WANTED = "a .jsonl file or a folder of them"
_GRADING_FIELDS = {"question", "references", "answer"}


@dataclass(frozen=True)
class Cuts:
    """Where a human score becomes a verdict: correct from `correct_at` up, incorrect below
    `incorrect_below`, partial between. Both are scores in [0, 1]."""

    correct_at: float = 0.85
    incorrect_below: float = 0.25

    def __post_init__(self) -> None:
        if not 0.0 <= self.incorrect_below <= self.correct_at <= 1.0:
            raise InvalidInputError(
                f"cuts {self.incorrect_below:g} and {self.correct_at:g} are not in order; use "
                "0 <= --incorrect-below <= --correct-at <= 1"
            )

    def verdict(self, score: float) -> Verdict:
        if score >= self.correct_at:
            return "correct"
        return "incorrect" if score < self.incorrect_below else "partial"


@dataclass(frozen=True, slots=True)
class Rating:
    """What one person said about an answer."""

    rater: str
    verdict: Verdict
    score: float


@dataclass(frozen=True, slots=True)
class Case:
    """An answer with its item, the human verdict and score, and each rater's own if known."""

    id: str
    question: str
    """Key of the question: rows that share it are resampled together."""
    item: Item
    answer: str
    language: str
    verdict: Verdict
    score: float
    ratings: tuple[Rating, ...]
    split: str = ""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CaseFile:
    """The cases of one file, and the hash of its bytes."""

    name: str
    """Name of the data, such as `saf_english-test_ua`: fit for a file name."""
    file: str
    sha256: str
    cases: tuple[Case, ...]


def read_data(path: Path, cuts: Cuts, note: Callable[[str], None]) -> tuple[CaseFile, ...]:
    """Every case file at `path`: the file itself, or all `*.jsonl` with grading rows below it.

    Files below a folder that hold something else are skipped, and `note` is told which.
    Raises `InvalidInputError` naming file and line.
    """
    if not path.is_dir():
        return (read_cases(path, cuts),)
    found = []
    for file in sorted(path.rglob("*.jsonl")):
        if _has_grading_rows(file):
            found.append(read_cases(file, cuts))
        else:
            note(f"{file}: no grading rows, skipped")
    if not found:
        raise InvalidInputError(f"{path}: no .jsonl file with grading rows; name another folder")
    return tuple(found)


def read_cases(path: Path, cuts: Cuts) -> CaseFile:
    """The cases of one JSON Lines file; raises `InvalidInputError` naming file and line."""
    content = read_bytes(path, _WANTED)
    seen: dict[str, int] = {}
    cases = []
    for number, fields in _lines(path, content):
        place = f"{path}:{number}"
        case = case_of(row_at(place, fields), cuts, place)
        if case.id in seen:
            raise InvalidInputError(
                f"{path}:{number}: id {case.id} is taken by line {seen[case.id]}; make it unique"
            )
        seen[case.id] = number
        cases.append(case)
    if not cases:
        raise InvalidInputError(f"{path}: no cases; write one JSON object a line")
    digest = hashlib.sha256(content).hexdigest()
    return CaseFile(_name(path, content), path.name, digest, tuple(cases))


def consensus(verdicts: Sequence[Verdict], scale: Sequence[Verdict] = VERDICTS) -> Verdict:
    """The verdict that most of the raters gave.

    A tie is settled in the middle, as partial; where people did not use partial (`scale`
    lacks it) by the first rater, which is no better and no worse than any other.
    """
    counts = Counter(verdicts).most_common()
    if len(counts) == 1 or counts[0][1] > counts[1][1]:
        return counts[0][0]
    return "partial" if "partial" in scale else verdicts[0]


def _lines(path: Path, content: bytes) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, line in enumerate(content.split(b"\n"), start=1):
        if not line.strip():
            continue
        try:
            fields = json.loads(line.decode("utf-8-sig"))
        except ValueError as error:
            raise InvalidInputError(f"{path}:{number}: not JSON ({error}); fix the line") from error
        if not isinstance(fields, dict):
            raise InvalidInputError(f"{path}:{number}: not a JSON object; write {{...}} a line")
        yield number, fields


def _has_grading_rows(path: Path) -> bool:
    first = next(_lines(path, read_bytes(path, _WANTED)), None)
    return first is not None and first[1].keys() >= _GRADING_FIELDS


def _name(path: Path, content: bytes) -> str:
    """The data set that the rows name, and the file unless it is called the same."""
    dataset = str(next(_lines(path, content))[1].get("dataset") or path.stem)
    name = dataset if dataset == path.stem else f"{dataset}-{path.stem}"
    return "".join(char if char.isalnum() or char in "-_." else "_" for char in name)


def case_of(row: Row, cuts: Cuts, place: str) -> Case:
    """The case that a row describes; raises `InvalidInputError` naming the place."""
    ratings = tuple(_ratings(row, cuts, place))
    verdict, score = _human(row, ratings, cuts, place)
    return Case(
        id=row.id,
        question=row.question_id or row.qid or row.question,
        item=Item(row.question, tuple(row.references), row.points(), row.kind),
        answer=row.answer,
        language=row.lang or "",
        verdict=verdict,
        score=score,
        ratings=ratings,
        split=row.split or "",
        tags=(*row.tags, *([row.written_as] if row.written_as else [])),
    )


def _human(row: Row, ratings: Sequence[Rating], cuts: Cuts, place: str) -> tuple[Verdict, float]:
    """What people said, all in all: the label, else the score, else what the raters amount to."""
    score = row.score
    if score is None and any(isinstance(rated, float) for rated in row.ratings.values()):
        score = sum(rating.score for rating in ratings) / len(ratings)
    if row.label is not None:
        verdict = verdict_of(row.label, place)
    elif score is not None:
        verdict = cuts.verdict(score)
    elif ratings:
        verdict = consensus([rating.verdict for rating in ratings])
    else:
        raise InvalidInputError(f"{place}: no label, score or ratings; add what people said")
    return verdict, SCORE_OF[verdict] if score is None else score


def verdict_of(label: str, place: str) -> Verdict:
    """The verdict that a label stands for; raises `InvalidInputError` naming the place."""
    verdict = _VERDICT_OF_LABEL.get(label.strip().lower())
    if verdict is None:
        known = ", ".join(_VERDICT_OF_LABEL)
        raise InvalidInputError(f"{place}: label {label!r} is unknown; use one of {known}")
    return verdict


def _ratings(row: Row, cuts: Cuts, place: str) -> Iterator[Rating]:
    for rater, rated in sorted(row.ratings.items()):
        if isinstance(rated, str):
            verdict = verdict_of(rated, place)
            yield Rating(rater, verdict, SCORE_OF[verdict])
        else:
            score = _on_scale(rated, row)
            yield Rating(rater, cuts.verdict(score), score)
    if row.ratings or len(row.raw_scores) < 2:
        return
    for number, score in enumerate(_unit_scores(row), start=1):
        yield Rating(f"rater {number}", cuts.verdict(score), score)


def _on_scale(number: float, row: Row) -> float:
    lowest, highest = row.scale or (0.0, 1.0)
    return (number - lowest) / (highest - lowest)


def _unit_scores(row: Row) -> list[float]:
    """Raw scores in [0, 1]; without `raw_max` the row's score says what their mean amounts to."""
    if row.raw_max is not None:
        unit = 1.0 / row.raw_max
    elif row.score is not None:
        mean = sum(row.raw_scores) / len(row.raw_scores)
        unit = row.score / mean if mean else 0.0
    else:
        return []
    return [min(1.0, raw * unit) for raw in row.raw_scores]
