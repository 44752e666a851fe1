from __future__ import annotations

import pytest

from tests.grading.judging.rewordings import AIR, SHORT
from tutor.grading.judging.feedback_pieces import frame_of, has_known_signs, pieces_of

QUOTE = "“molecules of air spread the light”"
COVERED = f"You wrote {QUOTE}, which makes this point: {AIR}."


def test_pieces_are_quotations_and_claims_in_order():
    assert pieces_of(COVERED, [SHORT, AIR]) == (QUOTE, AIR)
    assert pieces_of("你写到「水」，对应要点：水。", ["水"]) == ("「水」", "水")


def test_a_claim_that_holds_quotation_marks_is_one_piece():
    claim = "“Scatter” is a verb"
    assert pieces_of(f"Not in the answer: {claim}.", [claim, "verb"]) == (claim,)


def test_a_claim_is_found_as_whole_words_only():
    assert pieces_of("Not in the answer: impossible.", ["possible"]) == ()
    assert pieces_of("Not in the answer: 15.", ["5"]) == ()
    assert pieces_of("没有写到：水蒸气。", ["水"]) == ("水",)


def test_a_frame_is_what_stands_around_the_pieces():
    line = f'By "molecules of air spread the light," you say that a{AIR[1:]}, well'
    assert frame_of(line, (QUOTE, AIR)).split() == ["By", "you", "say", "that", ",", "well"]


def test_pieces_must_come_in_order_and_once_each():
    assert frame_of(f"{AIR}: {QUOTE}", (QUOTE, AIR)) is None
    assert frame_of(f"{QUOTE} {AIR}", (QUOTE, AIR, AIR)) is None
    assert AIR in frame_of(f"{QUOTE} {AIR} {AIR}", (QUOTE, AIR))


def test_words_of_the_learner_stay_letter_for_letter():
    assert frame_of(f"You say {QUOTE.upper()}", (QUOTE,)) is None


def test_words_of_the_learner_need_their_marks():
    assert frame_of(f"You say {QUOTE[1:-1]}, so {AIR}", (QUOTE, AIR)) is None


def test_spaces_make_no_difference_to_pieces():
    # What a fence had to break up comes back with the space.
    assert frame_of("You wrote “< |x|> 1”.", ("“<|x|>1”",)) == "You wrote  ."


def test_signs_are_plain_or_were_there_before():
    assert has_known_signs("Well done, it is here (all of it)!", "")
    assert not has_known_signs("It is <b>here</b>", "It is here")
    assert has_known_signs("It is 5% more", "5% less")
    assert not has_known_signs("It is\nhere", "It is here")


@pytest.mark.parametrize(
    ("claim", "said"),
    [
        (AIR, "air molecules scattering sunlight"),
        (AIR, "air molecules scattered the sunlight"),
        ("Ions carry it", "ions carrying it"),
        (SHORT, "short waves being scattered most"),
        ("The gene carries the code", "genes carry a code"),
    ],
)
def test_a_claim_may_take_other_endings_and_small_words(claim, said):
    assert frame_of(f"It does not mention {said}.", (claim,)) == "It does not mention  ."


@pytest.mark.parametrize(
    ("claim", "said"),
    [
        (AIR, "sunlight scatters air molecules"),
        (AIR, "air molecules do not scatter sunlight"),
        (AIR, "air molecules scatter <b> sunlight"),
        (SHORT, "short waves are scattered mostly"),
        (SHORT, "short waves are scattered"),
        ("Relativity bends light rays", "relations bend light rays"),
        ("The limit is 5 joules", "the limits are 15 joules"),
        ("Air scatters", "air scattering"),  # two words may be anything
    ],
)
def test_a_claim_is_no_other_claim(claim, said):
    assert frame_of(f"It does not mention {said}.", (claim,)) is None
