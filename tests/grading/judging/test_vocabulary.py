from __future__ import annotations

import re
from dataclasses import fields, replace
from typing import get_args

import pytest

from tutor.errors import PromptError
from tutor.feedback.wording import EN, ZH, Wording
from tutor.grading.judging import vocabulary as module
from tutor.grading.judging.prompt import bundled_prompt
from tutor.grading.judging.vocabulary import Tone, units_of, vocabulary

NEVER_WORDED = ("no_attempt", "dont_know", "next_empty", "next_question_copy")
"""What is said of answers that no judge sees."""


def tones(text: str) -> list[str]:
    language = "en" if text.isascii() else "zh"
    return [tone for entry in vocabulary(language).tones_in(units_of(text)) for tone in entry]


def enough(text: str, known: str = "") -> bool:
    language = "en" if text.isascii() else "zh"
    return vocabulary(language).is_enough_for(units_of(text), units_of(known))


def test_units_are_stems_of_words_and_single_characters():
    assert units_of("It makes 2 points: 写到要点!") == ("it", "make", "point", *"写到要点")


def test_the_longest_entry_says_the_tone():
    assert tones("This is correct") == ["praise"]
    assert tones("This is not correct") == ["denial"]
    assert tones("回答正确") == ["praise"]
    assert tones("回答不正确") == ["denial"]
    assert tones("对照要点") == []  # begins with 对, “right”


def test_an_entry_may_have_several_tones():
    assert sorted(tones("It looks right")) == ["hedge", "praise"]


def test_words_of_a_subject_are_none_of_feedback():
    assert enough("You make this point in your answer")
    assert not enough("You make this point of physics in your answer")
    assert enough("你的回答写到了这个要点")
    assert not enough("你的回答写到了光合作用")


def test_what_is_known_may_be_said_again():
    assert enough("physics", known="the physics of light")
    assert enough("光合作用", known="这叫光合作用")
    assert not enough("光用", known="这叫光合作用")  # two characters, not beside each other there


@pytest.mark.parametrize("words", [EN, ZH], ids=["en", "zh"])
def test_all_that_we_say_of_a_judged_answer_is_known(words: Wording):
    names = [each.name for each in fields(words) if not each.name.startswith("hint")]
    for name in set(names) - {"quoted", "inner_quotes", "next_instructions", "next_opener"}:
        text = re.sub(r"\{\w+\}", " ", getattr(words, name))
        language = "en" if words is EN else "zh"
        known = vocabulary(language).is_enough_for(units_of(text), ())
        assert known or name in NEVER_WORDED, name


@pytest.mark.parametrize("language", ["en", "zh"])
def test_an_entry_stands_in_one_part_only(language):
    parts: dict[tuple[str, ...], set[str]] = {}
    for name, text in bundled_prompt("feedback", language).parts.items():
        for entry in map(units_of, re.split(r"[,，\n]", text)):
            if name.startswith("words") and entry:
                parts.setdefault(entry, set()).add(name)
    assert [entry for entry, names in parts.items() if len(names) > 1] == []


def test_every_tone_has_words_in_both_languages():
    for language in ("en", "zh"):
        found = frozenset().union(*vocabulary(language).tones.values())
        assert found == set(get_args(Tone))


def test_a_tone_that_is_none_is_named(monkeypatch):
    prompt = replace(bundled_prompt("feedback", "en"), parts={"words": "a", "words irony": "sure"})
    monkeypatch.setattr(module, "bundled_prompt", lambda name, language: prompt)
    with pytest.raises(PromptError, match=r"feedback\.en-1: part 'words irony'"):
        vocabulary.__wrapped__("en")
