"""Whatever is typed is graded or refused, in time that grows no faster than the text."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from benchmarks.bad_input import BLANK, FORMULA, FREE, ITEMS, KINDS, LONG, seconds
from tutor.errors import TooLargeError, TutorError
from tutor.grading.extent import LONGEST_ANSWER, LONGEST_ITEM
from tutor.grading.item import Item, PointSpec

SMALL, LARGE = 2_000, 8_000
MOST_GROWTH = 9.0
"""Four times the text may take that many times as long: linear is 4, quadratic 16."""
MOST_FIXED = 0.05
"""Seconds that any grade may take, so that noise in a short one is no growth."""
GROWING = (
    "digits and commas", "list markers", "bullets", "names in brackets", "forged labels", "tags",
    "line ends", "signs", "quantities", "numbers", "marks", "negations", "random words",
)  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_a_long_answer_is_graded_and_unsure_or_no_answer(grader, kind):
    grade = grader.grade(FREE, KINDS[kind](LONG))
    assert grade.verdict != "correct" or grade.unsure
    assert grade.key_points


@pytest.mark.parametrize("kind", KINDS)
def test_a_fill_of_any_kind_is_graded(grader, kind):
    for item in (BLANK, FORMULA):
        assert not grader.grade(item, KINDS[kind](LARGE)).score == 1


@pytest.mark.parametrize("kind", KINDS)
def test_a_card_of_any_text_is_graded_or_refused(grader, kind):
    text = KINDS[kind](LARGE)
    for item in (
        Item(text, ("三个步骤",)),
        Item("?", (text,)),
        Item("?", ("三个步骤",), (PointSpec(text),)),
        Item("[...]", (text,), kind="cloze"),
    ):
        try:
            grade = grader.grade(item, "三个 steps，16 epochs，a + b")
        except TutorError:
            continue
        assert 0 <= grade.score <= 1


def _assert_no_faster(cost: Callable[[str], float], kind: str) -> None:
    """`cost` is the seconds that a text takes; each text is new, so that no cache knows it."""
    small, large = (
        min(cost(KINDS[kind](length) + end) for end in "vwxyz") for length in (SMALL, LARGE)
    )
    assert large <= MOST_GROWTH * small + MOST_FIXED


@pytest.mark.parametrize("kind", GROWING)
def test_time_grows_no_faster_than_the_answer(grader, kind):
    for item in ITEMS:
        _assert_no_faster(lambda text, item=item: seconds(grader, item, text), kind)


@pytest.mark.parametrize("kind", GROWING)
def test_time_grows_no_faster_than_the_reference(grader, kind):
    def cost(text: str) -> float:
        return seconds(grader, Item("?", (text,)), "16 个 steps, a + b")

    _assert_no_faster(cost, kind)


def test_only_the_beginning_of_an_overlong_answer_is_read(grader):
    right = FREE.references[0]
    padded = grader.grade(FREE, right + "。" * (LONGEST_ANSWER - len(right)))
    overlong = grader.grade(FREE, right + "。" * LONGEST_ANSWER)
    late = grader.grade(FREE, "。" * LONGEST_ANSWER + right)
    assert (padded.verdict, padded.unsure) == ("correct", False)
    assert (overlong.verdict, overlong.unsure) == ("correct", True)
    assert "overlong" in [reason.name for reason in overlong.reasons]
    assert late.verdict == "incorrect"


def test_a_card_with_too_much_text_is_refused(grader):
    fits = "奖励" * ((LONGEST_ITEM - 2) // 2)
    assert grader.grade(Item("问题", (fits,)), "奖励").score >= 0
    with pytest.raises(TooLargeError, match=r"40001 characters together.*takes 40000"):
        grader.grade(Item("问题", (fits + "励",)), "奖励")


def test_a_number_of_any_length_is_read(grader):
    digits = "1" * 5_000  # more than int() reads
    for answer in (f"2^{digits}", f"{digits}/2", f"{'一' * 400}点一", f"{digits} epochs"):
        assert grader.grade(BLANK, answer).verdict == "incorrect"


@pytest.mark.parametrize(
    "answer", ["解答" * 24 + "另", "im" * 24 + "x", "请你" * 24, "忽略" + "一切的" * 24]
)
def test_phrases_that_are_two_phrases_do_not_multiply(grader, answer):
    # Each of 24 could be cut two ways, which makes 16 million of all: minutes, not milliseconds.
    assert seconds(grader, FREE, answer) < 10 * seconds(grader, FREE, "奖励" * 24) + 1
