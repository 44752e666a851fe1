"""Answers to grade: the labelled ones of the InstructGPT deck, and fresh ones made of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from evals.cases import Case, Cuts, read_cases

DATA = Path(__file__).resolve().parents[1] / "evals" / "data" / "instructgpt.jsonl"


def labelled() -> tuple[Case, ...]:
    """Every labelled answer once."""
    return read_cases(DATA, Cuts()).cases


def fresh_bodies(count: int) -> list[dict[str, Any]]:
    """Bodies of requests with answers no two of which are alike, so that none is remembered.

    After one round of the labelled answers, each is followed by the answer of a later row.
    """
    cases = labelled()
    return [_body(cases, *divmod(number, len(cases))) for number in range(count)]


def _body(cases: tuple[Case, ...], turn: int, row: int) -> dict[str, Any]:
    case = cases[row]
    more = cases[(row + 7 * turn) % len(cases)].answer if turn else ""
    return {
        "question": case.item.question,
        "references": list(case.item.references),
        "kind": case.item.kind,
        "answer": f"{case.answer} {more}".strip(),
    }
