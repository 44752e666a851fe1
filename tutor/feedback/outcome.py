"""The outcome: everything about one grade that feedback may speak of, asked by name."""

from __future__ import annotations

from dataclasses import dataclass

from tutor.feedback.quoting import statement
from tutor.feedback.wording import Wording
from tutor.grading.asked_count import asked_count
from tutor.grading.cause import Cause
from tutor.grading.grade import KeyPoint, Language, PointStatus, Verdict
from tutor.grading.guards.finding import Effect, Finding
from tutor.grading.item import Item

DONT_KNOW = "dont_know"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One graded answer with the wording of the language to speak in."""

    item: Item
    answer: str
    verdict: Verdict
    unsure: bool
    points: tuple[KeyPoint, ...]
    findings: tuple[Finding, ...]
    causes: tuple[Cause, ...]
    """Why the grade is unsure, the weightiest first."""
    language: Language
    words: Wording

    @property
    def is_blank(self) -> bool:
        """Whether one blank was to be filled, so that there are no points to count."""
        return self.item.kind == "cloze"

    @property
    def chosen_of(self) -> int:
        """Of how many points the required ones are a choice that the question leaves; 0 when
        it leaves none."""
        extras = {point.text for point in self.item.key_points if not point.required}
        offered = sum(point.text not in extras for point in self.points)
        asked = None if self.is_blank else asked_count(self.item.question)
        required = sum(point.required for point in self.points)
        return offered if asked == required < offered else 0

    @property
    def no_attempt(self) -> Finding | None:
        """Why the answer is no attempt at all; the question is then still open."""
        rejections = (found for found in self.having("reject") if found.name != DONT_KNOW)
        return next(rejections, None)

    @property
    def dont_know(self) -> bool:
        """Whether the answer only says that it is not known."""
        return any(found.name == DONT_KNOW for found in self.having("reject"))

    def having(self, effect: Effect) -> tuple[Finding, ...]:
        """The findings with this effect, in order."""
        return tuple(found for found in self.findings if found.effect == effect)

    def with_status(self, status: PointStatus) -> tuple[KeyPoint, ...]:
        """The key points with this status, in order."""
        return tuple(point for point in self.points if point.status == status)

    @property
    def still_asked(self) -> int:
        """How many required points the answer does not make."""
        return sum(point.required and point.status != "covered" for point in self.points)

    @property
    def missing(self) -> tuple[KeyPoint, ...]:
        """Points to name as missing: a correct answer misses no required one."""
        return tuple(
            point
            for point in self.with_status("missing")
            if self.verdict != "correct" or not point.required
        )

    def why(self, finding: Finding) -> str:
        """The reason of a finding in the learner's language, without its full stop."""
        return statement(finding.zh if self.language == "zh" else finding.en)

    def words_at(self, finding: Finding) -> str | None:
        """The learner's words that a finding is about."""
        if finding.span:
            return self.answer[finding.span[0] : finding.span[1]]
        if finding.point is not None and finding.point < len(self.points):
            return self.points[finding.point].quote
        return None
