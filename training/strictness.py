"""What verdicts on a deck teach: every set left out, graded after 0 to 50 of its verdicts.

    python -m training.strictness --data DIR [--embedder bundled] \
        [--output evals/results/strictness]

For every set and draw, people rule on answers to one half of the questions and the grader is
measured on the other half. Writes OUTPUT.md and OUTPUT.json.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from evals.metrics import METRICS, TABLE_ONLY, Rows
from training.answers import Answers, AnswersBySet, graded, local_answers, logits_of, weighed
from training.calibrate import Signs, best_cuts, best_two_way_cut, expected_of, fit
from training.calibration import signs_of
from training.draws import COUNTS, DRAWS, Draw, draws
from training.examine import EVERYTHING, gather_examples, most_answers
from training.leave_one_out import calibrations
from training.sets import SETS, LabelledSet
from tutor.grading.calibration import Calibration, chances_of
from tutor.grading.strictness import Strictness
from tutor.inference.remembered import RememberingEmbedder
from tutor.settings import build_embedder

FIGURES = {
    "macro_f1_two_way": "Macro-F1, correct or not",
    "macro_f1": "Macro-F1, three verdicts",
    "accuracy": "Accuracy",
    "log_loss": "Log loss of the three probabilities",
    "ece": "ECE of the confidence, 10 bins",
    "accuracy_at_40": "Accuracy of the surest 40 %",
    "share_sure": "Share of sure grades",
    "accuracy_of_sure": "Accuracy of sure grades",
}
ORDERS = ("at random", "unsure first", "disputed only")
"""Answers that people rule on: any; those first that the grader is unsure of; only those that
they grade otherwise, as overrides are."""
_METRICS = tuple(metric for metric in (*METRICS, *TABLE_ONLY) if metric.name in FIGURES)
_LEAST_CHANCE = 1e-3
Figures = dict[str, float]
Report = dict[str, dict[str, dict[str, Figures]]]
"""Figures by set, by order (or "in-domain"), by number of verdicts."""


def main() -> None:
    """Simulate, print and write the tables."""
    parser = argparse.ArgumentParser(description="What verdicts on a deck teach.")
    parser.add_argument("--data", type=Path, required=True, help="folder of the labelled sets")
    parser.add_argument("--embedder", default="none", help="as TUTOR_EMBEDDER names it")
    parser.add_argument("--output", type=Path)
    arguments = parser.parse_args()
    model = build_embedder(arguments.embedder)
    embedder = RememberingEmbedder(model, EVERYTHING) if model else None
    examples = gather_examples(arguments.data, embedder, most_answers(arguments.embedder))
    signs = signs_of(embedder)
    answers = {s.name: local_answers(examples[s.name], list(signs)) for s in SETS}
    report = simulate(answers, signs)
    text = markdown(report, arguments.embedder)
    print(text)
    if arguments.output:
        arguments.output.with_suffix(".md").write_text(text, "utf-8")
        arguments.output.with_suffix(".json").write_text(json.dumps(report, indent=1), "utf-8")


def simulate(
    answers: AnswersBySet,
    signs: Signs,
    targets: Sequence[LabelledSet] = SETS,
    count: int = DRAWS,
) -> Report:
    """Figures of every target, each the mean over `count` draws."""
    fitted = calibrations(answers, signs, targets)
    report: Report = {}
    for target in targets:
        seen, calibration = answers[target.name], fitted[target.name]
        drawn = list(draws(seen.questions, count))
        found = {order: _learned(seen, calibration, drawn, order) for order in ORDERS}
        halves = [_fitted_on_half(seen, target, signs, draw) for draw in drawn]
        report[target.name] = {**found, "in-domain": {"all": _mean(halves)}}
    return report


def in_order(
    answers: Answers, calibration: Calibration, logits: np.ndarray, ruled: Rows, order: str
) -> Rows:
    """The rows to rule on in the named order."""
    if order == "at random":
        return ruled
    policy = graded(answers, logits, ruled, calibration, calibration.learn(()))
    assert policy.sure is not None
    if order == "disputed only":
        return np.compress(policy.human != policy.other, ruled)
    return np.concatenate([ruled[~policy.sure], ruled[policy.sure]])


def _learned(
    answers: Answers, calibration: Calibration, drawn: Sequence[Draw], order: str
) -> dict[str, Figures]:
    logits = logits_of(answers, calibration)
    found: dict[str, list[Figures]] = {str(count): [] for count in COUNTS}
    for draw in drawn:
        ruled = in_order(answers, calibration, logits, draw.ruled, order)
        for count in COUNTS:
            verdicts = tuple(weighed(answers, logits, ruled[:count]))
            strictness = calibration.learn(verdicts)
            found[str(count)].append(
                _figures(answers, calibration, logits, draw.measured, strictness)
            )
    return {count: _mean(figures) for count, figures in found.items()}


def _fitted_on_half(answers: Answers, target: LabelledSet, signs: Signs, draw: Draw) -> Figures:
    """The most that these signals give: fitted on every verdict of one half of the questions,
    with cuts of its own for two verdicts."""
    table = answers.at(draw.ruled)
    calibration = fit({target.name: table}, [target], signs, "in-domain")
    expected = expected_of(table, calibration)
    low, high = best_cuts([(table.ranks, expected)])
    three = calibration.model_copy(update={"incorrect_below": low, "correct_from": high})
    cut = best_two_way_cut(table.ranks, expected)
    two = calibration.model_copy(update={"incorrect_below": cut / 2, "correct_from": cut})
    logits, policy = logits_of(answers, calibration), calibration.learn(())
    figures = _figures(answers, three, logits, draw.measured, policy)
    best = _figures(answers, two, logits, draw.measured, policy)
    figures["macro_f1_two_way"] = best["macro_f1_two_way"]
    # It has no threshold of "unsure", which is chosen on other sets.
    return {name: value for name, value in figures.items() if "sure" not in name}


def _figures(
    answers: Answers,
    calibration: Calibration,
    logits: np.ndarray,
    rows: Rows,
    strictness: Strictness,
) -> Figures:
    pairs = graded(answers, logits, rows, calibration, strictness)
    found = {metric.name: metric.of(pairs, np.arange(pairs.size)) for metric in _METRICS}
    figures = {name: value for name, value in found.items() if isinstance(value, float)}
    return {**figures, "log_loss": _log_loss(answers, logits, rows, strictness)}


def _log_loss(answers: Answers, logits: np.ndarray, rows: Rows, strictness: Strictness) -> float:
    """Mean of -log of the probability of people's verdict, where signals decide."""
    losses = []
    for row in rows[answers.fitted[rows]]:
        chances = chances_of((logits[row, 0], logits[row, 1]), strictness.believed)
        losses.append(-np.log(max(chances[answers.human[row]], _LEAST_CHANCE)))
    return float(np.mean(losses))


def _mean(drawn: Sequence[Figures]) -> Figures:
    """Mean over the draws in which a figure is defined."""
    names = {name for figures in drawn for name in figures}
    return {
        name: float(np.mean([figures[name] for figures in drawn if name in figures]))
        for name in sorted(names)
    }


def markdown(report: Report, embedder: str) -> str:
    """A table of means over the sets, then a table a figure with every set."""
    chosen = "" if embedder == "none" else f" --embedder {embedder}"
    parts = [
        f"""# What verdicts on a deck teach

Made by `python -m training.strictness --data DIR{chosen}`. Every set is graded by a calibration
fitted on the sets unrelated to it, after 0 to 50 verdicts of its people on answers to one half
of its questions, and measured on the other half; means of {DRAWS} draws. `in-domain` is a
calibration fitted on all verdicts of the first half. With 0 verdicts it is the policy alone.

## Means over the sets

"""
    ]
    parts += [_means(report, order) for order in ORDERS]
    parts += [_by_set(report, name, title) for name, title in FIGURES.items()]
    return "\n".join(parts)


def _means(report: Report, order: str) -> str:
    head = [order, *map(str, COUNTS), "in-domain"]
    rows = []
    for name, title in FIGURES.items():
        columns = [*((order, str(count)) for count in COUNTS), ("in-domain", "all")]
        cells = [_over_sets(report, one, count, name) for one, count in columns]
        rows.append([title, *cells])
    return _table(head, rows)


def _over_sets(report: Report, order: str, count: str, name: str) -> str:
    figures = [one[order][count] for one in report.values()]
    found = [one[name] for one in figures if name in one]
    return f"{np.mean(found):.3f}" if found else "–"


def _by_set(report: Report, name: str, title: str) -> str:
    head = ["set", *(f"{count} verdicts" for count in COUNTS), "in-domain"]
    rows = []
    for target, orders in report.items():
        figures = [*(orders[ORDERS[0]][str(count)] for count in COUNTS), orders["in-domain"]["all"]]
        rows.append([target, *(_cell(one, name) for one in figures)])
    return f"## {title}\n\nRulings at random.\n\n" + _table(head, rows)


def _cell(figures: Mapping[str, float], name: str) -> str:
    return f"{figures[name]:.2f}" if name in figures else "–"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


if __name__ == "__main__":
    main()
