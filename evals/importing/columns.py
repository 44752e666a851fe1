"""Which column of a table is which field, by its own name, by a common one, or as told."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.importing.table import plain
from tutor.errors import InvalidInputError

RATER = "rater:"
_NAMES: dict[str, tuple[str, ...]] = {
    "id": ("row id",),
    "question_id": ("qid", "question no", "question number", "题号"),
    "question": ("question text", "prompt", "题目", "问题"),
    "reference": (
        "references",
        "reference answer",
        "model answer",
        "correct answer",
        "expected answer",
        "answer key",
        "参考答案",
        "标准答案",
    ),
    "answer": ("student answer", "learner answer", "response", "学生答案", "作答", "回答"),
    "label": ("verdict", "评判", "判定"),
    "score": ("mark", "marks", "points", "得分", "分数"),
    "lang": ("language", "语言"),
    "split": (),
    "key_points": ("rubric", "要点", "得分点"),
    "kind": (),
    "tags": ("tag", "标签"),
}
_FIELD_OF = {plain(name): field for field, names in _NAMES.items() for name in (field, *names)}
_NUMBERED_REFERENCE = re.compile(r"reference(?: answer)? ?\d{1,3}|参考答案 ?\d{1,3}")

KNOWN_NAMES = frozenset(_FIELD_OF) | {f"reference {number}" for number in range(1, 10)}
"""Names of columns by which a table's delimiter is recognised, as `plain` makes them."""


@dataclass(frozen=True)
class Columns:
    """The place of every field in a record, from 0."""

    at: dict[str, int]
    references: tuple[int, ...]
    raters: dict[str, int]
    unused: tuple[str, ...]


def columns_of(file: Path, header: Sequence[str], told: Mapping[str, str]) -> Columns:
    """Find the columns of a header; `told` names the column of a field, such as answer: text.

    Raises `InvalidInputError` for a field or column that is not there, for two columns of one
    field, and where question, reference, answer or any human grade is missing.
    """
    fields = _told(file, header, told)
    for place, name in enumerate(header):
        field = _field(name)
        if field is None or field in told or place in fields:
            continue
        if field in fields.values():
            raise InvalidInputError(
                f"{file}: {name!r} is a second column for {field}; name the one that is meant: "
                f"--column {field}=NAME"
            )
        fields[place] = field
    _check(file, header, fields)
    return Columns(
        at={field: place for place, field in fields.items() if field in _NAMES},
        references=tuple(place for place, field in sorted(fields.items()) if _is_reference(field)),
        raters={
            field.removeprefix(RATER): place
            for place, field in fields.items()
            if field.startswith(RATER)
        },
        unused=tuple(name for place, name in enumerate(header) if name and place not in fields),
    )


def _told(file: Path, header: Sequence[str], told: Mapping[str, str]) -> dict[int, str]:
    places = {plain(name): place for place, name in reversed(list(enumerate(header)))}
    fields: dict[int, str] = {}
    for field, name in told.items():
        if field not in _NAMES and not _is_reference(field) and not _is_rater(field):
            known = ", ".join([*_NAMES, "reference_1", f"{RATER}NAME"])
            raise InvalidInputError(f"--column {field}={name}: {field!r} is none of {known}")
        if plain(name) not in places:
            raise InvalidInputError(f"{file}: no column {name!r}; it has {_listed(header)}")
        place = places[plain(name)]
        if place in fields:
            raise InvalidInputError(
                f"column {name!r} cannot be both {fields[place]} and {field}; name two columns"
            )
        fields[place] = field
    return fields


def _field(name: str) -> str | None:
    """The field that a column's name stands for, if any."""
    common = plain(name)
    if _is_rater(common):
        # As written, without the word: a rater's name may have capitals.
        return RATER + name.replace("：", ":").split(":", 1)[1].strip()
    if _NUMBERED_REFERENCE.fullmatch(common):
        return common.replace(" ", "_")
    return _FIELD_OF.get(common)


def _is_rater(name: str) -> bool:
    return name.startswith(RATER) and len(name.strip()) > len(RATER)


def _is_reference(field: str) -> bool:
    return field == "reference" or bool(_NUMBERED_REFERENCE.fullmatch(field.replace("_", " ")))


def _check(file: Path, header: Sequence[str], fields: Mapping[int, str]) -> None:
    found = set(fields.values())
    missing = [field for field in ("question", "answer") if field not in found]
    if not any(_is_reference(field) for field in found):
        missing.insert(1 if "question" in missing else 0, "reference")
    if not missing and not any(f in ("label", "score") or _is_rater(f) for f in found):
        missing = ["label, score or rater:NAME"]
    if missing:
        raise InvalidInputError(
            f"{file}: no column for {missing[0]}; it has {_listed(header)}; say which it is: "
            f"--column {missing[0].split(',')[0]}=NAME"
        )


def _listed(header: Sequence[str]) -> str:
    return ", ".join(name or "(no name)" for name in header)
