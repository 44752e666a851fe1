"""A sitting on a person's screen, in the language of the card."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from tutor.cli.maths import readable
from tutor.cli.printable import one_line, printable
from tutor.cli.stage import Turn
from tutor.cli.tally import Tally
from tutor.cli.wording import Wording, wording
from tutor.cli.wrapping import wrapped
from tutor.deck.card import Card
from tutor.errors import TutorError
from tutor.grading.grade import Grade, KeyPoint, Language, PointStatus, Verdict

_MARKS: dict[Verdict, str] = {"correct": "✓", "partial": "◐", "incorrect": "✗"}
_STYLES: dict[Verdict, str] = {"correct": "green", "partial": "yellow", "incorrect": "red"}
_POINT_MARKS: dict[PointStatus, str] = {"covered": "✓", "missing": "✗", "contradicted": "!"}
_POINT_STYLES: dict[PointStatus, str] = {
    "covered": "green",
    "missing": "yellow",
    "contradicted": "red",
}
_WIDEST = 96  # longer lines are hard to follow, however wide the window is


class Screen:
    """Writes to a rich console; lines are broken to its width only at a terminal."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._width = min(console.width, _WIDEST) if console.is_terminal else 10_000
        self._introduced: set[Language] = set()

    def question(self, turn: Turn) -> None:
        card = turn.card
        place = " › ".join((card.deck, *card.section))
        self._gap()
        self._say(f"{turn.number}/{turn.total} · {one_line(readable(place))}", style="bold cyan")
        if turn.language not in self._introduced and self._console.is_terminal:
            self._introduced.add(turn.language)
            self._say(wording(turn.language).how, style="dim")
        self._gap()
        self._text(card.question, style="bold")
        self._gap()

    def hint(self, turn: Turn, level: int, text: str | None) -> None:
        words = wording(turn.language)
        shown = words.hints_over if text is None else words.hint.format(level=level, text=text)
        self._text(shown, style="cyan")

    def skipped(self, turn: Turn) -> None:
        self._say(wording(turn.language).skipped)
        self._reference(turn.card, wording(turn.language))

    def graded(self, turn: Turn, review_id: str | None, grade: Grade, again: bool) -> None:
        words = wording(turn.language)
        if again:
            self._feedback(grade)
            self._say(words.again, style="dim")
            return
        self._verdict(grade, words)
        if why := _cause(grade):
            self._text(wording(grade.feedback.language).because.format(why=why))
        self._points(grade.key_points, words)
        self._feedback(grade)
        self._reference(turn.card, words)
        if self._console.is_terminal:
            self._gap()

    def ruled(self, turn: Turn, review_id: str | None, verdict: Verdict | None) -> None:
        words = wording(turn.language)
        if verdict is None:
            self._say(words.nothing_to_rule)
        else:
            self._say(words.ruled.format(verdict=words.verdicts[verdict]))

    def failed(self, turn: Turn, error: TutorError) -> None:
        words = wording(turn.language)
        self._say(words.not_graded.format(detail=one_line(str(error))), style="red")

    def summary(self, tally: Tally, language: Language, where: str | None) -> None:
        words = wording(language)
        self._gap()
        self._say(words.summary, style="bold cyan")
        self._say(_answered(tally, words))
        counts = _counts(tally, words)
        if counts:
            self._say(" · ".join(counts))
        weakest = tally.weakest()
        if weakest:
            self._say(words.weakest)
        for section, mean in weakest:
            self._say(f"  {mean:>4.0%}  {one_line(' › '.join(section))}")
        self._say(words.stored.format(where=where) if where else words.not_stored, style="dim")

    def _verdict(self, grade: Grade, words: Wording) -> None:
        """The verdict first, or for an unsure grade that it is unsure: it is no ruling then."""
        verdict = words.verdicts[grade.verdict]
        head, style = f"{_MARKS[grade.verdict]} {verdict}", _STYLES[grade.verdict]
        score = words.score.format(score=100 * grade.score)
        details = [score, _sureness(grade, words)]
        if grade.unsure:
            head, style = f"? {words.unsure}", "yellow"
            details = [words.leaning.format(verdict=verdict), score]
        line = (
            Text(head, style=f"bold {style}")
            .append("  ")
            .append(" · ".join(details), style="not bold dim default")
        )
        self._console.print(line, soft_wrap=True)

    def _points(self, points: Sequence[KeyPoint], words: Wording) -> None:
        for point in points:
            optional = "" if point.required else words.optional
            mark = _POINT_MARKS[point.status]
            self._text(f"{mark} {point.text}{optional}", "  ", _POINT_STYLES[point.status])
            if point.quote:
                self._text(words.quote.format(quote=one_line(point.quote)), "      ", "dim")

    def _feedback(self, grade: Grade) -> None:
        feedback = grade.feedback
        if not _cause(grade):  # otherwise the lines above have said it all
            self._text(feedback.summary)
        for line in feedback.wrong:
            self._text(f"! {line}", "  ", "red")
        if feedback.next_step:
            words = wording(feedback.language)
            self._text(words.next_step.format(text=feedback.next_step))

    def _reference(self, card: Card, words: Wording) -> None:
        if self._console.is_terminal:
            self._gap()
        several = len(card.references) > 1
        self._say(words.references if several else words.reference, style="bold")
        for reference in card.references:
            self._text(reference, "  ")

    def _text(self, text: str, indent: str = "", style: str = "") -> None:
        """Write what a deck, an answer or a grader says."""
        shown = wrapped(printable(readable(text)), self._width, indent)
        self._console.print(Text(shown, style=style), soft_wrap=True)

    def _say(self, text: str, style: str = "") -> None:
        self._console.print(Text(wrapped(text, self._width), style=style), soft_wrap=True)

    def _gap(self) -> None:
        self._console.print()


def _cause(grade: Grade) -> str | None:
    """The weightiest reason why an unsure grade is unsure, in the language of its feedback."""
    why = (reason.detail for reason in grade.reasons if reason.name.startswith("unsure_"))
    return next(why, None)


def _sureness(grade: Grade, words: Wording) -> str:
    """How sure the grader is, in words with the number behind them."""
    sure, fairly, hardly = words.confidence
    said = sure if grade.confidence >= 0.9 else fairly if grade.confidence >= 0.75 else hardly
    return f"{said} ({grade.confidence:.0%})"


def _answered(tally: Tally, words: Wording) -> str:
    if not tally.results:
        return words.none_answered
    return words.answered.format(answered=len(tally.results), total=tally.total)


def _counts(tally: Tally, words: Wording) -> list[str]:
    """The counts that a person wants: the verdicts, and what else is not zero."""
    verdicts: list[Verdict] = ["correct", "partial", "incorrect"] if tally.results else []
    shown = [words.counted[verdict].format(count=tally.count(verdict)) for verdict in verdicts]
    others = [
        (words.unsure_count, tally.unsure),
        (words.overridden_count, tally.overrides),
        (words.skipped_count, tally.skipped),
        (words.failed_count, tally.failed),
    ]
    return shown + [text.format(count=count) for text, count in others if count]
