"""Bases: the answers that laws are tried on, with the references of decks and cases among them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from evals.cases import Case, CaseFile, Cuts, read_cases
from evals.laws.law import REFERENCE
from evals.splits import Split
from tutor.deck.asking import item_of
from tutor.deck.collection import load_collection
from tutor.grading.item import Item
from tutor.grading.language import language_of

_DATA = Path(__file__).parents[1] / "data"
DEFAULT_DATA = (_DATA / "instructgpt.jsonl", _DATA / "near_copies.jsonl")


def read_bases(decks: Path | None, data: Sequence[Path], split: Split) -> CaseFile:
    """All answers of the files, and the references of their questions and of the decks' cards.

    Only those of `split` count, where what is not of a test is `dev`. Raises `DeckError` and
    `InvalidInputError`, each naming the file and the line.
    """
    files = [read_cases(path, Cuts()) for path in data]
    cards = () if decks is None else load_collection(decks).cards
    references = [
        *(case for card in cards for case in _references(item_of(card), card.id, "")),
        *(
            case
            for file in files
            for row in file.cases
            for case in _references(row.item, row.question, row.split)
        ),
    ]
    answers = (case for file in files for case in file.cases)
    named = [path.name for path in (*((decks,) if decks else ()), *data)]
    content = "".join([*(file.sha256 for file in files), *(card.id for card in cards)])
    return CaseFile(
        "laws",
        ", ".join(named),
        hashlib.sha256(content.encode()).hexdigest(),
        tuple(case for case in _each_once([*references, *answers]) if is_of(case, split)),
    )


def is_of(case: Case, split: Split) -> bool:
    """Whether a case belongs to a split; what names no test, as test_ua does, is `dev`."""
    return split is Split.ALL or case.split.startswith("test") == (split is Split.TEST)


def _references(item: Item, question: str, split: str) -> Iterator[Case]:
    for number, text in enumerate(item.references):
        yield Case(
            id=f"{question}-reference-{number}",
            question=question,
            item=item,
            answer=text,
            language=language_of(text),
            verdict="correct",
            score=1.0,
            ratings=(),
            split=split,
            tags=(REFERENCE,),
        )


def _each_once(cases: Iterable[Case]) -> Iterator[Case]:
    """The cases without those that repeat an answer to the same item."""
    found: set[tuple[str, tuple[str, ...], str]] = set()
    for case in cases:
        key = case.item.question, case.item.references, case.answer
        if key not in found:
            found.add(key)
            yield case
