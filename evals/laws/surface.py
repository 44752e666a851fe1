"""Changes to the surface: script, width, case and punctuation. They say nothing else."""

from __future__ import annotations

import re
from functools import cache
from random import Random

import opencc

from evals.cases import Case
from evals.laws.places import has_formula
from tutor.grading.reading.text import is_han

_ORDINARY_WORD = re.compile(r"\b[a-z]{4,}\b")
"""A word in which no letter is a symbol or a unit."""
_TO_FULL = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
_HALF_MARKS = {"，": ", ", "；": "; ", "：": ": ", "。": ". ", "（": " (", "）": ") "}
_END_MARKS = " .。!！"


def in_traditional(case: Case, chance: Random) -> str | None:
    """The answer in traditional characters; None without a character that differs."""
    changed = str(_converter().convert(case.answer))
    return changed if changed != case.answer else None


def in_full_width(case: Case, chance: Random) -> str | None:
    """Letters, digits and marks in full width, as a Chinese keyboard types them.

    None where there are none, or where they may be a formula.
    """
    changed = case.answer.translate(_TO_FULL)
    return None if changed == case.answer or has_formula(case.answer) else changed


def in_capitals(case: Case, chance: Random) -> str | None:
    """Ordinary English words in capitals; None without one, or where there may be a formula."""
    changed = _ORDINARY_WORD.sub(lambda word: word.group().upper(), case.answer)
    return None if changed == case.answer or has_formula(case.answer) else changed


def with_other_marks(case: Case, chance: Random) -> str | None:
    """Chinese marks in half width, and the last full stop dropped, or set where it is missing.

    None for an answer without a letter, and where it may be a formula.
    """
    if not any(char.isalpha() for char in case.answer) or has_formula(case.answer):
        return None
    bare = case.answer.rstrip(_END_MARKS)
    end = "" if bare != case.answer.rstrip() else "。" if is_han(bare[-1]) else "."
    return "".join(_HALF_MARKS.get(char, char) for char in bare).rstrip() + end


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("s2t")
