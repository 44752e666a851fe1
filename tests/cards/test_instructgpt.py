"""The InstructGPT deck teaches all that the seed deck teaches, in sentences of its own."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from tutor.deck.card import Card
from tutor.deck.collection import load_deck
from tutor.grading.reading.text import is_han

ROOT = Path(__file__).parents[2]
DECK = ROOT / "cards" / "instructgpt.md"
SEED = ROOT.parent / "shared" / "decks" / "instructgpt-seed.md"
COVERAGE = tomllib.loads(
    Path(__file__).with_name("seed_coverage.toml").read_text(encoding="utf-8")
)["cards"]

LONGEST_SHARED_HAN = 9
"""Ideographs in a row that two decks on one paper may share: terms, but no sentence."""

needs_seed = pytest.mark.skipif(
    not SEED.exists(), reason="the seed deck lies beside the repository, and is not here"
)


def compact(text: str) -> str:
    return re.sub(r"\s+", "", text).casefold()


def cards_by_text() -> dict[str, str]:
    """What each card asks, a cloze with its blanks filled in, and all that the card says."""
    at_line: dict[int, list[Card]] = defaultdict(list)
    for card in load_deck(DECK).cards:
        at_line[card.line].append(card)
    return {asked(cards[0]): said(cards) for cards in at_line.values()}


def asked(card: Card) -> str:
    return compact(card.question.replace("[...]", card.references[0]))


def said(cards: list[Card]) -> str:
    parts = [asked(cards[0])]
    for card in cards:
        parts += [*card.references, *(line.text for line in card.rubric)]
    return compact("\n".join(parts))


TAUGHT = cards_by_text()


@pytest.mark.parametrize("entry", COVERAGE, ids=lambda entry: f"{entry['line']} {entry['key']}")
def test_fact_of_the_seed_is_taught(entry: dict[str, Any]) -> None:
    texts = []
    for fragment in entry["cards"]:
        found = [text for ask, text in TAUGHT.items() if compact(fragment) in ask]
        assert len(found) == 1, f"{fragment!r} fits {len(found)} cards"
        texts += found
    missing = [fact for fact in entry["facts"] if not any(compact(fact) in text for text in texts)]
    assert missing == []


def test_coverage_names_50_questions_and_31_clozes_once() -> None:
    kinds = [entry["kind"] for entry in COVERAGE]
    assert (kinds.count("Q"), kinds.count("C")) == (50, 31)
    places = [(entry["line"], entry["kind"]) for entry in COVERAGE]
    assert len(set(places)) == len(places)


@needs_seed
def test_coverage_names_every_entry_of_the_seed() -> None:
    lines = SEED.read_text(encoding="utf-8").splitlines()
    entries = {(at, line[0]) for at, line in enumerate(lines, 1) if line[:2] in {"Q:", "C:"}}
    assert len(entries) == 81  # 50 Q/A + 31 cloze texts
    assert {(e["line"], e["kind"]) for e in COVERAGE if e["kind"] in {"Q", "C"}} == entries


@needs_seed
def test_no_sentence_is_shared_with_the_seed() -> None:
    runs = han_runs(SEED.read_text(encoding="utf-8"), LONGEST_SHARED_HAN + 1)
    assert runs & han_runs(DECK.read_text(encoding="utf-8"), LONGEST_SHARED_HAN + 1) == set()


@needs_seed
def test_no_question_is_shared_with_the_seed() -> None:
    theirs = {asked(card) for card in load_deck(SEED).cards}
    assert theirs & set(TAUGHT) == set()


def han_runs(text: str, length: int) -> set[str]:
    """Every run of so many ideographs within a line, whatever stands between them."""
    runs = set()
    for line in text.splitlines():
        han = "".join(filter(is_han, line))
        runs |= {han[at : at + length] for at in range(len(han) - length + 1)}
    return runs


def test_runs_of_ideographs_ignore_what_stands_between() -> None:
    # 五 ideographs 甲乙丙丁戊 hold 5 - 3 + 1 = 3 runs of three
    assert han_runs("甲乙, 丙 (RM) 丁戊", 3) == {"甲乙丙", "乙丙丁", "丙丁戊"}
