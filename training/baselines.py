"""Fit the calibrations of the baselines in evals, in the same way as the grader's own.

    python -m training.baselines --data DIR [--embedder sentence-transformers:PATH --name NAME]

Writes `evals/calibrations/overlap.json` and `cosine.json`; with an embedder, `cosine-NAME.json`.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from evals.baselines import CALIBRATIONS, SIGNAL
from evals.cases import VERDICTS
from evals.similarity import CharacterCosine, EmbedderCosine, Similarity, TokenOverlap
from training.calibrate import Decided, DecideSet, Signs, Tables, fit_everything
from training.calibration import provenance
from training.examine import Examples, column, gather_examples
from training.sets import SETS
from tutor.grading.calibration import Calibration, expected_score
from tutor.grading.decision import Decision
from tutor.inference.embedder import fingerprint
from tutor.inference.remembered import RememberingEmbedder
from tutor.settings import build_embedder

SIGNS: Signs = {SIGNAL: 1}


def similarity_tables(examples: Examples, similarity: Similarity) -> Tables:
    """The similarity of every answer to its references, as one signal."""
    return {
        s.name: column(
            [similarity(case.item, case.answer) for case, _ in examples[s.name]],
            [case for case, _ in examples[s.name]],
        )
        for s in SETS
    }


def decide_by(tables: Tables) -> DecideSet:
    """Grades the cases of a set by their similarity alone."""

    def decided(name: str, calibration: Calibration) -> list[Decided]:
        rows = tables[name]
        graded = [judge(float(value), calibration) for value in rows.signals[:, 0]]
        return [
            Decided(decision.confidence, VERDICTS.index(decision.verdict) == rank)
            for decision, rank in zip(graded, rows.ranks, strict=True)
        ]

    return decided


def judge(similarity: float, calibration: Calibration) -> Decision:
    """The verdict on one similarity."""
    chances = calibration.probabilities({SIGNAL: similarity})
    expected = expected_score(chances)
    verdict = calibration.verdict(expected)
    confidence = float(getattr(chances, verdict))
    return Decision(verdict, expected, confidence, confidence < calibration.unsure_below)


def calibrate_baseline(examples: Examples, similarity: Similarity, name: str) -> Calibration:
    """The calibration of one similarity."""
    tables = similarity_tables(examples, similarity)
    calibration = fit_everything(tables, SIGNS, name, decide_by(tables))
    return calibration.model_copy(update={"provenance": provenance("training.baselines", examples)})


def main() -> None:
    """Fit and write the calibrations."""
    parser = argparse.ArgumentParser(description="Fit the calibrations of the baselines.")
    parser.add_argument("--data", type=Path, required=True, help="folder of the labelled sets")
    parser.add_argument("--embedder", default="none", help="as TUTOR_EMBEDDER names it")
    parser.add_argument("--name", default="", help="name of the embedder's model")
    arguments = parser.parse_args()
    model = build_embedder(arguments.embedder)
    examples = gather_examples(arguments.data, None)
    if model is None:
        for similarity in (TokenOverlap(), CharacterCosine()):
            _write(
                calibrate_baseline(examples, similarity, f"{similarity.name}-1"), similarity.name
            )
        return
    embedder = RememberingEmbedder(model)
    cosine = EmbedderCosine(embedder)
    calibration = calibrate_baseline(examples, cosine, f"cosine-{arguments.name}").model_copy(
        update={"embedder": arguments.name, "fingerprint": fingerprint(embedder)}
    )
    _write(calibration, f"cosine-{arguments.name}")


def _write(calibration: Calibration, name: str) -> None:
    path = CALIBRATIONS / f"{name}.json"
    path.write_text(calibration.model_dump_json(indent=2) + "\n", "utf-8")
    print(f"wrote {path}")


if __name__ == "__main__":
    main()
