"""A sitting: cards asked one after another, answers graded, rulings taken, all of it counted."""

from __future__ import annotations

from collections.abc import Sequence

from tutor.begun import Begun
from tutor.cli.answered import Answered
from tutor.cli.judgements import Judgements
from tutor.cli.reader import Lines, command_of, listen
from tutor.cli.rulings import Rulings
from tutor.cli.settling import Settling
from tutor.cli.stage import Stage, Turn
from tutor.cli.tally import Tally
from tutor.cli.wording import wording
from tutor.deck.asking import item_of
from tutor.deck.card import Card
from tutor.errors import StoreError, TutorError
from tutor.examiner import Wish
from tutor.feedback.hints import hint
from tutor.grading.grade import Grade, JudgeUse, Language
from tutor.grading.guards.finding import NO_ATTEMPT
from tutor.grading.language import language_of
from tutor.service import Tutor


class Sitting:
    """One run over `cards`. Every answer is committed before its grade is shown.

    With `keep` false nothing is stored and no ruling is read: the policy alone decides how
    strict to be. `language` forces the language of everything said;
    by default it follows the card, and the feedback follows the answer. `judge` says when to ask
    the judge and `model` what to call it. `tally` is right at any moment, so a sitting that
    breaks off can still be summed up.
    """

    def __init__(
        self,
        tutor: Tutor,
        cards: Sequence[Card],
        stage: Stage,
        lines: Lines,
        *,
        keep: bool = True,
        language: Language | None = None,
        judge: JudgeUse = "auto",
        model: str = "",
    ) -> None:
        self._tutor = tutor
        self._cards = cards
        self._stage = stage
        self._lines = lines
        self._keep = keep
        self._language = language
        self._judge = judge
        self.tally = Tally(total=len(cards))
        self.turn: Turn | None = None
        self._rulings = Rulings(tutor, stage, self.tally, keep=keep)
        self._judgements = Judgements(stage, self.tally, model=model, keep=keep)
        self._settling = Settling(stage, lines, self.tally, self._rulings, self._judgements)

    def run(self) -> None:
        """Ask every card until the last one, `q`, or the end of the input, and hear the judge.

        `StoreError` when an answer could not be kept; the others are.
        """
        try:
            over = self._ask_all()
            if self.turn:
                self._judgements.hear_rest(self.turn.language)
            if over and self._lines.interactive:
                self._settling.settle_late()
        finally:
            self._judgements.give_up()

    def _ask_all(self) -> bool:
        """Ask every card; whether the last one is over, and nobody quit before."""
        for number, card in enumerate(self._cards, 1):
            self._judgements.hear_done()
            self.turn = Turn(number, len(self._cards), card, self._language_of(card))
            if not self._asked(self.turn):
                return False
        if self.turn and not self._lines.interactive:
            self._last_ruling(self.turn)
        return True

    def _language_of(self, card: Card) -> Language:
        return self._language or language_of(" ".join((card.question, *card.references)))

    def _asked(self, turn: Turn) -> bool:
        """Ask one card; whether the sitting goes on."""
        self._stage.question(turn)
        prompt = wording(turn.language).prompt
        level = 0
        while said := listen(self._lines, prompt, " " * len(prompt)):
            match said.kind:
                case "answer":
                    answered = self._answered(turn, said.text)
                    if not self._is_open(answered):
                        return answered is None or self._settling.settle(answered)
                case "skip":
                    self._skip(turn)
                    return True
                case "quit":
                    return False
                case "hint":
                    level += 1
                    text = hint(item_of(turn.card), level, turn.language)
                    self._stage.hint(turn, level, text)
                case "ruling" if said.verdict:
                    self._rulings.rule_last(turn, said.verdict)
        return False

    def _skip(self, turn: Turn) -> None:
        self.tally.skip(turn.number)
        self._rulings.forget(turn)  # a try before the skip counts for nothing
        self._stage.skipped(turn)

    def _answered(self, turn: Turn, answer: str) -> Answered | None:
        """The answer, graded, shown and kept; None when there is no grade."""
        try:
            begun = self._begun(turn.card, answer)
        except StoreError:
            raise
        except TutorError as error:
            self.tally.failed += 1
            self._stage.failed(turn, error)
            return None
        review = begun.review
        answered = Answered(turn, review, begun.judged)
        self.tally.graded(turn.number, turn.card, review.verdict, review.grade.unsure)
        self._rulings.last = answered
        shown_id = review.id if self._keep else None
        self._stage.graded(turn, shown_id, review.grade, again=self._is_open(answered))
        return answered

    def _begun(self, card: Card, answer: str) -> Begun:
        if self._keep:
            return self._tutor.record(card, answer, Wish(self._language, self._judge))
        policy = self._tutor.learn(())
        return self._tutor.begin(card, answer, Wish(self._language, self._judge, policy))

    def _is_open(self, answered: Answered | None) -> bool:
        """Whether a person may answer again; a pipe's next answer is for the next card."""
        if answered is None or not self._lines.interactive:
            return False
        return _is_no_attempt(answered.review.grade)

    def _last_ruling(self, turn: Turn) -> None:
        """Over a pipe a ruling comes behind its answer, for the last card behind the last one."""
        said = command_of(self._lines.read() or "")
        if said and said.verdict:
            self._rulings.rule_last(turn, said.verdict)


def _is_no_attempt(grade: Grade) -> bool:
    return any(reason.name in NO_ATTEMPT for reason in grade.reasons)
