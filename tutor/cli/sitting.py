"""A sitting: cards asked one after another, answers graded, rulings taken, all of it counted."""

from __future__ import annotations

from collections.abc import Sequence

from tutor.cli.reader import VERDICT_KEYS, Lines, Said, command_of, listen
from tutor.cli.stage import Stage, Turn
from tutor.cli.tally import Tally
from tutor.cli.wording import wording
from tutor.deck.asking import item_of
from tutor.deck.card import Card
from tutor.errors import StoreError, TutorError
from tutor.feedback.hints import hint
from tutor.grading.grade import Grade, Language, Verdict
from tutor.grading.guards.finding import NO_ATTEMPT
from tutor.grading.language import language_of
from tutor.service import Tutor


class Sitting:
    """One run over `cards`. Every answer is committed before its grade is shown.

    With `keep` false nothing is stored and no ruling is read: the policy alone decides how
    strict to be. `language` forces the language of everything said;
    by default it follows the card, and the feedback follows the answer. `tally` is right at
    any moment, so a sitting that breaks off can still be summed up.
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
    ) -> None:
        self._tutor = tutor
        self._cards = cards
        self._stage = stage
        self._lines = lines
        self._keep = keep
        self._language = language
        self._last: tuple[Turn, str] | None = None
        self.tally = Tally(total=len(cards))
        self.turn: Turn | None = None

    def run(self) -> None:
        """Ask every card until the last one, `q`, or the end of the input.

        `StoreError` when an answer could not be kept; the others are.
        """
        for number, card in enumerate(self._cards, 1):
            self.turn = Turn(number, len(self._cards), card, self._language_of(card))
            if not self._asked(self.turn):
                return
        if self.turn and not self._lines.interactive:
            self._last_ruling(self.turn)

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
                    grade = self._answered(turn, said.text)
                    if not self._is_open(grade):
                        return self._settled(turn, grade)
                case "skip":
                    self._skip(turn)
                    return True
                case "quit":
                    return False
                case "hint":
                    level += 1
                    text = hint(item_of(turn.card), level, turn.language)
                    self._stage.hint(turn, level, text)
                case "ruling":
                    self._rule_last(turn, said)
        return False

    def _skip(self, turn: Turn) -> None:
        self.tally.skip(turn.number)
        if self._last and self._last[0] is turn:
            self._last = None  # a try before the skip counts for nothing and takes no ruling
        self._stage.skipped(turn)

    def _answered(self, turn: Turn, answer: str) -> Grade | None:
        """The grade, shown and kept; None when there is none."""
        try:
            policy = None if self._keep else self._tutor.learn(())
            draft = self._tutor.draft(turn.card, answer, language=self._language, policy=policy)
            if self._keep:
                self._tutor.keep([draft])
        except StoreError:
            raise
        except TutorError as error:
            self.tally.failed += 1
            self._stage.failed(turn, error)
            return None
        grade = draft.grade
        self.tally.graded(turn.number, turn.card, grade.verdict, grade.unsure)
        self._last = (turn, draft.id)
        shown_id = draft.id if self._keep else None
        self._stage.graded(turn, shown_id, grade, again=self._is_open(grade))
        return grade

    def _is_open(self, grade: Grade | None) -> bool:
        """Whether a person may answer again; a pipe's next answer is for the next card."""
        if grade is None or not self._lines.interactive:
            return False
        return any(reason.name in NO_ATTEMPT for reason in grade.reasons)

    def _settled(self, turn: Turn, grade: Grade | None) -> bool:
        """Let a person decide an unsure grade, override any, and say when to go on."""
        if grade is None or not self._lines.interactive:
            return True
        if grade.unsure and not self._decided(turn, grade.verdict):
            return False
        words = wording(turn.language)
        prompt = words.go_on if turn.number < turn.total else words.go_on_end
        while (line := self._lines.read(prompt)) is not None:
            said = command_of(line)
            if not line.strip() or (said and said.kind == "quit"):
                return said is None
            if said and said.kind == "ruling":
                self._rule_last(turn, said)
            elif line.strip() == "o":
                self._choose(turn)
        return False

    def _decided(self, turn: Turn, verdict: Verdict) -> bool:
        """Ask for the verdict that the grader was unsure of; False to end the sitting."""
        words = wording(turn.language)
        prompt = words.decide.format(verdict=words.verdicts[verdict])
        while (line := self._lines.read(prompt)) is not None:
            choice = line.strip()
            if choice in VERDICT_KEYS:
                self._rule(VERDICT_KEYS[choice])
            if not choice or choice in VERDICT_KEYS:
                return True
            if choice == "q":
                return False
            prompt = words.decide_again
        return False

    def _choose(self, turn: Turn) -> None:
        choice = (self._lines.read(wording(turn.language).which) or "").strip()
        if choice in VERDICT_KEYS:
            self._rule(VERDICT_KEYS[choice])

    def _last_ruling(self, turn: Turn) -> None:
        """Over a pipe a ruling comes behind its answer, for the last card behind the last one."""
        said = command_of(self._lines.read() or "")
        if said and said.kind == "ruling":
            self._rule_last(turn, said)

    def _rule_last(self, turn: Turn, said: Said) -> None:
        if self._last is None:
            self._stage.ruled(turn, None, None)
        elif said.verdict:
            self._rule(said.verdict)

    def _rule(self, verdict: Verdict) -> None:
        assert self._last is not None
        turn, review_id = self._last
        if self._keep:
            self._tutor.override(review_id, verdict)
        self.tally.overridden(turn.number, verdict)
        self._stage.ruled(turn, review_id if self._keep else None, verdict)
