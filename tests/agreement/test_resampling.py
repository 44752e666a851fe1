from __future__ import annotations

import time

import numpy as np
import pytest

from tutor.agreement import (
    Interval,
    Undefined,
    auroc,
    bootstrap_together,
    cluster_bootstrap,
    difference,
)
from tutor.agreement import resampling as resampling_module
from tutor.agreement.resampled import labels, scores


def seeded():
    return np.random.default_rng(7)


def test_rows_of_a_question_are_drawn_together():
    clusters = np.array(["b", "a", "b", "c", "a", "b"])
    seen = []

    def remember(rows):
        seen.append(rows)
        return 0.0

    cluster_bootstrap(remember, clusters, generator=seeded(), resamples=50)
    sizes = {"a": 2, "b": 3, "c": 1}
    for rows in seen:
        drawn = {name: int((clusters[rows] == name).sum()) for name in sizes}
        assert all(count % sizes[name] == 0 for name, count in drawn.items())
        assert sum(count // sizes[name] for name, count in drawn.items()) == len(sizes)
        for name, count in drawn.items():
            members = np.flatnonzero(clusters == name)
            copies = np.bincount(rows, minlength=6)[members]
            assert copies.tolist() == [count // sizes[name]] * sizes[name]


def test_one_row_a_question_gives_the_textbook_width():
    # The mean of 400 coin flips has a standard error of 0.5 / 20 = 0.025: 95 % is +- 0.049.
    flips = np.array([0.0, 1.0] * 200)
    interval = cluster_bootstrap(
        lambda rows: float(flips[rows].mean()), np.arange(400), generator=seeded(), resamples=2000
    )
    assert interval.low == pytest.approx(0.451, abs=0.006)
    assert interval.high == pytest.approx(0.549, abs=0.006)


def test_answers_that_move_with_their_question_widen_the_interval():
    # 20 questions of 20 equal answers carry 20 facts, not 400: sqrt(20) times as wide.
    hits = np.repeat([0.0, 1.0] * 10, 20)

    def mean(rows):
        return float(hits[rows].mean())

    by_answer = cluster_bootstrap(mean, np.arange(400), generator=seeded(), resamples=2000)
    by_question = cluster_bootstrap(
        mean, np.repeat(np.arange(20), 20), generator=seeded(), resamples=2000
    )
    ratio = (by_question.high - by_question.low) / (by_answer.high - by_answer.low)
    assert ratio == pytest.approx(20**0.5, rel=0.12)


def test_the_same_seed_gives_the_same_interval():
    values = np.random.default_rng(1).random(60)

    def interval():
        return cluster_bootstrap(
            lambda rows: float(values[rows].mean()), np.arange(60) // 3, generator=seeded()
        )

    assert interval() == interval()


def test_pairing_removes_what_questions_share():
    # Both graders move with the question's difficulty; one is 0.1 better everywhere.
    difficulty = np.repeat(np.linspace(0.0, 0.8, 10), 5)
    better, worse = labels.share(difficulty + 0.1), labels.share(difficulty)
    (interval,) = bootstrap_together(
        [lambda counts: better(counts) - worse(counts)],
        np.repeat(np.arange(10), 5),
        generator=seeded(),
        resamples=200,
    )
    assert (interval.low, interval.high) == pytest.approx((0.1, 0.1))


def test_a_difference_with_an_undefined_side_is_undefined():
    lacking = Undefined("one class")
    assert difference(0.75, 0.5) == 0.25
    assert difference(lacking, 0.5) == lacking
    assert difference(0.5, lacking) == lacking


def test_one_question_gives_no_interval():
    lone = cluster_bootstrap(lambda rows: 1.0, ["q", "q"], generator=seeded())
    assert lone == Undefined("an interval needs two questions")


def test_a_statistic_that_most_resamples_lack_gives_no_interval():
    # Either question alone has one class; half the resamples of two questions repeat one.
    labels = np.array([True, False])

    def area(rows):
        return auroc(labels[rows], [0.5] * len(rows))

    interval = cluster_bootstrap(area, [0, 1], generator=seeded(), resamples=100)
    assert isinstance(interval, Undefined)
    assert "of 100 resamples" in interval.reason


def test_a_few_undefined_resamples_are_left_out():
    calls = iter(range(100))

    def mostly(rows):
        return Undefined("rare") if next(calls) == 0 else 0.5

    interval = cluster_bootstrap(mostly, [0, 1], generator=seeded(), resamples=100)
    assert interval == Interval(0.5, 0.5, 0.95)


def test_together_gives_the_intervals_that_each_statistic_has_alone(monkeypatch):
    monkeypatch.setattr(resampling_module, "BLOCK", 150)  # two resamples a block, and a last one
    generator = np.random.default_rng(3)
    values, positive = generator.random(60), generator.random(60) > 0.4
    clusters = generator.integers(0, 12, 60)
    together = bootstrap_together(
        [labels.share(values), scores.auroc(positive, values)],
        clusters,
        generator=seeded(),
        resamples=101,
    )
    alone = [
        cluster_bootstrap(statistic, clusters, generator=seeded(), resamples=101)
        for statistic in (
            lambda rows: float(values[rows].mean()),
            lambda rows: auroc(positive[rows], values[rows]),
        )
    ]
    for one, other in zip(together, alone, strict=True):
        assert (one.low, one.high) == pytest.approx((other.low, other.high), abs=1e-12)


def test_together_says_why_an_interval_is_missing():
    statistic = scores.auroc([True, False], [0.5, 0.5])
    assert bootstrap_together([statistic], ["q", "q"], generator=seeded()) == (
        Undefined("an interval needs two questions"),
    )
    (lacking,) = bootstrap_together([statistic], [0, 1], generator=seeded(), resamples=100)
    assert "of 100 resamples" in lacking.reason
    assert bootstrap_together([], [0, 1], generator=seeded()) == ()


@pytest.mark.parametrize(("resamples", "level"), [(0, 0.95), (10, 1.0), (10, 0.0)])
def test_senseless_settings_are_refused(resamples, level):
    with pytest.raises(ValueError, match="needs resamples >= 1"):
        cluster_bootstrap(
            lambda rows: 1.0, [0, 1], generator=seeded(), resamples=resamples, level=level
        )


def test_a_thousand_resamples_of_five_thousand_rows_take_seconds():
    generator = np.random.default_rng(0)
    values = generator.random(5000)
    positive = values + generator.normal(size=5000) > 0.5
    statistics = [scores.auroc(positive, values), scores.spearman(positive, values)]
    start = time.perf_counter()
    bootstrap_together(statistics, np.arange(5000), generator=seeded(), resamples=1000)
    assert time.perf_counter() - start < 10.0
