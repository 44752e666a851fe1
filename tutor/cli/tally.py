"""What happened in one sitting, counted."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from tutor.deck.card import Card
from tutor.grading.grade import Grade, JudgeFailure, JudgeReceipt, Verdict

_WORTH: dict[Verdict, float] = {"correct": 1.0, "partial": 0.5, "incorrect": 0.0}


@dataclass(slots=True)
class Result:
    """One graded answer: the verdict that counts, and how it came about."""

    section: tuple[str, ...]
    verdict: Verdict
    unsure: bool
    overridden: bool = False


@dataclass(slots=True)
class JudgeTally:
    """What the judge did in one sitting, and what that cost.

    Tokens and money of judgements that were remembered are not counted: nothing was sent.
    """

    seen: int = 0
    changed: int = 0
    """Answers whose verdict it changed."""
    failed: int = 0
    unheard: int = 0
    """Answers that it was asked about and whose judgement nobody waited for."""
    input_tokens: int = 0
    output_tokens: int = 0
    money: float = 0.0
    currency: str | None = None

    @property
    def asked(self) -> bool:
        """Whether it was asked about anything."""
        return bool(self.seen or self.failed or self.unheard)

    def charge(self, receipt: JudgeReceipt) -> None:
        """Add what one judgement cost, or the attempts at one that failed."""
        if receipt.remembered:
            return
        self.input_tokens += receipt.tokens.input
        self.output_tokens += receipt.tokens.output
        self.money += receipt.money or 0.0
        self.currency = receipt.currency or self.currency


@dataclass(slots=True)
class Tally:
    """Counts of one sitting, kept as it goes on. A card that is answered again counts once."""

    total: int
    by_number: dict[int, Result] = field(default_factory=dict)
    skipped: int = 0
    failed: int = 0
    judge: JudgeTally = field(default_factory=JudgeTally)

    @property
    def results(self) -> list[Result]:
        return list(self.by_number.values())

    def graded(self, number: int, card: Card, verdict: Verdict, unsure: bool) -> None:
        """The card that came as number `number` was answered."""
        self.by_number[number] = Result(card.section, verdict, unsure)

    def judged(
        self, number: int, before: Grade, after: Grade, failure: JudgeFailure | None
    ) -> None:
        """The judge was heard on card number `number`; a ruling of the learner's stands."""
        if failure:
            self.judge.failed += 1
        else:
            self.judge.seen += 1
            self.judge.changed += before.verdict != after.verdict
        if after.receipt.judge:
            self.judge.charge(after.receipt.judge)
        result = self.by_number[number]
        if not result.overridden:
            result.verdict, result.unsure = after.verdict, after.unsure

    def is_undecided(self, number: int) -> bool:
        """Whether the grade of card number `number` is unsure and the learner has not ruled."""
        result = self.by_number[number]
        return result.unsure and not result.overridden

    def ruling(self, number: int) -> Verdict | None:
        """What the learner ruled the answer to card number `number`, None if she did not."""
        result = self.by_number[number]
        return result.verdict if result.overridden else None

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
        return sum(map(self.is_undecided, self.by_number))

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
