from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from evals.figures import METRICS, TABLE_ONLY
from evals.pairs import Pairs
from tutor.agreement import Undefined

ALL = {metric.name: metric for metric in (*METRICS, *TABLE_ONLY)}


def random_pairs(generator, size, stated=True):
    human = generator.choice(3, size, p=[0.2, 0.1, 0.7])
    return Pairs(
        questions=generator.integers(0, 5, size).astype(np.str_),
        human=human,
        other=np.where(generator.random(size) < 0.5, human, generator.integers(0, 3, size)),
        human_score=human / 2,
        other_score=generator.integers(0, 11, size) / 10,
        confidence=generator.integers(0, 11, size) / 10 if stated else None,
        sure=generator.random(size) < 0.3 if stated else None,
    )


@pytest.mark.parametrize("metric", ALL.values(), ids=ALL)
def test_a_figure_of_resamples_is_that_of_their_rows(metric):
    for seed in range(40):
        generator = np.random.default_rng(seed)
        size = int(generator.integers(2, 15))
        pairs = random_pairs(generator, size)
        if isinstance(metric.of(pairs, np.arange(size)), Undefined):
            continue
        counts = generator.multinomial(size, np.full(size, 1 / size), 3)
        found = metric.resampled(pairs)(counts.astype(np.float64))
        for drawn, value in zip(counts, found, strict=True):
            expected = metric.of(pairs, np.repeat(np.arange(size), drawn))
            if isinstance(expected, Undefined):
                assert np.isnan(value), (seed, expected)
            else:
                assert value == pytest.approx(expected, abs=1e-9), seed


def test_every_name_is_one_figure_and_the_groups_stand_together():
    names = [metric.name for metric in (*METRICS, *TABLE_ONLY)]
    assert len(names) == len(set(names))
    groups = [metric.group for metric in METRICS]
    changes = sum(before != after for before, after in pairwise(groups))
    assert changes + 1 == len(set(groups))


def test_without_confidence_only_confidence_and_coverage_are_undefined():
    pairs = random_pairs(np.random.default_rng(1), 40, stated=False)
    for metric in METRICS:
        undefined = isinstance(metric.of(pairs, np.arange(40)), Undefined)
        assert undefined == (metric.group in ("confidence", "coverage")), metric.name
    with pytest.raises(ValueError, match="ece: undefined, because no confidence is stated"):
        ALL["ece"].resampled(pairs)


@pytest.mark.parametrize("metric", METRICS, ids=lambda metric: metric.name)
def test_better_is_what_a_perfect_grader_has(metric):
    # A perfect, honest grader against one that turns every verdict round with full confidence.
    human = np.array([0, 2, 1, 2, 0, 2])
    perfect = Pairs(
        human.astype(np.str_), human, human, human / 2, human / 2, np.ones(6), np.full(6, True)
    )
    other = 2 - human
    wrong = Pairs(
        human.astype(np.str_), human, other, human / 2, other / 2, np.ones(6), np.full(6, True)
    )
    best, worst = (metric.of(pairs, np.arange(6)) for pairs in (perfect, wrong))
    if metric.name == "confidence_auroc":
        assert best == Undefined("every row is positive")
    elif metric.better == "higher":
        assert best == pytest.approx(1.0)
        assert worst < 1.0
    elif metric.better == "lower":
        assert best == pytest.approx(0.0)
        assert worst > 0.0
