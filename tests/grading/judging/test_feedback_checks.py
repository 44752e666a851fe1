from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.grading.judging.hostile_rewordings import HOSTILE
from tests.grading.judging.rewordings import HONEST, Worded, reply
from tests.grading.judging.worded_grades import GRADES
from tutor.grading.grade import Feedback, Grade
from tutor.grading.judging.feedback_checks import keeps_tone, numbers_of, refusal, refused_line
from tutor.grading.judging.feedback_pieces import has_known_signs


def refused(grade: Grade, worded: Feedback) -> str | None:
    return refusal(grade.feedback, worded, grade.key_points, grade.verdict)


def read(worded: Worded, grade: Grade) -> Feedback:
    return Feedback(language=grade.feedback.language, **reply(worded))


def with_line(grade: Grade, place: str, line: str) -> Feedback:
    said = getattr(grade.feedback, place)
    changed = line if isinstance(said, str) else (line, *said[1:])
    return grade.feedback.model_copy(update={place: changed})


@pytest.mark.parametrize("key", GRADES)
def test_composed_feedback_passes_as_it_is(key):
    assert refused(GRADES[key], GRADES[key].feedback) is None


def test_most_of_what_honest_models_write_passes():
    passed = [refused(GRADES[key], read(worded, GRADES[key])) is None for key, worded in HONEST]
    assert len(passed) == 40
    assert sum(passed) >= 38


@pytest.mark.parametrize(("kind", "key", "place", "line"), HOSTILE)
def test_what_cannot_be_trusted_is_refused(kind, key, place, line):
    assert refused(GRADES[key], with_line(GRADES[key], place, line)) is not None, kind


def test_one_grade_in_the_words_for_another_is_refused():
    others = [
        (key, worded)
        for key in GRADES
        for other, worded in HONEST
        if GRADES[key] is not GRADES[other]
    ]
    # 20 grades, each with the 38 rewordings of the other 19.
    assert len(others) == 20 * 38
    assert [
        (key, worded)
        for key, worded in others
        if not refused(GRADES[key], read(worded, GRADES[key]))
    ] == []


def test_numbers_stay_in_order():
    assert numbers_of("it makes 1 of 2 key points") == ["1", "2"]
    assert refused_line("1 of 2 points.", "2 points, 1 of them.", [], "partial", "en") == "numbers"


@pytest.mark.parametrize(
    ("place", "composed", "frame", "kept"),
    [
        ("correct", "The answer is correct.", "Your answer is right.", True),
        ("correct", "The answer is correct.", "This is an answer.", False),
        ("correct", "The answer is correct.", "The answer is right in part.", False),
        ("partial", "The answer is partly right.", "One part of it is good, another is not.", True),
        ("partial", "The answer is partly right.", "The answer is right.", False),
        ("incorrect", "The answer disagrees.", "The answer does not agree.", True),
        ("incorrect", "The answer disagrees.", "Nothing in the answer is wrong.", False),
        ("right", "You wrote", "You rightly wrote", True),
        ("right", "You wrote", "You wrote, however,", False),
        ("missing", "Not found; your ruling counts.", "Not found.", False),
        ("missing", "An extra point, not required:", "You missed:", False),
        ("wrong", "You wrote this, which disagrees:", "You wrote this, but the point is:", True),
        ("wrong", "You wrote this, which disagrees:", "It does not contradict this:", False),
        ("next_step", "Read it again.", "Do not look, but read it again.", True),
        ("next_step", "Read it again.", "It is correct; read it again.", False),
    ],
)  # fmt: skip
def test_tones_stay_but_for_what_a_place_may_change(place, composed, frame, kept):
    assert keeps_tone(frame, composed, place, "en") is kept


def test_an_unsure_grade_stays_unsure():
    assert keeps_tone("看上去正确，由你裁定。", "看起来是对的，但没有把握。", "correct", "zh")
    assert not keeps_tone("回答正确。", "看起来是对的，但没有把握。", "correct", "zh")


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=60), st.sampled_from(sorted(GRADES)))
def test_no_text_breaks_a_check_and_none_is_added_to_a_line(text, key):
    grade = GRADES[key]
    claims = [point.text for point in grade.key_points]
    line = f"{grade.feedback.summary}{text}"
    found = refused_line(
        grade.feedback.summary, line, claims, grade.verdict, grade.feedback.language
    )
    if found is None:
        assert has_known_signs(text, grade.feedback.summary)
