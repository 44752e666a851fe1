"""Fitting calibrations, and choosing their cuts on sets that were left out of the fit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from evals.cases import VERDICTS
from evals.metrics import Pairs
from training.answers import Answers, AnswersBySet, graded, joined, logits_of, weighed
from training.draws import draws
from training.fit import Floats, Labelled, fit_threshold, standardise
from training.sets import SETS, LabelledSet, unrelated
from tutor.grading.calibration import Calibration, Weighting
from tutor.grading.strictness import Threshold, Thresholds

AGREEMENT = 0.85
"""Share of sure grades that should agree with people on sets that were not fitted on."""
LEARNED_FROM, TRIALS = 20, 5
"""Verdicts after which sure grades should agree as often as without any, and draws of them."""
CLOSEST = 0.95
"""Most correlation of the intercepts: two regressions on one signal would come near 1."""
GRID = np.arange(0.10, 0.90, 0.02)
LEAST_GAP = 0.1
"""Cuts that are tried, and how far apart the two are at least."""
SURE_GRID = np.round(np.arange(0.51, AGREEMENT + 0.01, 0.02), 2)
"""Confidences that are tried for correct grades: none above the stated rate, since who is that
sure is sure."""
CORRECT = VERDICTS.index("correct")
Ranks = NDArray[np.int64]
Signs = Mapping[str, int]
"""Signals in the order of the columns, with the sign that each weight must have."""


class Cuts(NamedTuple):
    """Expected scores between the verdicts, and the confidences from which to be sure."""

    incorrect_below: float = 0.33
    correct_from: float = 0.62
    sure_correct_from: float = 0.6
    sure_other_from: float = 0.6


def fit(
    tables: Mapping[str, Labelled],
    sets: Sequence[LabelledSet],
    signs: Signs,
    name: str,
    cuts: Cuts | None = None,
) -> Calibration:
    """Fit both thresholds on the named sets."""
    data = [tables[s.name] for s in sets]
    mean, scale = standardise(data)
    centred = [Labelled((d.signals - mean) / scale, d.ranks) for d in data]
    columns = list(signs.values())
    partial, correct = (fit_threshold(centred, columns, rank=rank) for rank in (1, 2))
    weights = tuple(
        Weighting.model_validate(
            {
                "signal": signal,
                "sign": sign,
                "mean": rounded(mean[i]),
                "scale": rounded(scale[i]),
                "partial": rounded(partial.weights[i]),
                "correct": rounded(correct.weights[i]),
            }
        )
        for i, (signal, sign) in enumerate(signs.items())
    )
    intercepts = _by_family(np.stack([partial.intercepts, correct.intercepts], axis=1), sets)
    thresholds, correlation = _thresholds(intercepts)
    return Calibration(
        name=name,
        embedder="none",
        weights=weights,
        **thresholds._asdict(),
        correlation=correlation,
        **(cuts or Cuts())._asdict(),
    )


def fit_everything(answers: AnswersBySet, signs: Signs, name: str) -> Calibration:
    """The calibration to ship: fitted on every set that may be, cut on left-out predictions."""
    cuts = choose_cuts(answers, left_out(answers, signs))
    return fit(tables_of(answers), [s for s in SETS if s.fitted], signs, name, cuts)


def left_out(answers: AnswersBySet, signs: Signs) -> dict[str, Calibration]:
    """For every set, the calibration fitted on the sets unrelated to it."""
    tables = tables_of(answers)
    return {s.name: fit(tables, unrelated(s), signs, f"without-{s.name}") for s in SETS}


def tables_of(answers: AnswersBySet) -> dict[str, Labelled]:
    """What regressions are fitted on, by set."""
    return {name: one.table for name, one in answers.items()}


def choose_cuts(answers: AnswersBySet, calibrations: Mapping[str, Calibration]) -> Cuts:
    """The cuts with the best macro-F1, and the confidences from which to be sure, both as
    means over the sets that have a calibration: a deck is one set, whatever its size."""
    found = {name: expected_of(answers[name].table, one) for name, one in calibrations.items()}
    low, high = best_cuts([(answers[name].table.ranks, found[name]) for name in found])
    cuts = Cuts(low, high)
    chosen = {n: c.model_copy(update=cuts._asdict()) for n, c in calibrations.items()}
    alone = [_alone(answers[name], one) for name, one in chosen.items()]
    learned = [_learned(answers[name], one) for name, one in chosen.items()]
    correct, other = sure_from([alone, learned])
    return cuts._replace(sure_correct_from=correct, sure_other_from=other)


def best_cuts(sets: Sequence[tuple[Ranks, Floats]]) -> tuple[float, float]:
    """The two cuts of the expected scores with the best mean macro-F1 over the sets."""
    found = np.mean([_macro_f1(human, expected) for human, expected in sets], axis=0)
    apart = GRID[:, None] + LEAST_GAP <= GRID[None, :]
    low, high = np.unravel_index(np.argmax(np.where(apart, found, -1.0)), found.shape)
    return rounded(GRID[low]), rounded(GRID[high])


def best_two_way_cut(human: Ranks, expected: Floats) -> float:
    """The cut of the expected scores with the best macro-F1 of correct or not."""
    above, counts = _above(human, expected)
    correct = _f1(above[2], counts[2], above.sum(axis=0))
    misses = counts[:2].sum() - above[:2].sum(axis=0)
    other = _f1(misses, counts[:2].sum(), len(human) - above.sum(axis=0))
    return rounded(GRID[np.argmax(correct + other)])


def expected_of(table: Labelled, calibration: Calibration) -> Floats:
    """Expected score of every answer of a table, shape (n,)."""
    values = [dict(zip(calibration.signals, row, strict=True)) for row in table.signals]
    chances = np.array([calibration.probabilities(one) for one in values])
    return np.asarray(chances[:, 1] / 2 + chances[:, 2])


def sure_from(states: Sequence[Sequence[Pairs]]) -> tuple[float, float]:
    """The confidences from which correct grades, and others, are sure.

    Partial and incorrect grades need the stated rate itself, which little but a proof reaches:
    a deck whose people are strict or lenient turns these over far more often than correct ones,
    and how often cannot be told from other decks. Correct ones are sure from the lowest
    confidence at which all sure grades together are right at the stated rate, as a mean over
    the sets, in every state: before and after people's verdicts.
    """
    for correct in SURE_GRID:
        rates = [_mean_right(sets, float(correct)) for sets in states]
        if min(rates) >= AGREEMENT:
            return rounded(correct), AGREEMENT
    return AGREEMENT, AGREEMENT


def rounded(value: float) -> float:
    """Four decimals: more would only make the files unreadable."""
    return round(float(value), 4)


def _alone(answers: Answers, calibration: Calibration) -> Pairs:
    rows = np.arange(len(answers.human))
    return graded(
        answers, logits_of(answers, calibration), rows, calibration, calibration.learn(())
    )


def _learned(answers: Answers, calibration: Calibration) -> Pairs:
    logits = logits_of(answers, calibration)
    parts = []
    for draw in draws(answers.questions, TRIALS):
        ruled = tuple(weighed(answers, logits, draw.ruled[:LEARNED_FROM]))
        strictness = calibration.learn(ruled)
        parts.append(graded(answers, logits, draw.measured, calibration, strictness))
    return joined(parts)


def _mean_right(sets: Sequence[Pairs], correct_from: float) -> float:
    """Mean over the sets of how many sure grades are right; a set without any has no say, and
    where no set has one, none is wrong."""
    rates = []
    for one in sets:
        assert one.confidence is not None
        sure = one.confidence >= np.where(one.other == CORRECT, correct_from, AGREEMENT)
        if sure.any():
            rates.append(np.mean(one.human[sure] == one.other[sure]))
    return float(np.mean(rates)) if rates else 1.0


def _by_family(intercepts: Floats, sets: Sequence[LabelledSet]) -> Floats:
    """One row of intercepts a family: sets with the same answers count once."""
    families: dict[str, list[Floats]] = {}
    for one, row in zip(sets, intercepts, strict=True):
        families.setdefault(one.family or one.name, []).append(row)
    return np.array([np.mean(rows, axis=0) for rows in families.values()])


def _thresholds(intercepts: Floats) -> tuple[Thresholds, float]:
    """Mean, spread and correlation of the two columns of intercepts, shape (families, 2).

    One family alone is known for what it is.
    """
    mean = intercepts.mean(axis=0)
    several = len(intercepts) > 1
    spread = intercepts.std(axis=0, ddof=1) if several else np.zeros(2)
    correlation = float(np.corrcoef(*intercepts.T)[0, 1]) if several else 0.0
    partial, correct = (
        Threshold(intercept=rounded(mean[i]), spread=rounded(spread[i])) for i in (0, 1)
    )
    return Thresholds(partial, correct), rounded(np.clip(correlation, 0.0, CLOSEST))


def _above(human: Ranks, expected: Floats) -> tuple[Floats, Floats]:
    """Answers at or above each cut of the grid, by human verdict, shape (3, cuts), and all."""
    reach = expected[:, None] >= GRID[None, :]
    given = np.stack([human == rank for rank in range(3)]).astype(np.float64)
    return given @ reach, given.sum(axis=1)


def _macro_f1(human: Ranks, expected: Floats) -> Floats:
    """Macro-F1 over the verdicts that people gave, for every low (rows) and high cut."""
    above, counts = _above(human, expected)
    reached = above.sum(axis=0)
    incorrect = _f1(counts[0] - above[0], counts[0], len(human) - reached)[:, None]
    correct = _f1(above[2], counts[2], reached)[None, :]
    hits = above[1][:, None] - above[1][None, :]
    partial = _f1(hits, counts[1], reached[:, None] - reached[None, :])
    by_verdict = np.stack(np.broadcast_arrays(incorrect, partial, correct))
    return np.asarray(by_verdict[counts > 0].mean(axis=0))


def _f1(hits: Floats, by_people: Floats, by_grader: Floats) -> Floats:
    return np.asarray(2 * hits / np.maximum(by_people + by_grader, 1.0))
