from __future__ import annotations

import pytest

from tutor.grading.reading.pronunciation import sound_alike


@pytest.mark.parametrize("pair", ["爆暴", "系习", "行性", "此词", "其齐", "做作", "绿律", "女钕"])
def test_characters_of_one_syllable_sound_alike_whatever_the_tone(pair):
    common = pair != "女钕"  # 钕 is not among the common characters
    assert sound_alike(*pair) == common


@pytest.mark.parametrize("pair", ["正偏", "有无", "内外", "是四", "路绿", "a词", "a!"])
def test_others_do_not(pair):
    assert not sound_alike(*pair)
