from __future__ import annotations

import pytest

from tutor.grading.reading.reaction import plain_reactions


def test_a_reaction_gets_indices_and_an_arrow():
    assert plain_reactions("燃烧：CH4 + 2O2 = CO2 + 2H2O。") == "燃烧：CH_4 + 2O_2 → CO_2 + 2H_2O。"


@pytest.mark.parametrize("text", ["U = I + R", "x + y = z", "CO2", "A + B → C"])
def test_other_equations_stay(text):
    assert plain_reactions(text) == text
