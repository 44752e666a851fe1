"""What happened in one sitting, counted."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from tutor.deck.card import Card
from tutor.grading.grade import Verdict

_WORTH: dict[Verdict, float] = {"correct": 1.0, "partial": 0.5, "incorrect": 0.0}


@dataclass(slots=True)
class Result:
    """One graded answer: the verdict that counts, and how it came about."""

    section: tuple[str, ...]
    verdict: Verdict
    unsure: bool
    overridden: bool = False


@dataclass(slots=True)
class Tally:
    """Counts of one sitting, kept as it goes on. A card that is answered again counts once."""

    total: int
    by_number: dict[int, Result] = field(default_factory=dict)
    skipped: int = 0
    failed: int = 0

    @property
    def results(self) -> list[Result]:
        return list(self.by_number.values())

    def graded(self, number: int, card: Card, verdict: Verdict, unsure: bool) -> None:
        """The card that came as number `number` was answered."""
        self.by_number[number] = Result(card.section, verdict, unsure)

    def overridden(self, number: int, verdict: Verdict) -> None:
        """The answer to card number `number` was ruled `verdict` by the learner."""
        self.by_number[number].verdict = verdict
        self.by_number[number].overridden = True

    def skip(self, number: int) -> None:
        """The card was skipped, whatever was tried before."""
        self.by_number.pop(number, None)
        self.skipped += 1

    def count(self, verdict: Verdict) -> int:
        return sum(result.verdict == verdict for result in self.results)

    @property
    def unsure(self) -> int:
        """Answers that the grader was unsure of and that nobody has decided."""
        return sum(result.unsure and not result.overridden for result in self.results)

    @property
    def overrides(self) -> int:
        return sum(result.overridden for result in self.results)

    def weakest(self, limit: int = 3) -> list[tuple[tuple[str, ...], float]]:
        """Sections with the lowest mean, worst first, those without a fault left out.

        The mean counts correct as 1, partial as 0.5, incorrect as 0.
        """
        worths: dict[tuple[str, ...], list[float]] = defaultdict(list)
        for result in self.results:
            worths[result.section].append(_WORTH[result.verdict])
        means = [(section, sum(worth) / len(worth)) for section, worth in worths.items()]
        faulty = [(section, mean) for section, mean in means if mean < 1 and section]
        return sorted(faulty, key=lambda pair: pair[1])[:limit]
