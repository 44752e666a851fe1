from __future__ import annotations

import pytest

from tutor.grading.reading.consequence import turns_consequence
from tutor.grading.reading.text import read


@pytest.mark.parametrize(
    ("reference", "answer"),
    [
        ("商品价格上升，需求量减少", "需求量减少，商品价格就上升"),
        ("需求量减少，商品价格因此上升", "商品价格上升，需求量减少"),
        ("the price rises, the demand falls", "the demand falls, so the price rises"),
    ],
)
def test_a_consequence_that_comes_first_is_turned(reference, answer):
    assert turns_consequence(read(reference), read(answer))


@pytest.mark.parametrize(
    ("reference", "answer"),
    [
        ("海拔越高，大气压越低，水就容易沸腾", "水容易沸腾，因为海拔越高，大气压越低"),
        ("铁导热差，所以快速加热会变形", "快速加热会变形，因为铁导热差"),
        ("it conducts heat poorly, so fast heating warps it",
         "fast heating warps it, because it conducts heat poorly"),
        ("价格上升，需求量就减少", "价格上升，需求量减少"),
        ("需求量减少；价格上升", "价格上升，因此成本增加"),
    ],
)  # fmt: skip
def test_one_that_keeps_its_reason_is_not(reference, answer):
    assert not turns_consequence(read(reference), read(answer))
