"""Fit the calibrations of the baselines in evals, in the same way as the grader's own.

    python -m training.baselines --data DIR [--embedder sentence-transformers:PATH --name NAME]

Writes `evals/calibrations/overlap.json` and `cosine.json`; with an embedder, `cosine-NAME.json`.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from evals.baselines import CALIBRATIONS, SIGNAL
from evals.similarity import CharacterCosine, EmbedderCosine, Similarity, TokenOverlap
from training.answers import similarity_answers
from training.calibrate import Signs, fit_everything
from training.calibration import provenance
from training.examine import Examples, gather_examples, most_answers
from training.sets import SETS
from tutor.grading.calibration import Calibration
from tutor.inference.embedder import fingerprint
from tutor.inference.remembered import RememberingEmbedder
from tutor.settings import build_embedder

SIGNS: Signs = {SIGNAL: 1}


def calibrate_baseline(examples: Examples, similarity: Similarity, name: str) -> Calibration:
    """The calibration of one similarity."""
    answers = {s.name: similarity_answers(examples[s.name], similarity) for s in SETS}
    calibration = fit_everything(answers, SIGNS, name)
    return calibration.model_copy(update={"provenance": provenance("training.baselines", examples)})


def main() -> None:
    """Fit and write the calibrations."""
    parser = argparse.ArgumentParser(description="Fit the calibrations of the baselines.")
    parser.add_argument("--data", type=Path, required=True, help="folder of the labelled sets")
    parser.add_argument("--embedder", default="none", help="as TUTOR_EMBEDDER names it")
    parser.add_argument("--name", default="", help="name of the embedder's model")
    arguments = parser.parse_args()
    model = build_embedder(arguments.embedder)
    examples = gather_examples(arguments.data, None, most_answers(arguments.embedder))
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
