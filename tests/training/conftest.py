from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from training.answers import Answers, judge
from training.sets import SETS


def made_answers(questions: int, each: int, cut: float, seed: int = 0) -> Answers:
    """A set with one signal; people call an answer correct from `cut` up, with some noise."""
    chance = np.random.default_rng(seed)
    signals = chance.uniform(0, 1, size=(questions * each, 1))
    felt = signals[:, 0] + chance.normal(0, 0.15, size=questions * each)
    human = (felt >= cut - 0.25).astype(np.intp) + (felt >= cut)
    everything = np.ones(questions * each, dtype=np.bool_)
    return Answers(
        questions=np.repeat([f"q{i}" for i in range(questions)], each),
        human=human,
        human_score=human / 2,
        signals=signals,
        fitted=everything,
        teaches=everything,
        weigh=judge,
    )


@pytest.fixture
def make_answers() -> Callable[..., Answers]:
    return made_answers


@pytest.fixture(scope="session")
def sets() -> dict[str, Answers]:
    """Every labelled set, made up: each a little stricter than the one before."""
    cuts = np.linspace(0.3, 0.8, len(SETS))
    return {
        s.name: made_answers(10, 12, cut, i)
        for i, (s, cut) in enumerate(zip(SETS, cuts, strict=True))
    }
