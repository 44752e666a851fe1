"""The judge on a person's screen: that it is at it, and what is new when it has spoken."""

from __future__ import annotations

from tutor.cli.indicator import Indicator
from tutor.cli.judge_wording import JudgeWording, judge_wording
from tutor.cli.maths import readable
from tutor.cli.page import Page
from tutor.cli.printable import one_line, shortened
from tutor.cli.readout import cause, show_points, show_verdict
from tutor.cli.stage import Heard, Turn
from tutor.cli.wording import Wording, wording
from tutor.grading.grade import Grade, JudgeFailure, KeyPoint, Language
from tutor.grading.judging.wording import wording as failure_wording

_PAUSED = "model-paused"
_LONGEST_QUESTION = 60


class JudgeScreen:
    """Writes below what is there already: only what is new, each kind of failure in full once.

    A line that moves says that the judge is at it; only a terminal gets one.
    """

    def __init__(self, page: Page) -> None:
        self._page = page
        self._indicator = Indicator(page.console)
        self._failures_told: set[str] = set()
        self._waiting_told = False

    def judging(self, turn: Turn, model: str) -> None:
        if self._page.is_terminal:
            words = judge_wording(turn.language)
            self._page.say(words.judging.format(model=one_line(model)), style="dim")

    def meanwhile(self, turn: Turn, unsure: bool, seconds: float) -> None:
        words = judge_wording(turn.language)
        self._indicator.show(seconds, words.meanwhile_unsure if unsure else words.meanwhile)

    def waiting(self, language: Language, count: int, seconds: float) -> None:
        words = judge_wording(language)
        if not self._waiting_told:
            self._waiting_told = True
            self._page.gap()
            self._page.say(words.waiting.format(count=count), style="dim")
        self._indicator.show(seconds, words.still_out.format(count=count))

    def clear(self) -> None:
        """Take the line that moves away."""
        self._indicator.clear()

    def judged(self, heard: Heard) -> None:
        self.clear()
        if heard.failure and not self._is_news(heard.failure):
            return
        words, labels = judge_wording(heard.turn.language), wording(heard.turn.language)
        if heard.late:
            self._whose(heard.turn, words)
        if heard.failure:
            self._failed(heard, heard.failure, words)
        else:
            self._update(heard, words, labels)
        if heard.ruling:
            said = words.ruled.format(verdict=labels.verdicts[heard.ruling])
            self._page.say(said, style="dim")
        if self._page.is_terminal and not heard.late:
            self._page.gap()

    def _whose(self, turn: Turn, words: JudgeWording) -> None:
        question = shortened(readable(turn.card.question), _LONGEST_QUESTION)
        said = words.late.format(number=turn.number, question=question)
        self._page.gap()
        self._page.say(self._page.cut(said), style="cyan")

    def _update(self, heard: Heard, words: JudgeWording, labels: Wording) -> None:
        before, after = heard.before, heard.after
        show_verdict(self._page, after, _said(heard, words, labels), labels)
        if why := cause(after):
            self._page.text(wording(after.feedback.language).because.format(why=why))
        show_points(self._page, _new_points(before, after), labels)
        self._advise(heard)

    def _advise(self, heard: Heard) -> None:
        """What the feedback says now and did not say before; agreeing is no news."""
        before, after = heard.before.feedback, heard.after.feedback
        for line in after.wrong:
            if line not in before.wrong:
                self._page.text(f"! {line}", "  ", "red")
        news = heard.changed or heard.after.unsure
        if news and after.next_step and after.next_step != before.next_step:
            self._page.text(wording(after.language).next_step.format(text=after.next_step))

    def _is_news(self, failure: JudgeFailure) -> bool:
        """A pause lasts for many answers and is told once."""
        return failure.type != _PAUSED or _PAUSED not in self._failures_told

    def _failed(self, heard: Heard, failure: JudgeFailure, words: JudgeWording) -> None:
        said = failure_wording(heard.turn.language)
        why = said.failures.get(failure.type, said.failure)
        if failure.type in self._failures_told:
            self._page.say(words.failed_again.format(why=why), style="dim")
            return
        self._failures_told.add(failure.type)
        told = said.failed.format(why=why)
        self._page.say(told[:1].upper() + told[1:], style="dim")
        self._page.text(f"({one_line(failure.detail)})", style="dim")


def _said(heard: Heard, words: JudgeWording, labels: Wording) -> str:
    """The judge's word in one line: it agrees, changes the verdict, or leaves it to her."""
    if heard.after.unsure:
        return words.changes_unsure if heard.changed else words.unsure
    verdict = labels.verdicts[heard.after.verdict]
    if heard.changed:
        return words.changes.format(before=labels.verdicts[heard.before.verdict], verdict=verdict)
    return words.agrees.format(verdict=verdict)


def _new_points(before: Grade, after: Grade) -> list[KeyPoint]:
    """The key points that count otherwise than before."""
    known = {(point.text, point.status) for point in before.key_points}
    return [point for point in after.key_points if (point.text, point.status) not in known]
