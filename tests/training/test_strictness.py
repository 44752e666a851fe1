from __future__ import annotations

import numpy as np
import pytest

from training.answers import logits_of
from training.calibrate import left_out
from training.draws import COUNTS
from training.sets import SETS
from training.strictness import ORDERS, in_order, markdown, simulate

SIGNS = {"similarity": 1}
TARGETS = SETS[:2]


@pytest.fixture(scope="module")
def report(sets):
    return simulate(sets, SIGNS, TARGETS, count=3)


def test_unsure_answers_come_first_and_disputed_ones_alone(sets):
    name = SETS[0].name
    answers, calibration = sets[name], left_out(sets, SIGNS)[name]
    logits, ruled = logits_of(answers, calibration), np.arange(60)
    orders = {order: in_order(answers, calibration, logits, ruled, order) for order in ORDERS}
    assert np.array_equal(orders["at random"], ruled)
    assert sorted(orders["unsure first"]) == ruled.tolist()
    assert set(orders["disputed only"]) < set(ruled.tolist())


def test_every_set_is_measured_after_every_number_of_verdicts(report):
    assert list(report) == [s.name for s in TARGETS]
    for orders in report.values():
        assert list(orders) == [*ORDERS, "in-domain"]
        for order in ORDERS:
            assert list(orders[order]) == [str(count) for count in COUNTS]


def test_without_verdicts_the_order_of_ruling_is_nothing(report):
    for orders in report.values():
        assert orders[ORDERS[0]]["0"] == orders[ORDERS[1]]["0"] == orders[ORDERS[2]]["0"]


def test_on_made_sets_verdicts_lower_the_log_loss(report):
    # These two are more lenient than the sets that they are graded by.
    for orders in report.values():
        lost = {count: orders["at random"][count]["log_loss"] for count in ("0", "50")}
        assert lost["50"] < lost["0"]


def test_the_tables_show_every_set(report):
    text = markdown(report, "none")
    assert all(f"| {s.name} |" in text for s in TARGETS)
    assert "--embedder" not in text
    assert "--embedder bundled" in markdown(report, "bundled")
