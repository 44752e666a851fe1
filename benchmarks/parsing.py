"""How long it takes to read a deck of ten thousand cards."""

from __future__ import annotations

import json
import time

from benchmarks.figure import Figure
from benchmarks.process import printed

CARDS = 10_000


def measure(runs: int) -> list[Figure]:
    """Processor time to parse the deck, beside that of the same cards as JSON."""
    code = "from benchmarks.parsing import milliseconds; print(*milliseconds())"
    times = [tuple(map(float, printed(code).split())) for _ in range(runs)]
    deck, plain = (tuple(values) for values in zip(*times, strict=True))
    loads = Figure(f"`json.loads` of {CARDS:,} cards, one core", "ms", plain)
    return [loads, Figure(f"parse a deck of {CARDS:,} cards, one core", "ms", deck).over(loads)]


def milliseconds() -> tuple[float, float]:
    """Milliseconds for the deck and for the same cards as JSON."""
    from tutor.deck.parser import parse_deck

    cards = [_card(number) for number in range(CARDS)]
    deck = "\n".join(f"Q: {question}\nA: {answer}\n" for question, answer in cards)
    plain = json.dumps([{"question": question, "answer": answer} for question, answer in cards])
    started = time.process_time()
    parsed = parse_deck(deck, file="generated.md")
    between = time.process_time()
    json.loads(plain)
    ended = time.process_time()
    if len(parsed.cards) != CARDS:
        raise RuntimeError(f"{len(parsed.cards)} cards were parsed of {CARDS}")
    return 1000 * (between - started), 1000 * (ended - between)


def _card(number: int) -> tuple[str, str]:
    return (
        f"What does parameter {number} of the reward model weigh?",
        f"The {number}th feature of the final layer,\nwhich is projected to one scalar.",
    )
