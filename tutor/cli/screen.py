"""A sitting on a person's screen, in the language of the card."""

from __future__ import annotations

from rich.console import Console

from tutor.cli.judge_screen import JudgeScreen
from tutor.cli.judge_wording import JudgeWording, judge_wording
from tutor.cli.maths import readable
from tutor.cli.money import money_text
from tutor.cli.page import Page
from tutor.cli.printable import one_line
from tutor.cli.readout import cause, show_points, show_verdict
from tutor.cli.stage import Heard, Turn
from tutor.cli.tally import JudgeTally, Tally
from tutor.cli.wording import Wording, wording
from tutor.deck.card import Card
from tutor.errors import TutorError
from tutor.grading.grade import Grade, Language, Verdict


class Screen:
    """Writes to a rich console; lines are broken to its width only at a terminal."""

    def __init__(self, console: Console) -> None:
        self._page = Page(console)
        self._judge = JudgeScreen(self._page)
        self._introduced: set[Language] = set()

    def question(self, turn: Turn) -> None:
        page, card = self._page, turn.card
        place = " › ".join((card.deck, *card.section))
        page.gap()
        page.say(f"{turn.number}/{turn.total} · {one_line(readable(place))}", style="bold cyan")
        if turn.language not in self._introduced and page.is_terminal:
            self._introduced.add(turn.language)
            page.say(wording(turn.language).how, style="dim")
        page.gap()
        page.text(card.question, style="bold")
        page.gap()

    def hint(self, turn: Turn, level: int, text: str | None) -> None:
        words = wording(turn.language)
        shown = words.hints_over if text is None else words.hint.format(level=level, text=text)
        self._page.text(shown, style="cyan")

    def skipped(self, turn: Turn) -> None:
        self._page.say(wording(turn.language).skipped)
        self._reference(turn.card, wording(turn.language))

    def graded(self, turn: Turn, review_id: str | None, grade: Grade, again: bool) -> None:
        words = wording(turn.language)
        if again:
            self._feedback(grade)
            self._page.say(words.again, style="dim")
            return
        said = words.unsure if grade.unsure else words.verdicts[grade.verdict]
        show_verdict(self._page, grade, said, words)
        if why := cause(grade):
            self._page.text(wording(grade.feedback.language).because.format(why=why))
        show_points(self._page, grade.key_points, words)
        self._feedback(grade)
        self._reference(turn.card, words)
        if self._page.is_terminal:
            self._page.gap()

    def judging(self, turn: Turn, model: str) -> None:
        self._judge.judging(turn, model)

    def meanwhile(self, turn: Turn, unsure: bool, seconds: float) -> None:
        self._judge.meanwhile(turn, unsure, seconds)

    def typing(self) -> None:
        self._judge.clear()

    def judged(self, heard: Heard) -> None:
        self._judge.judged(heard)

    def recalled(self, turn: Turn, answer: str) -> None:
        words = wording(turn.language)
        self._page.gap()
        said = judge_wording(turn.language).undecided.format(number=turn.number)
        self._page.say(said, style="bold cyan")
        self._page.text(turn.card.question, style="bold")
        self._page.text(words.quote.format(quote=one_line(answer)), style="dim")
        self._reference(turn.card, words)
        self._page.gap()

    def waiting(self, language: Language, count: int, seconds: float) -> None:
        self._judge.waiting(language, count, seconds)

    def ruled(self, turn: Turn, review_id: str | None, verdict: Verdict | None) -> None:
        words = wording(turn.language)
        if verdict is None:
            self._page.say(words.nothing_to_rule)
        else:
            self._page.say(words.ruled.format(verdict=words.verdicts[verdict]))

    def failed(self, turn: Turn, error: TutorError) -> None:
        words = wording(turn.language)
        self._page.say(words.not_graded.format(detail=one_line(str(error))), style="red")

    def summary(self, tally: Tally, language: Language, where: str | None) -> None:
        words = wording(language)
        self._judge.clear()
        self._page.gap()
        self._page.say(words.summary, style="bold cyan")
        self._page.say(_answered(tally, words))
        counts = _counts(tally, words)
        if counts:
            self._page.say(" · ".join(counts))
        if tally.judge.asked:
            self._page.say(" · ".join(_judge_counts(tally.judge, judge_wording(language))))
        weakest = tally.weakest()
        if weakest:
            self._page.say(words.weakest)
        for section, mean in weakest:
            self._page.say(f"  {mean:>4.0%}  {one_line(' › '.join(section))}")
        stored = words.stored.format(where=where) if where else words.not_stored
        self._page.say(stored, style="dim")

    def _feedback(self, grade: Grade) -> None:
        feedback = grade.feedback
        if not cause(grade):  # otherwise the lines above have said it all
            self._page.text(feedback.summary)
        for line in feedback.wrong:
            self._page.text(f"! {line}", "  ", "red")
        if feedback.next_step:
            words = wording(feedback.language)
            self._page.text(words.next_step.format(text=feedback.next_step))

    def _reference(self, card: Card, words: Wording) -> None:
        if self._page.is_terminal:
            self._page.gap()
        several = len(card.references) > 1
        self._page.say(words.references if several else words.reference, style="bold")
        for reference in card.references:
            self._page.text(reference, "  ")


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


def _judge_counts(judge: JudgeTally, words: JudgeWording) -> list[str]:
    """What the judge did, and what it cost where it cost anything."""
    shown = [words.seen.format(count=judge.seen)]
    others = [
        (words.changed, judge.changed),
        (words.failed, judge.failed),
        (words.unheard, judge.unheard),
    ]
    shown += [text.format(count=count) for text, count in others if count]
    if judge.input_tokens or judge.output_tokens:
        shown.append(words.tokens.format(input=judge.input_tokens, output=judge.output_tokens))
    if judge.currency:
        shown.append(money_text(judge.money, judge.currency))
    return shown
