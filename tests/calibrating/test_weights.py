from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize

from tutor.calibrating.weights import RIDGE, signed_weights

BOUNDS = {1.0: (0.0, None), -1.0: (None, 0.0), 0.0: (None, None)}


def drawn(seed: int, rows: int = 80):
    chance = np.random.default_rng(seed)
    signals = chance.normal(size=(rows, 3))
    signals[:, 1] += 0.8 * signals[:, 0]
    logits = signals @ chance.normal(size=3) + chance.normal()
    return signals, chance.random(rows) < 1 / (1 + np.exp(-logits))


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000), st.tuples(*[st.sampled_from([1.0, -1.0, 0.0])] * 3))
def test_weights_are_those_of_a_general_optimiser(seed, signs):
    signals, positive = drawn(seed)
    start = 0.5 * np.array(signs)

    def loss(parameters):
        logits = signals @ parameters[:3] + parameters[3]
        away = parameters[:3] - start
        return np.logaddexp(0, np.where(positive, -logits, logits)).sum() + RIDGE / 2 * away @ away

    bounds = [BOUNDS[sign] for sign in signs] + [(None, None)]
    options = {"ftol": 1e-14, "gtol": 1e-10}
    best = minimize(loss, np.append(start, 0.0), bounds=bounds, options=options).x
    found = signed_weights(signals, positive, np.array(signs), start, 0.0)
    assert found == pytest.approx(best[:3], abs=2e-3)


def test_a_sign_is_kept_whatever_the_data_say():
    signals, _ = drawn(1)
    positive = signals[:, 0] < 0
    start = np.array([0.3, 0.0, 0.0])
    free = signed_weights(signals, positive, np.zeros(3), start, 0.0)
    held = signed_weights(signals, positive, np.array([1.0, 0.0, 0.0]), start, 0.0)
    assert free[0] < 0
    assert held[0] == 0


def test_without_rows_that_say_otherwise_weights_stay():
    start = np.array([0.4, 0.2, 0.1])
    found = signed_weights(np.zeros((50, 3)), np.arange(50) < 20, np.ones(3), start, 0.0)
    assert found == pytest.approx(start)
    assert start.tolist() == [0.4, 0.2, 0.1]
