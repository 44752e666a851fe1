from __future__ import annotations

import pytest

from tutor.grading.reading.lexicon import SYNONYM_FLOOR, synonyms, translations
from tutor.grading.reading.text import stem


@pytest.mark.parametrize(
    ("chinese", "english"), [("模型", "model"), ("增加", "increase"), ("学习", "learning")]
)
def test_everyday_words_translate_both_ways(chinese, english):
    assert stem(english) in translations(chinese)
    assert chinese in translations(stem(english))


def test_words_with_a_translation_in_common_are_synonyms():
    assert stem("reduce") in synonyms(stem("decrease"))
    assert "降低" in synonyms("减少")


@pytest.mark.parametrize("unit", ["模型", "增加", "model", "increas", "训练", "bank", "no such"])
def test_strengths_are_shares(unit):
    assert all(0 < strength <= 1 for strength in translations(unit).values())
    found = synonyms(unit)
    assert all(SYNONYM_FLOOR < strength <= 1 for strength in found.values())
    assert list(found.values()) == sorted(found.values(), reverse=True)
    assert unit not in found


def test_an_unknown_unit_has_neither():
    assert translations("qzxv") == {}
    assert synonyms("qzxv") == {}
