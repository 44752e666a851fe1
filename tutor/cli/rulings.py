"""The learner's rulings on her answers: kept, counted and shown."""

from __future__ import annotations

from tutor.cli.answered import Answered
from tutor.cli.stage import Stage, Turn
from tutor.cli.tally import Tally
from tutor.grading.grade import Verdict
from tutor.service import Tutor


class Rulings:
    """Takes rulings; `last` is the answer that one without a name is about.

    With `keep` false nothing is stored.
    """

    def __init__(self, tutor: Tutor, stage: Stage, tally: Tally, *, keep: bool) -> None:
        self._tutor = tutor
        self._stage = stage
        self._tally = tally
        self._keep = keep
        self.last: Answered | None = None

    def rule_last(self, turn: Turn, verdict: Verdict) -> None:
        """Rule the last answer, asked for at `turn`; if there is none, that is said."""
        if self.last is None:
            self._stage.ruled(turn, None, None)
        else:
            self.rule(self.last, verdict)

    def rule(self, answered: Answered, verdict: Verdict) -> None:
        """Rule what the verdict of an answer is."""
        review_id = answered.review.id
        if self._keep:
            self._tutor.override(review_id, verdict)
        self._tally.overridden(answered.turn.number, verdict)
        self._stage.ruled(answered.turn, review_id if self._keep else None, verdict)

    def forget(self, turn: Turn) -> None:
        """Take no more rulings on an answer to this card."""
        if self.last and self.last.turn is turn:
            self.last = None
