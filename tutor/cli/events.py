"""A sitting as JSON Lines, one event a line, for programs."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, TextIO

from tutor.cli.printable import json_line
from tutor.cli.stage import Heard, Turn
from tutor.cli.tally import Tally
from tutor.errors import TutorError
from tutor.grading.grade import Grade, Language, Verdict


class Events:
    """Writes `question`, `hint`, `skipped`, `grade`, `judged`, `judge_failed`, `override`, `error`
    and `summary` events.

    A `judged` or `judge_failed` comes right behind the `grade` that it is about.
    """

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def question(self, turn: Turn) -> None:
        card = turn.card
        self._write(
            "question",
            number=turn.number,
            total=turn.total,
            card_id=card.id,
            deck=card.deck,
            section=list(card.section),
            kind=card.kind,
            question=card.question,
        )

    def hint(self, turn: Turn, level: int, text: str | None) -> None:
        self._write("hint", card_id=turn.card.id, level=level, text=text)

    def skipped(self, turn: Turn) -> None:
        self._write("skipped", card_id=turn.card.id, references=list(turn.card.references))

    def graded(self, turn: Turn, review_id: str | None, grade: Grade, again: bool) -> None:
        references = [] if again else list(turn.card.references)
        self._write("grade", **_graded(turn, review_id, references, grade))

    def judging(self, turn: Turn, model: str) -> None:
        """The grade's own event has been sent, and the next one tells what came of it."""

    def meanwhile(self, turn: Turn, unsure: bool, seconds: float) -> None:
        """A program needs no sign of life."""

    def typing(self) -> None:
        """Events are in nobody's way."""

    def recalled(self, turn: Turn, answer: str) -> None:
        """A program rules by itself."""

    def waiting(self, language: Language, count: int, seconds: float) -> None:
        """Nor when others are waited for."""

    def judged(self, heard: Heard) -> None:
        turn = heard.turn
        about = _graded(turn, heard.review_id, list(turn.card.references), heard.after)
        if heard.failure:
            self._write("judge_failed", error=heard.failure.model_dump(), **about)
        else:
            self._write("judged", changed=heard.changed, **about)

    def ruled(self, turn: Turn, review_id: str | None, verdict: Verdict | None) -> None:
        if verdict is None:
            self._write("error", error={"type": "invalid-input", "detail": _NOTHING_TO_RULE})
        else:
            self._write("override", card_id=turn.card.id, review_id=review_id, verdict=verdict)

    def failed(self, turn: Turn, error: TutorError) -> None:
        detail = {"type": error.type, "detail": str(error)}
        self._write("error", card_id=turn.card.id, error=detail)

    def summary(self, tally: Tally, language: Language, where: str | None) -> None:
        weakest = [{"section": list(section), "mean": mean} for section, mean in tally.weakest()]
        self._write(
            "summary",
            total=tally.total,
            answered=len(tally.results),
            correct=tally.count("correct"),
            partial=tally.count("partial"),
            incorrect=tally.count("incorrect"),
            unsure=tally.unsure,
            overridden=tally.overrides,
            skipped=tally.skipped,
            failed=tally.failed,
            weakest=weakest,
            judge=asdict(tally.judge) if tally.judge.asked else None,
            stored_in=where,
        )

    def _write(self, event: str, **fields: Any) -> None:
        self._out.write(json_line({"event": event, **fields}) + "\n")
        self._out.flush()


def _graded(
    turn: Turn, review_id: str | None, references: list[str], grade: Grade
) -> dict[str, Any]:
    return {
        "card_id": turn.card.id,
        "review_id": review_id,
        "references": references,
        **grade.model_dump(mode="json"),
    }


_NOTHING_TO_RULE = "a ruling came before any answer; send it behind the answer that it rules"
