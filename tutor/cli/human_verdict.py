"""The verdict of people in a line of labelled answers, however it is written there.

The label counts; without one the score, cut; without both what the raters amount to: the mean
of marks, cut, or the majority of labels. `docs/cases.md` describes the fields.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from typing import Any

from tutor.errors import InvalidInputError
from tutor.grading.grade import Verdict

CORRECT_AT, INCORRECT_BELOW = 0.85, 0.25
"""Where a score in [0, 1] becomes a verdict."""
_SCORE_OF: dict[Verdict, float] = {"incorrect": 0.0, "partial": 0.5, "correct": 1.0}
_WORDS: dict[Verdict, tuple[str, ...]] = {
    "correct": ("correct", "正确"),
    "partial": (
        "partial",
        "partially correct",
        "partially_correct",
        "partially_correct_incomplete",
        "correct_but_incomplete",
        "部分正确",
    ),
    "incorrect": ("incorrect", "contradictory", "irrelevant", "non_domain", "错误"),
}
_VERDICT_OF = {word: verdict for verdict, words in _WORDS.items() for word in words}


def human_verdict(record: dict[str, Any]) -> Verdict:
    """What people said of the answer in a record; raises `InvalidInputError`."""
    for name in ("verdict", "label"):
        if record.get(name) is not None:
            return _verdict_of(record[name], f'"{name}"')
    if record.get("score") is not None:
        return _cut(_number(record["score"], '"score"', (0.0, 1.0)))
    if record.get("ratings"):
        return _of_raters(record)
    raise InvalidInputError(
        '"label", "score" and "ratings" are missing; add one that says what people said'
    )


def _of_raters(record: dict[str, Any]) -> Verdict:
    ratings = record["ratings"]
    if not isinstance(ratings, dict):
        raise InvalidInputError('"ratings" is not an object; write {"rater": label or number}')
    if all(isinstance(rated, str) for rated in ratings.values()):
        return _majority([_verdict_of(rated, f"rating of {who}") for who, rated in ratings.items()])
    scale = _scale(record)
    scores = [_score_of(rated, f"rating of {who}", scale) for who, rated in ratings.items()]
    return _cut(sum(scores) / len(scores))


def _score_of(rated: object, where: str, scale: tuple[float, float]) -> float:
    if isinstance(rated, str):
        return _SCORE_OF[_verdict_of(rated, where)]
    lowest, highest = scale
    return (_number(rated, where, scale) - lowest) / (highest - lowest)


def _scale(record: dict[str, Any]) -> tuple[float, float]:
    match record.get("scale"):
        case [int() | float() as lowest, int() | float() as highest] if lowest < highest:
            return float(lowest), float(highest)
    raise InvalidInputError('"scale" is needed where a rating is a number; add [lowest, highest]')


def _majority(verdicts: Sequence[Verdict]) -> Verdict:
    """What most raters said; a tie is settled in the middle."""
    counts = Counter(verdicts).most_common()
    tied = len(counts) > 1 and counts[0][1] == counts[1][1]
    return "partial" if tied else counts[0][0]


def _cut(score: float) -> Verdict:
    if score >= CORRECT_AT:
        return "correct"
    return "incorrect" if score < INCORRECT_BELOW else "partial"


def _verdict_of(label: object, where: str) -> Verdict:
    verdict = _VERDICT_OF.get(label.strip().lower()) if isinstance(label, str) else None
    if verdict is None:
        raise InvalidInputError(
            f"{where} is {_shown(label)}; use correct, partial or incorrect, or a label that "
            "docs/cases.md lists"
        )
    return verdict


def _number(value: object, where: str, scale: tuple[float, float]) -> float:
    lowest, highest = scale
    match value:
        case bool():
            pass
        case int() | float() if lowest <= value <= highest:
            return float(value)
    raise InvalidInputError(
        f"{where} is {_shown(value)}; use a number from {lowest:g} to {highest:g}"
    )


def _shown(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)[:40]
