from __future__ import annotations

import numpy as np
import pytest
from sklearn.metrics import f1_score

from evals.metrics import Pairs
from training.answers import graded, joined, logits_of, weighed
from training.calibrate import (
    AGREEMENT,
    GRID,
    LEAST_GAP,
    SURE_GRID,
    best_cuts,
    best_two_way_cut,
    choose_cuts,
    expected_of,
    fit,
    left_out,
    sure_from,
    tables_of,
)
from training.sets import SETS, unrelated

SIGNS = {"similarity": 1}


def pairs(confidence: list[float], right: list[bool], verdict: int = 2) -> Pairs:
    """Answers that were all graded with one verdict, 0 to 2."""
    other = np.full(len(right), verdict, dtype=np.intp)
    human = np.where(right, other, 1)
    return Pairs(
        questions=np.array(["q"] * len(right)),
        human=human,
        other=other,
        human_score=human / 2,
        other_score=other / 2,
        confidence=np.array(confidence),
        sure=np.array(right),
    )


def test_a_set_with_an_intercept_of_its_own_gives_the_spread(sets):
    chosen = [s for s in SETS if not s.family][:6]
    calibration = fit(tables_of(sets), chosen, SIGNS, "made")
    # The made sets differ in nothing but their cuts, which move both thresholds alike.
    assert calibration.correct.spread > 0.3
    assert calibration.correlation > 0.8
    assert calibration.correlation < 1
    assert calibration.weights[0].correct > 0


def test_one_set_alone_is_known_for_what_it_is(sets):
    calibration = fit(tables_of(sets), SETS[:1], SIGNS, "made")
    assert calibration.partial.spread == calibration.correct.spread == calibration.correlation == 0


def test_sets_of_a_family_count_once(sets):
    family = [s for s in SETS if s.family == "mohler" and s.fitted]
    assert len(family) == 3
    assert fit(tables_of(sets), family, SIGNS, "made").correct.spread == 0


def test_nothing_of_a_set_is_in_the_calibration_that_grades_it(sets):
    target = SETS[0]
    other = {**sets, target.name: sets[SETS[5].name]}
    found = left_out(sets, SIGNS)[target.name]
    assert found == left_out(other, SIGNS)[target.name]
    assert target not in unrelated(target)


def test_expected_scores_are_those_of_the_calibration(sets):
    calibration = fit(tables_of(sets), SETS[:3], SIGNS, "made")
    table = sets["khan"].table
    chances = calibration.probabilities({"similarity": float(table.signals[7, 0])})
    assert expected_of(table, calibration)[7] == pytest.approx(
        chances.correct + chances.partial / 2
    )


def test_cuts_lie_where_the_verdicts_part():
    human = np.repeat([0, 1, 2], 10)
    expected = np.repeat([0.15, 0.45, 0.75], 10)
    low, high = best_cuts([(human, expected)])
    assert 0.15 < low <= 0.45 < high <= 0.75
    assert 0.45 < best_two_way_cut(human, expected) <= 0.75


def test_the_best_cuts_have_the_best_macro_f1():
    chance = np.random.default_rng(3)
    human = chance.integers(0, 3, size=60)
    expected = np.clip(human / 2 + chance.normal(0, 0.3, size=60), 0, 1)

    def macro_f1(low: float, high: float) -> float:
        machine = (expected >= low).astype(int) + (expected >= high)
        return f1_score(human, machine, average="macro", zero_division=0)

    chosen = best_cuts([(human, expected)])
    best = max(macro_f1(a, b) for a in GRID for b in GRID if a + LEAST_GAP <= b)
    assert macro_f1(*chosen) == pytest.approx(best)


def test_sure_begins_where_grades_are_right_at_the_stated_rate():
    # Right 6 of 6 at 0.9, 2 of 6 at 0.6: with both 8 of 12, less than what is stated.
    some = pairs([0.9] * 6 + [0.6] * 6, [True] * 8 + [False] * 4)
    assert 2 / 3 < AGREEMENT < 1
    correct, _ = sure_from([[some]])
    assert 0.6 < correct <= AGREEMENT


def test_grades_other_than_correct_need_the_stated_rate():
    # The wrong ones are not sure enough to count, so the others settle the threshold.
    correct = pairs([0.6] * 8 + [0.9] * 2, [True] * 10)
    other = pairs([0.8] * 8 + [0.9] * 2, [False] * 8 + [True] * 2, verdict=0)
    low, high = sure_from([[joined([correct, other])]])
    assert low <= 0.6 < high == AGREEMENT


def test_every_state_reaches_the_stated_rate():
    good, bad = pairs([0.6] * 5, [True] * 5), pairs([0.6] * 5 + [0.8] * 5, [False] * 5 + [True] * 5)
    assert sure_from([[good]])[0] == SURE_GRID[0]
    assert 0.6 < sure_from([[good], [bad]])[0] <= 0.8


def test_a_grader_that_is_never_right_is_hardly_ever_sure():
    assert sure_from([[pairs([0.95] * 5, [False] * 5)]]) == (AGREEMENT, AGREEMENT)


def test_a_set_without_sure_grades_has_no_say():
    good, silent = pairs([0.9] * 5, [True] * 5), pairs([0.3] * 5, [False] * 5)
    assert sure_from([[good, silent]])[0] == SURE_GRID[0]


def test_chosen_cuts_are_in_order_and_hold_for_learned_decks(sets):
    few = {s.name: sets[s.name] for s in SETS[:3]}
    fitted = left_out(sets, SIGNS)
    calibrations = {name: fitted[name] for name in few}
    cuts = choose_cuts(few, calibrations)
    assert cuts.incorrect_below < cuts.correct_from
    assert cuts.sure_correct_from in SURE_GRID
    assert cuts.sure_other_from == AGREEMENT


def test_verdicts_bring_an_unseen_set_nearer_to_its_people(sets):
    # The strictest set; what it is graded by was fitted on more lenient ones.
    name = SETS[-1].name
    calibration, answers = left_out(sets, SIGNS)[name], sets[name]
    logits, rows = logits_of(answers, calibration), np.arange(len(answers.human))
    told = calibration.learn(tuple(weighed(answers, logits, rows[:40])))
    before, after = (
        graded(answers, logits, rows[40:], calibration, strictness)
        for strictness in (calibration.learn(()), told)
    )
    assert np.mean(after.human == after.other) > np.mean(before.human == before.other)
    assert told.believed.correct.intercept < calibration.correct.intercept
