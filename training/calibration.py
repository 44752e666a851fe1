"""Fit the calibration that the local grader ships, for an embedder or for none.

    python -m training.calibration --data DIR --output tutor/grading/data/calibrations/text.json
    python -m training.calibration --data DIR --embedder sentence-transformers:PATH --name NAME \
        --output FILE

`DIR` holds the labelled sets of `training/sets.py`. Only sets whose licence allows it are
fitted on. The cuts and the threshold of "unsure" are chosen on predictions for sets that
were left out of the fit, so they hold for decks that the grader has not seen.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np

from training.examine import Examined, examine, is_settled, labelled, rank
from training.fit import Labelled, fit_threshold, standardise
from training.sets import SETS, LabelledSet, read_set, unrelated
from tutor.grading.calibration import Calibration, Threshold, Weighting, expected_score
from tutor.grading.decision import decide
from tutor.grading.local import LocalGrader
from tutor.grading.signals.panel import SIGNALS
from tutor.inference.embedder import Embedder, fingerprint
from tutor.inference.remembered import RememberingEmbedder
from tutor.settings import build_embedder

TEXT_SIGNALS = ("mean_point", "new_f1", "length_ratio")
COSINE_SIGNALS = (*TEXT_SIGNALS, "whole_cosine", "point_cosine")
AGREEMENT = 0.80
"""Share of sure grades that should agree with people on sets that were not fitted on."""
_MOST_PER_SET = 1000
Examples = Mapping[str, tuple[Examined, ...]]


class Cuts(NamedTuple):
    """Expected scores between the verdicts, and the confidence below which to be unsure."""

    incorrect_below: float = 0.33
    correct_from: float = 0.62
    unsure_below: float = 0.6


def untrained(embedder: Embedder | None) -> LocalGrader:
    """A grader to gather evidence with; its calibration weighs nothing yet."""
    flat = Threshold(intercept=0.0, spread=0.0)
    calibration = Calibration(
        name="untrained", embedder="none", weights=(), partial=flat, correct=flat,
        incorrect_below=0.3, correct_from=0.6, unsure_below=0.6,
    )  # fmt: skip
    return LocalGrader(calibration, embedder)


def gather_examples(folder: Path, embedder: Embedder | None) -> Examples:
    """The evidence about every answer of every set."""
    grader = untrained(embedder)
    return {s.name: examine(read_set(folder, s), grader) for s in SETS}


def fit(
    examples: Examples, sets: Sequence[LabelledSet], signals: Sequence[str], cuts: Cuts, name: str
) -> Calibration:
    """Fit both thresholds on the named sets."""
    data = [labelled(examples[s.name], signals) for s in sets]
    mean, scale = standardise(data)
    centred = [Labelled((d.signals - mean) / scale, d.ranks) for d in data]
    signs = [SIGNALS[name].sign for name in signals]
    partial, correct = (fit_threshold(centred, signs, rank=rank) for rank in (1, 2))
    weights = tuple(
        Weighting(
            signal=signal, sign=SIGNALS[signal].sign, mean=_short(mean[i]), scale=_short(scale[i]),
            partial=_short(partial.weights[i]), correct=_short(correct.weights[i]),
        )
        for i, signal in enumerate(signals)
    )  # fmt: skip
    return Calibration(
        name=name, embedder="none", weights=weights,
        partial=_threshold(partial.intercepts, sets), correct=_threshold(correct.intercepts, sets),
        incorrect_below=cuts.incorrect_below, correct_from=cuts.correct_from,
        unsure_below=cuts.unsure_below,
    )  # fmt: skip


def _threshold(intercepts: np.ndarray, sets: Sequence[LabelledSet]) -> Threshold:
    """Mean and spread of the intercepts; sets with the same answers count once."""
    families: dict[str, list[float]] = {}
    for one, intercept in zip(sets, intercepts, strict=True):
        families.setdefault(one.family or one.name, []).append(float(intercept))
    means = np.array([np.mean(values) for values in families.values()])
    return Threshold(intercept=_short(means.mean()), spread=_short(means.std(ddof=1)))


def left_out(examples: Examples, signals: Sequence[str], cuts: Cuts) -> dict[str, Calibration]:
    """For every set, the calibration fitted on the sets unrelated to it."""
    return {s.name: fit(examples, unrelated(s), signals, cuts, f"without-{s.name}") for s in SETS}


class Prediction(NamedTuple):
    """What a calibration that never saw the set expects of one answer, and what people said."""

    expected: float
    chances: tuple[float, float, float]
    human: int
    weight: float


def predictions(examples: Examples, calibrations: Mapping[str, Calibration]) -> list[Prediction]:
    """Predictions for all open cases of all sets, large sets weighted down."""
    found = []
    for name, calibration in calibrations.items():
        open_cases = [one for one in examples[name] if not is_settled(one.evidence)]
        weight = min(1.0, _MOST_PER_SET / len(open_cases))
        for case, evidence in open_cases:
            values = {n: SIGNALS[n].measure(evidence) for n in calibration.signals}
            chances = calibration.probabilities(values)
            found.append(
                Prediction(expected_score(chances), chances, rank(case.verdict), weight)
            )
    return found


def choose_cuts(found: Sequence[Prediction]) -> Cuts:
    """The cuts with the best weighted macro-F1, and the unsure threshold that makes sure
    grades agree with people at the stated rate."""
    expected = np.array([p.expected for p in found])
    human = np.array([p.human for p in found])
    weight = np.array([p.weight for p in found])
    grid = np.arange(0.10, 0.90, 0.02)
    low, high = max(
        ((a, b) for a in grid for b in grid if a + 0.1 <= b),
        key=lambda cut: _macro_f1(human, _verdicts(expected, *cut), weight),
    )
    machine = _verdicts(expected, low, high)
    confidence = np.array([p.chances[m] for p, m in zip(found, machine, strict=True)])
    return Cuts(_short(low), _short(high), _unsure_below(confidence, machine == human, weight))


def _verdicts(expected: np.ndarray, low: float, high: float) -> np.ndarray:
    return (expected >= low).astype(int) + (expected >= high)


def _macro_f1(human: np.ndarray, machine: np.ndarray, weight: np.ndarray) -> float:
    total = 0.0
    for label in range(3):
        both = weight[(human == label) & (machine == label)].sum()
        total += 2 * both / (weight[human == label].sum() + weight[machine == label].sum())
    return total / 3


def _unsure_below(confidence: np.ndarray, right: np.ndarray, weight: np.ndarray) -> float:
    """The lowest confidence from which on answers are right at the stated rate."""
    for threshold in np.arange(0.40, 0.95, 0.01):
        kept = confidence >= threshold
        if kept.any() and np.average(right[kept], weights=weight[kept]) >= AGREEMENT:
            return _short(threshold)
    return 0.95


def _short(value: float) -> float:
    return round(float(value), 4)


def main() -> None:
    """Fit, choose the cuts, and write the calibration."""
    parser = argparse.ArgumentParser(description="Fit a calibration of the local grader.")
    parser.add_argument("--data", type=Path, required=True, help="folder of the labelled sets")
    parser.add_argument("--embedder", default="none", help="as TUTOR_EMBEDDER names it")
    parser.add_argument("--name", default="text-1", help="name of the calibration")
    parser.add_argument("--output", type=Path, required=True)
    arguments = parser.parse_args()
    model = build_embedder(arguments.embedder)
    embedder = RememberingEmbedder(model) if model else None
    signals = COSINE_SIGNALS if embedder else TEXT_SIGNALS
    examples = gather_examples(arguments.data, embedder)
    cuts = choose_cuts(predictions(examples, left_out(examples, signals, Cuts())))
    fitted = [s for s in SETS if s.fitted]
    calibration = fit(examples, fitted, signals, cuts, arguments.name).model_copy(
        update={
            "embedder": arguments.embedder.rsplit("/", 1)[-1],
            "fingerprint": fingerprint(embedder) if embedder else (),
            "provenance": {
                "script": "training/calibration.py",
                "fitted_on": {s.name: f"{len(examples[s.name])} answers, {s.licence}" for s in fitted},
            },
        }
    )  # fmt: skip
    arguments.output.parent.mkdir(parents=True, exist_ok=True)
    arguments.output.write_text(calibration.model_dump_json(indent=2) + "\n", "utf-8")
    print(f"{arguments.output}: {cuts}")


if __name__ == "__main__":
    main()
