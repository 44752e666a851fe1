"""A grade in a learner's words: parts of what the screen shows."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from tutor.cli.page import Page
from tutor.cli.printable import one_line
from tutor.cli.wording import Wording
from tutor.grading.grade import Grade, KeyPoint, PointStatus, Verdict

_MARKS: dict[Verdict, str] = {"correct": "✓", "partial": "◐", "incorrect": "✗"}
_STYLES: dict[Verdict, str] = {"correct": "green", "partial": "yellow", "incorrect": "red"}
_POINT_MARKS: dict[PointStatus, str] = {"covered": "✓", "missing": "✗", "contradicted": "!"}
_POINT_STYLES: dict[PointStatus, str] = {
    "covered": "green",
    "missing": "yellow",
    "contradicted": "red",
}


def show_verdict(page: Page, grade: Grade, said: str, words: Wording) -> None:
    """Write what is `said` of a grade behind its mark, then the score and how sure it is.

    An unsure grade has the mark of one: its verdict is no ruling, and stands with the score.
    """
    score = words.score.format(score=100 * grade.score)
    mark, style = _MARKS[grade.verdict], _STYLES[grade.verdict]
    details = [score, _sureness(grade, words)]
    if grade.unsure:
        mark, style = "?", "yellow"
        details = [words.leaning.format(verdict=words.verdicts[grade.verdict]), score]
    head, tail = f"{mark} {said}", " · ".join(details)
    apart = "  " if page.has_room(head + "  " + tail) else "\n  "
    line = Text(head, style=f"bold {style}").append(apart)
    page.line(line.append(tail, style="not bold dim default"))


def show_points(page: Page, points: Sequence[KeyPoint], words: Wording) -> None:
    """Write key points, each with its mark and with the learner's own words below it."""
    for point in points:
        optional = "" if point.required else words.optional
        mark = _POINT_MARKS[point.status]
        page.text(f"{mark} {point.text}{optional}", "  ", _POINT_STYLES[point.status])
        if point.quote:
            page.text(words.quote.format(quote=one_line(point.quote)), "      ", "dim")


def cause(grade: Grade) -> str | None:
    """The weightiest reason why an unsure grade is unsure, in the language of its feedback."""
    why = (reason.detail for reason in grade.reasons if reason.name.startswith("unsure_"))
    return next(why, None)


def _sureness(grade: Grade, words: Wording) -> str:
    """How sure the grader is, in words with the number behind them."""
    sure, fairly, hardly = words.confidence
    said = sure if grade.confidence >= 0.9 else fairly if grade.confidence >= 0.75 else hardly
    return f"{said} ({grade.confidence:.0%})"
