from __future__ import annotations

from benchmarks.answers import fresh_bodies, labelled


def test_no_two_fresh_answers_are_alike() -> None:
    count = 3 * len(labelled())
    asked = {(body["question"], body["answer"]) for body in fresh_bodies(count)}
    assert len(asked) == count
