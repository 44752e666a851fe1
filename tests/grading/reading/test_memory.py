from __future__ import annotations

from weakref import WeakSet

from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.grading.reading.memory import remember

MOST = 100


class Reading:
    def __init__(self, text: str) -> None:
        self.text = text


@given(st.lists(st.integers(0, 40), max_size=60))
@settings(deadline=None, max_examples=100)
def test_no_more_characters_are_held_than_the_bound_and_two_texts(lengths):
    alive: WeakSet[Reading] = WeakSet()

    @remember(MOST, len)
    def reading(text: str) -> Reading:
        alive.add(found := Reading(text))
        return found

    for number, length in enumerate(lengths):
        reading(f"{number:03}" + "x" * length)
        # the longest text has 3 + 40 characters
        assert sum(len(one.text) for one in alive) <= MOST + 2 * 43


def test_what_is_asked_for_again_is_not_worked_out_again():
    worked_out = []

    @remember(MOST, len)
    def shouted(text: str) -> str:
        worked_out.append(text)
        return text.upper()

    # "often" is asked for between ten others of 20 characters, of which the bound holds few
    for number in range(10):
        assert shouted("often") == "OFTEN"
        assert shouted(f"{number:020}") == f"{number:020}"
    assert worked_out.count("often") == 1
    assert shouted(f"{0:020}") == f"{0:020}"
    assert worked_out.count(f"{0:020}") == 2


def test_a_text_longer_than_the_bound_is_still_remembered_while_it_is_looked_at():
    worked_out = []

    @remember(MOST, len)
    def length(text: str) -> int:
        worked_out.append(text)
        return len(text)

    assert [length("x" * 500) for _ in range(3)] == [500, 500, 500]
    assert len(worked_out) == 1


def test_empty_texts_fill_the_memory_too_and_nothing_is_an_answer():
    alive: WeakSet[Reading] = WeakSet()

    @remember(MOST, lambda text, number: len(text))
    def reading(text: str, number: int) -> Reading | None:
        if not number:
            return None
        alive.add(found := Reading(text))
        return found

    assert reading("", 0) is None
    for number in range(1, 1000):
        reading("", number)
    assert len(alive) <= MOST
