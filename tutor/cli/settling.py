"""What is said about an answer once it is graded, until the next card."""

from __future__ import annotations

from concurrent.futures import Future
from functools import partial
from typing import Literal

from tutor.cli.answered import Answered
from tutor.cli.judge_wording import judge_wording
from tutor.cli.judgements import Judgements
from tutor.cli.reader import VERDICT_KEYS, Lines, command_of
from tutor.cli.rulings import Rulings
from tutor.cli.stage import Stage
from tutor.cli.tally import Tally
from tutor.cli.wording import wording
from tutor.study.review import Review

_Step = Literal["stay", "next", "quit"]


class Settling:
    """Lets a person decide an unsure grade, override any, and say when to go on.

    While the judge is at it she may do all of that already: a ruling is final, and what she does
    not wait for is told later. A pipe waits for the judge, and its rulings come by themselves.
    """

    def __init__(
        self, stage: Stage, lines: Lines, tally: Tally, rulings: Rulings, judgements: Judgements
    ) -> None:
        self._stage = stage
        self._lines = lines
        self._tally = tally
        self._rulings = rulings
        self._judgements = judgements

    def settle(self, answered: Answered) -> bool:
        """Settle one answer; whether the sitting goes on."""
        if answered.judged:
            self._judgements.expect(answered.judged, answered)
            step = self._meanwhile(answered, answered.judged)
            if step != "stay":
                return step == "next"
        if not self._lines.interactive:
            return True
        if self._tally.is_undecided(answered.turn.number) and not self._decided(answered):
            return False
        return self._go_on(answered)

    def settle_late(self) -> None:
        """Ask for those that came late and are unsure, until the learner has had enough."""
        for answered in self._judgements.undecided:
            self._stage.recalled(answered.turn, answered.review.answer)
            if not self._decided(answered):
                return

    def _meanwhile(self, answered: Answered, job: Future[Review]) -> _Step:
        """Wait for the judge as long as the learner likes; `stay` when the card is still hers."""
        turn = answered.turn
        unsure = answered.review.grade.unsure
        words = judge_wording(turn.language)
        while not self._lines.wait(job, partial(self._stage.meanwhile, turn, unsure)):
            self._stage.typing()
            step = self._step(
                answered, self._lines.read(words.meanwhile_unsure if unsure else words.meanwhile)
            )
            if step != "stay" or self._tally.ruling(turn.number):
                return step
        self._judgements.hear(job)
        return "stay"

    def _decided(self, answered: Answered) -> bool:
        """Ask for the verdict that the grade is unsure of; False to end the sitting."""
        words = wording(answered.turn.language)
        leaning = self._tally.by_number[answered.turn.number].verdict
        prompt = words.decide.format(verdict=words.verdicts[leaning])
        while (line := self._lines.read(prompt)) is not None:
            choice = line.strip()
            if choice in VERDICT_KEYS:
                self._rulings.rule(answered, VERDICT_KEYS[choice])
            if not choice or choice in VERDICT_KEYS:
                return True
            if choice == "q":
                return False
            prompt = words.decide_again
        return False

    def _go_on(self, answered: Answered) -> bool:
        turn = answered.turn
        words = wording(turn.language)
        prompt = words.go_on if turn.number < turn.total else words.go_on_end
        step: _Step = "stay"
        while step == "stay":
            step = self._step(answered, self._lines.read(prompt))
        return step == "next"

    def _step(self, answered: Answered, line: str | None) -> _Step:
        """Do what a line at a prompt asks for; what is no command changes nothing."""
        if line is None:
            return "quit"
        said, key = command_of(line), line.strip()
        if not key:
            return "next"
        if said and said.kind == "quit":
            return "quit"
        if said and said.verdict:
            self._rulings.rule(answered, said.verdict)
        elif key in VERDICT_KEYS:
            self._rulings.rule(answered, VERDICT_KEYS[key])
        elif key == "o":
            self._choose(answered)
        return "stay"

    def _choose(self, answered: Answered) -> None:
        choice = (self._lines.read(wording(answered.turn.language).which) or "").strip()
        if choice in VERDICT_KEYS:
            self._rulings.rule(answered, VERDICT_KEYS[choice])
