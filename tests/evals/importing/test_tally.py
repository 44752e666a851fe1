from __future__ import annotations

from evals.importing.found import BadRow, LeftOut
from evals.importing.tally import Tally
from evals.rows import Row


def row(question, lang, **grades):
    return Row(id="a", question=question, references=["r"], answer="a", lang=lang, **grades)


def test_what_was_written_and_what_was_not_is_counted():
    tally = Tally()
    tally.add(row("q", "en", label="correct"))
    tally.add(row("q", "en", score=0.5))
    tally.add(row("r", "zh", ratings={"a": "incorrect", "b": "incorrect"}))
    tally.miss(LeftOut("nobody graded"))
    tally.miss(LeftOut("nobody graded"))
    tally.miss(BadRow("f:3: bad"))
    assert tally.lines() == [
        "3 cases of 2 questions: 1 correct, 1 partial, 1 incorrect; answers 2 en, 1 zh",
        "with two ratings or more: 1",
        "left out, because nobody graded: 2",
        "bad rows, which are not in the file: 1",
    ]
    assert (tally.written, tally.bad) == (3, ["f:3: bad"])
