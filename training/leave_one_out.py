"""How well graders agree with people on sets that nothing was fitted on.

    python -m training.leave_one_out --data DIR [--embedder sentence-transformers:PATH] \
        [--output evals/results/leave-one-set-out]

For every set, grader and baselines are fitted, in the same way, on the sets unrelated to it,
and their cuts chosen on predictions for those; then they grade the set. Intervals are by
question. Writes OUTPUT.md and OUTPUT.json.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from evals.metrics import Estimate, Pairs, Resampling, difference, measure, ranks
from evals.similarity import CharacterCosine, EmbedderCosine, Similarity, TokenOverlap
from training.baselines import SIGNS, decide_by, judge, similarity_tables
from training.calibrate import DecideSet, Signs, Tables, choose_cuts, left_out
from training.calibration import signs_of
from training.examine import EVERYTHING, Examined, Examples, decide_with, gather_examples, labelled
from training.fit import MOST_ROWS
from training.sets import SETS, LabelledSet, unrelated
from tutor.grading.calibration import Calibration
from tutor.grading.decision import Decision, decide
from tutor.inference.embedder import Embedder
from tutor.inference.remembered import RememberingEmbedder
from tutor.settings import build_embedder

SHOWN = {
    "auroc": "AUROC",
    "pearson": "Pearson",
    "accuracy": "accuracy",
    "macro_f1": "macro-F1",
    "ece": "ECE",
    "accuracy_at_70": "surest 70 %",
    "accuracy_at_50": "surest 50 %",
    "share_sure": "sure",
    "accuracy_of_sure": "sure: accuracy",
}
Decide = Callable[[int, Examined, Calibration], Decision]


class Contender(NamedTuple):
    """A grader to compare: how it is fitted, and how it decides case `i` of a set."""

    name: str
    signs: Signs
    tables: Tables
    decide: Mapping[str, Decide]
    decide_set: DecideSet


def main() -> None:
    """Measure, print and write the table."""
    parser = argparse.ArgumentParser(description="Agreement on sets that were left out.")
    parser.add_argument("--data", type=Path, required=True, help="folder of the labelled sets")
    parser.add_argument("--embedder", default="none", help="as TUTOR_EMBEDDER names it")
    parser.add_argument("--resamples", type=int, default=1000)
    parser.add_argument("--output", type=Path)
    arguments = parser.parse_args()
    found = contenders(arguments.data, build_embedder(arguments.embedder))
    report = compare(*found, Resampling(resamples=arguments.resamples))
    text = heading(arguments.embedder) + markdown(report)
    print(text)
    if arguments.output:
        arguments.output.with_suffix(".md").write_text(text, "utf-8")
        arguments.output.with_suffix(".json").write_text(json.dumps(report, indent=1), "utf-8")


def contenders(folder: Path, model: Embedder | None) -> tuple[Examples, list[Contender]]:
    """The local grader and the baselines, without and with an embedder."""
    if model is None:
        examples = gather_examples(folder, None)
        found = [_local("local", examples, None)]
    else:
        embedder = RememberingEmbedder(model, EVERYTHING)
        examples = gather_examples(folder, embedder)
        found = [
            _local("local", examples, None),
            _local("local, embedder", examples, embedder),
            _baseline("embedder cosine", examples, EmbedderCosine(embedder)),
        ]
    found.append(_baseline("token overlap", examples, TokenOverlap()))
    found.append(_baseline("character cosine", examples, CharacterCosine()))
    return examples, found


def _local(name: str, examples: Examples, embedder: Embedder | None) -> Contender:
    signs = signs_of(embedder)
    tables = {s.name: labelled(examples[s.name], list(signs)) for s in SETS}
    deciders = {s.name: _local_decider(examples[s.name]) for s in SETS}
    return Contender(name, signs, tables, deciders, decide_with(examples))


def _local_decider(examined: Sequence[Examined]) -> Decide:
    return lambda i, _, calibration: decide(examined[i].evidence, calibration)


def _baseline(name: str, examples: Examples, similarity: Similarity) -> Contender:
    tables = similarity_tables(examples, similarity)
    deciders = {s.name: _similarity_decider(tables[s.name].signals[:, 0]) for s in SETS}
    return Contender(name, SIGNS, tables, deciders, decide_by(tables))


def _similarity_decider(values: np.ndarray) -> Decide:
    return lambda i, _, calibration: judge(float(values[i]), calibration)


def compare(
    examples: Examples, found: Sequence[Contender], resampling: Resampling
) -> dict[str, dict[str, object]]:
    """Figures with intervals for every set and grader, and local minus the others."""
    fitted = {one.name: _calibrations(one) for one in found}
    report: dict[str, dict[str, object]] = {}
    for target in SETS:
        cases = examples[target.name]
        pairs = {one.name: _pairs(cases, one, target, fitted[one.name]) for one in found}
        figures = {name: _dump(measure(each, resampling)) for name, each in pairs.items()}
        gaps = {
            name: _dump(difference(pairs["local"], each, resampling))
            for name, each in pairs.items()
            if name != "local"
        }
        report[target.name] = {
            "answers": len(cases),
            "questions": len({one.case.question for one in cases}),
            "graders": figures,
            "local_minus": gaps,
        }
    return report


def _calibrations(one: Contender) -> dict[str, Calibration]:
    """For every set, the calibration fitted on the others, with cuts chosen on the others."""
    fitted = left_out(one.tables, one.signs)
    chosen = {}
    for target in SETS:
        others = {s.name: fitted[s.name] for s in unrelated(target)}
        cuts = choose_cuts(one.tables, one.signs, others, one.decide_set)
        chosen[target.name] = fitted[target.name].model_copy(update=cuts._asdict())
    return chosen


def _pairs(
    cases: Sequence[Examined],
    one: Contender,
    target: LabelledSet,
    fitted: Mapping[str, Calibration],
) -> Pairs:
    calibration, decider = fitted[target.name], one.decide[target.name]
    decisions = [decider(i, case, calibration) for i, case in enumerate(cases)]
    return Pairs(
        questions=np.array([c.case.question for c in cases], dtype=np.str_),
        human=ranks([c.case.verdict for c in cases]),
        other=ranks([d.verdict for d in decisions]),
        human_score=np.array([c.case.score for c in cases]),
        other_score=np.array([d.score for d in decisions]),
        confidence=np.array([d.confidence for d in decisions]),
        sure=np.array([not d.unsure for d in decisions], dtype=np.bool_),
    )


def _dump(estimates: Mapping[str, Estimate]) -> dict[str, dict[str, object]]:
    return {name: estimates[name].model_dump(exclude_none=True) for name in SHOWN}


def heading(embedder: str) -> str:
    """What the table shows, and the command that makes it."""
    chosen = "" if embedder == "none" else " --embedder sentence-transformers:PATH"
    sample = (
        ""
        if embedder == "none"
        else f"Of each set at most {int(MOST_ROWS):,} answers, drawn at random. "
    )
    command = f"`python -m training.leave_one_out --data DIR{chosen}`"
    return f"""# Agreement with people on sets that were left out

Made by {command}. For every set, grader and baselines
were fitted on the sets unrelated to it, in the same way, and their cuts chosen on those.
Three-way verdicts (human scores from .85 up are correct, below .25 incorrect); 95 %
intervals by question. {sample}`sure` is the share of grades that are not unsure.

"""


def markdown(report: Mapping[str, Mapping[str, object]]) -> str:
    """The report as a table, a block a set."""
    lines = [
        "| set | grader | " + " | ".join(SHOWN.values()) + " |",
        "|---|---|" + "---|" * len(SHOWN),
    ]
    for name, entry in report.items():
        title = f"{name} ({entry['answers']} answers, {entry['questions']} questions)"
        graders = entry["graders"]
        assert isinstance(graders, dict)
        for grader, figures in graders.items():
            cells = " | ".join(_cell(figures[metric]) for metric in SHOWN)
            lines.append(f"| {title} | {grader} | {cells} |")
            title = ""
    return "\n".join(lines) + "\n"


def _cell(figure: Mapping[str, float]) -> str:
    if "value" not in figure:
        return "–"
    if "low" not in figure:
        return f"{figure['value']:.2f}"
    return f"{figure['value']:.2f} ({figure['low']:.2f}–{figure['high']:.2f})"


if __name__ == "__main__":
    main()
