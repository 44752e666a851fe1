"""How well graders agree with people on sets that nothing was fitted on.

    python -m training.leave_one_out --data DIR [--embedder bundled] \
        [--output evals/results/leave-one-set-out]

For every set, grader and baselines are fitted, in the same way, on the sets unrelated to it,
and their cuts chosen on predictions for those; then they grade the set, as it is and after 20
verdicts of its people. Intervals are by question. Writes OUTPUT.md and OUTPUT.json.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from evals.metrics import METRICS, TABLE_ONLY, Estimate, Pairs, Resampling, difference, measure
from evals.people import rater_pairs
from evals.similarity import CharacterCosine, EmbedderCosine, Similarity, TokenOverlap
from training.answers import (
    Answers,
    AnswersBySet,
    graded,
    local_answers,
    logits_of,
    similarity_answers,
    weighed,
)
from training.baselines import SIGNS
from training.calibrate import LEARNED_FROM, Signs, choose_cuts, left_out
from training.calibration import signs_of
from training.draws import DRAWS, draws
from training.examine import EVERYTHING, Examples, gather_examples, most_answers
from training.sets import SETS, LabelledSet, unrelated
from tutor.grading.calibration import Calibration
from tutor.inference.embedder import Embedder
from tutor.inference.remembered import RememberingEmbedder
from tutor.settings import build_embedder

SHOWN = {
    "auroc": "AUROC",
    "pearson": "Pearson",
    "accuracy": "accuracy",
    "macro_f1": "macro-F1",
    "macro_f1_two_way": "macro-F1, 2-way",
    "ece": "ECE",
    "accuracy_at_70": "surest 70 %",
    "accuracy_at_50": "surest 50 %",
    "accuracy_at_40": "surest 40 %",
    "share_sure": "sure",
    "accuracy_of_sure": "sure: accuracy",
}
AFTER = ("accuracy", "macro_f1", "macro_f1_two_way", "ece", "accuracy_at_40", "share_sure",
         "accuracy_of_sure")  # fmt: skip
"""Figures that verdicts can change: learning keeps the order of the scores."""
_MEASURED = tuple(metric for metric in (*METRICS, *TABLE_ONLY) if metric.name in SHOWN)
_COMPARED = tuple(metric for metric in _MEASURED if metric.name in ("auroc", *AFTER[:4]))
Report = dict[str, dict[str, object]]


class Contender(NamedTuple):
    """A grader to compare, and what it knows of the answers of every set."""

    name: str
    signs: Signs
    answers: AnswersBySet


def main() -> None:
    """Measure, print and write the table."""
    parser = argparse.ArgumentParser(description="Agreement on sets that were left out.")
    parser.add_argument("--data", type=Path, required=True, help="folder of the labelled sets")
    parser.add_argument("--embedder", default="none", help="as TUTOR_EMBEDDER names it")
    parser.add_argument("--resamples", type=int, default=1000)
    parser.add_argument("--output", type=Path)
    arguments = parser.parse_args()
    most = most_answers(arguments.embedder)
    model = build_embedder(arguments.embedder)
    embedder = RememberingEmbedder(model, EVERYTHING) if model else None
    examples = gather_examples(arguments.data, embedder, most)
    found = contenders(examples, embedder)
    report = compare(examples, found, Resampling(resamples=arguments.resamples))
    text = heading(arguments.embedder, most, arguments.resamples) + markdown(report)
    print(text)
    if arguments.output:
        arguments.output.with_suffix(".md").write_text(text, "utf-8")
        arguments.output.with_suffix(".json").write_text(json.dumps(report, indent=1), "utf-8")


def contenders(examples: Examples, embedder: Embedder | None) -> list[Contender]:
    """The local grader and the baselines, with an embedder and without; the grader first."""
    found = [_local("local", examples, embedder)]
    if embedder is not None:
        found.append(_local("local, no embedder", examples, None))
        found.append(_baseline("embedder cosine", examples, EmbedderCosine(embedder)))
    found.append(_baseline("token overlap", examples, TokenOverlap()))
    found.append(_baseline("character cosine", examples, CharacterCosine()))
    return found


def _local(name: str, examples: Examples, embedder: Embedder | None) -> Contender:
    signs = signs_of(embedder)
    answers = {s.name: local_answers(examples[s.name], list(signs)) for s in SETS}
    return Contender(name, signs, answers)


def _baseline(name: str, examples: Examples, similarity: Similarity) -> Contender:
    answers = {s.name: similarity_answers(examples[s.name], similarity) for s in SETS}
    return Contender(name, SIGNS, answers)


def compare(examples: Examples, found: Sequence[Contender], resampling: Resampling) -> Report:
    """Figures with intervals for every set and grader, and the first minus the others."""
    fitted = {one.name: calibrations(one.answers, one.signs) for one in found}
    report: Report = {}
    for target in SETS:
        seen = {
            one.name: (one.answers[target.name], fitted[one.name][target.name]) for one in found
        }
        pairs = {name: zero_shot(*each) for name, each in seen.items()}
        first, *others = pairs.values()
        report[target.name] = {
            "answers": first.size,
            "questions": len(np.unique(first.questions)),
            "graders": {name: _figures(each, resampling) for name, each in pairs.items()},
            "after": {name: after_verdicts(*each) for name, each in seen.items()},
            "people": _people(examples, target.name, resampling),
            "first_minus": {
                name: _dump(difference(first, each, resampling, _COMPARED))
                for name, each in zip(list(pairs)[1:], others, strict=True)
            },
        }
    return report


def calibrations(
    answers: AnswersBySet, signs: Signs, targets: Sequence[LabelledSet] = SETS
) -> dict[str, Calibration]:
    """For every target, the calibration fitted on the others, with cuts chosen on the others."""
    fitted = left_out(answers, signs)
    chosen = {}
    for target in targets:
        others = {s.name: fitted[s.name] for s in unrelated(target)}
        cuts = choose_cuts(answers, others)
        chosen[target.name] = fitted[target.name].model_copy(update=cuts._asdict())
    return chosen


def zero_shot(answers: Answers, calibration: Calibration) -> Pairs:
    """A whole set as the grader grades it unseen."""
    rows = np.arange(len(answers.human))
    logits = logits_of(answers, calibration)
    return graded(answers, logits, rows, calibration, calibration.learn(()))


def after_verdicts(answers: Answers, calibration: Calibration) -> dict[str, float]:
    """Figures after verdicts on answers to half of the questions, on the other half: means."""
    logits = logits_of(answers, calibration)
    metrics = [metric for metric in _MEASURED if metric.name in AFTER]
    drawn: dict[str, list[float]] = {metric.name: [] for metric in metrics}
    for draw in draws(answers.questions):
        ruled = tuple(weighed(answers, logits, draw.ruled[:LEARNED_FROM]))
        strictness = calibration.learn(ruled)
        pairs = graded(answers, logits, draw.measured, calibration, strictness)
        for metric in metrics:
            value = metric.of(pairs, np.arange(pairs.size))
            if isinstance(value, float):
                drawn[metric.name].append(value)
    return {name: float(np.mean(values)) for name, values in drawn.items() if values}


def _people(examples: Examples, name: str, resampling: Resampling) -> dict[str, object] | None:
    """Each rater against the majority of the others: the ceiling, where a set has raters."""
    pairs = rater_pairs([one.case for one in examples[name]])
    return None if pairs is None else _figures(pairs, resampling)


def _figures(pairs: Pairs, resampling: Resampling) -> dict[str, object]:
    return _dump(measure(pairs, resampling, _MEASURED))


def _dump(estimates: Mapping[str, Estimate]) -> dict[str, object]:
    return {name: one.model_dump(exclude_none=True) for name, one in estimates.items()}


def heading(embedder: str, most: int | None, resamples: int) -> str:
    """What the table shows, and the command that makes it."""
    named = embedder if embedder in ("none", "bundled") else "sentence-transformers:PATH"
    chosen = "" if embedder == "none" else f" --embedder {named}"
    sample = f"Of each set at most {most:,} answers, drawn at random.\n" if most else ""
    return f"""# Agreement with people on sets that were left out

Made by `python -m training.leave_one_out --data DIR{chosen}`.
For every set, grader and baselines were fitted on the sets unrelated to it, in the same way,
and their cuts chosen on those. Three-way verdicts (human scores from .85 up are correct, below
.25 incorrect); `2-way` is correct or not; 95 % intervals by question, {resamples:,} resamples.
{sample}`sure` is the share of grades that are not unsure. `people`: each rater against the
majority of the others.

`after {LEARNED_FROM}`: every grader has learned the set's strictness from {LEARNED_FROM} verdicts
on answers to one half of the questions, drawn at random, and is measured on the other half;
means of {DRAWS} draws, so only roughly comparable with the figures on all questions.

"""


def markdown(report: Report) -> str:
    """The report as a table, a block a set."""
    lines = [
        "| set | grader | " + " | ".join(SHOWN.values()) + " |",
        "|---|---|" + "---|" * len(SHOWN),
    ]
    for name, entry in report.items():
        title = f"{name} ({entry['answers']} answers, {entry['questions']} questions)"
        for grader, cells in _rows(entry):
            lines.append(f"| {title} | {grader} | {' | '.join(cells)} |")
            title = ""
    return "\n".join(lines) + "\n"


def _rows(entry: Mapping[str, object]) -> list[tuple[str, list[str]]]:
    graders, after, people = entry["graders"], entry["after"], entry["people"]
    assert isinstance(graders, dict)
    assert isinstance(after, dict)
    rows = []
    for grader, figures in graders.items():
        rows.append((grader, [_cell(figures[metric]) for metric in SHOWN]))
        learned = [f"{after[grader][m]:.2f}" if m in after[grader] else "" for m in SHOWN]
        rows.append((f"{grader}, after {LEARNED_FROM}", learned))
    if isinstance(people, dict):
        rows.append(("people", [_cell(people[metric]) for metric in SHOWN]))
    return rows


def _cell(figure: Mapping[str, float]) -> str:
    if "value" not in figure:
        return "–"
    if "low" not in figure:
        return f"{figure['value']:.2f}"
    return f"{figure['value']:.2f} ({figure['low']:.2f}–{figure['high']:.2f})"


if __name__ == "__main__":
    main()
