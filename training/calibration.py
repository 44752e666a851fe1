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
from pathlib import Path
from typing import Any

from training.answers import local_answers
from training.calibrate import Signs, fit_everything
from training.examine import EVERYTHING, Examples, gather_examples, most_answers
from training.sets import SETS
from tutor.grading.calibration import Calibration
from tutor.grading.signals.panel import SIGNALS
from tutor.inference.embedder import Embedder, fingerprint
from tutor.inference.remembered import RememberingEmbedder
from tutor.settings import build_embedder

TEXT_SIGNALS = ("credit", "firm_credit", "new_f1")
"""More signals rank no better on sets that were left out; how long an answer is does, but
would reward padding."""
COSINE_SIGNALS = ("near_credit", "firm_credit", "new_f1")
"""Cosines of whole answers and clauses add nothing to those of single words."""


def signs_of(embedder: Embedder | None) -> Signs:
    """The signals that are weighed with an embedder, or without one."""
    return {name: SIGNALS[name].sign for name in (COSINE_SIGNALS if embedder else TEXT_SIGNALS)}


def calibrate(examples: Examples, embedder: Embedder | None, name: str) -> Calibration:
    """The calibration for an embedder, or for none, from the evidence about every answer."""
    signs = signs_of(embedder)
    answers = {s.name: local_answers(examples[s.name], list(signs)) for s in SETS}
    calibration = fit_everything(answers, signs, name)
    return calibration.model_copy(
        update={
            "embedder": "none" if embedder is None else name,
            "fingerprint": fingerprint(embedder) if embedder else (),
            "provenance": provenance("training.calibration", examples),
        }
    )


def provenance(script: str, examples: Examples) -> dict[str, Any]:
    """What a calibration was fitted on: every set with its size and licence."""
    return {
        "script": f"python -m {script}",
        "fitted_on": {
            s.name: f"{len(examples[s.name])} answers, {s.licence}" for s in SETS if s.fitted
        },
    }


def main() -> None:
    """Fit, choose the cuts, and write the calibration."""
    parser = argparse.ArgumentParser(description="Fit a calibration of the local grader.")
    parser.add_argument("--data", type=Path, required=True, help="folder of the labelled sets")
    parser.add_argument("--embedder", default="none", help="as TUTOR_EMBEDDER names it")
    parser.add_argument("--name", default="text-1", help="name of the calibration")
    parser.add_argument("--output", type=Path, required=True)
    arguments = parser.parse_args()
    model = build_embedder(arguments.embedder)
    embedder = RememberingEmbedder(model, EVERYTHING) if model else None
    examples = gather_examples(arguments.data, embedder, most_answers(arguments.embedder))
    calibration = calibrate(examples, embedder, arguments.name)
    arguments.output.parent.mkdir(parents=True, exist_ok=True)
    arguments.output.write_text(calibration.model_dump_json(indent=2) + "\n", "utf-8")
    print(f"wrote {arguments.output}")


if __name__ == "__main__":
    main()
