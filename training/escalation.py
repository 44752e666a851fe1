"""When a local grade is good enough, and when a judge should be asked.

    python -m training.escalation --data DIR --embedder bundled \
        --calibration tutor/grading/data/calibrations/bundled.json \
        [--output evals/results/escalation]

Chooses, for several rates of agreement with people, from which confidence a sure local grade
stands, and writes the table into the calibration, which must be that of the embedder. Every set
is graded by a calibration that was fitted without it, and measured by confidences that were
chosen without it. OUTPUT.md and OUTPUT.json say what came out.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from evals.cases import VERDICTS
from evals.metrics import Resampling
from evals.people import rater_pairs
from training.calibrate import rounded
from training.calibration import signs_of
from training.escalation_choice import RULES, Rule, choose
from training.escalation_measure import (
    Measured,
    family_mean,
    measure_standing,
    routes,
    telling,
    witness,
)
from training.escalation_report import Findings, as_json, markdown
from training.examine import EVERYTHING, Examples, gather_examples, most_answers
from training.sets import OWN, SETS, LabelledSet
from training.standing import StatedSet, Thresholds, state
from tutor.grading.calibration import Calibration, load_calibration
from tutor.grading.escalation import Enough
from tutor.grading.item import ItemKind
from tutor.inference.embedder import fingerprint
from tutor.inference.remembered import RememberingEmbedder
from tutor.settings import build_embedder

AGREEMENTS = (0.85, 0.90, 0.95, 0.98)
SHIPPED: Rule = "each"
"""The rule whose thresholds are shipped. What stands under it agrees at the chosen rate whatever
the mix of verdicts; all together, sure verdicts make up for others on the decks that have them."""

OWN_FAMILY = "own"
"""Sets that language models labelled, which are no people."""
_FILLS = str(Path(OWN).with_name("cloze_fills.jsonl"))
FILLS = tuple(
    LabelledSet(f"cloze_fills_{name}", (_FILLS,), "MIT", family=OWN_FAMILY, fitted=False, half=half)
    for half, name in enumerate(("even", "odd"))
)
NEAR_COPIES = LabelledSet(
    "near_copies",
    (str(Path(OWN).with_name("near_copies.jsonl")),),
    "MIT",
    family=OWN_FAMILY,
    fitted=False,
)
"""Measured only: one decisive word is changed in most of them."""


def main() -> None:
    """Choose, measure on sets left out, and write."""
    parser = argparse.ArgumentParser(description="When a local grade needs no judge.")
    parser.add_argument("--data", type=Path, required=True, help="folder of the labelled sets")
    parser.add_argument("--embedder", default="none", help="as TUTOR_EMBEDDER names it")
    parser.add_argument("--calibration", type=Path, required=True, help="file to write it into")
    parser.add_argument("--resamples", type=int, default=1000)
    parser.add_argument("--output", type=Path)
    arguments = parser.parse_args()
    model = build_embedder(arguments.embedder)
    embedder = RememberingEmbedder(model, EVERYTHING) if model else None
    found_by = fingerprint(embedder) if embedder else ()
    calibration = load_calibration(arguments.calibration, arguments.embedder, found_by)
    extra = (*FILLS, NEAR_COPIES)
    most = most_answers(arguments.embedder)
    examples = gather_examples(arguments.data, embedder, most, (*SETS, *extra))
    stated = state(examples, signs_of(embedder), extra)
    resampling = Resampling(resamples=arguments.resamples)
    findings = find(stated, resampling, raters_agreement(examples))
    shipped = with_table(calibration, stated, findings)
    arguments.calibration.write_text(shipped.model_dump_json(indent=2) + "\n", "utf-8")
    text = markdown(findings, shipped, arguments.embedder)
    print(text)
    if arguments.output:
        arguments.output.with_suffix(".md").write_text(text, "utf-8")
        report = json.dumps(as_json(findings, shipped), indent=1)
        arguments.output.with_suffix(".json").write_text(report + "\n", "utf-8")


def find(stated: Sequence[StatedSet], resampling: Resampling, raters: float) -> Findings:
    """What stands of every set by every rule, with the sets left out."""
    chosen_on = _chosen_on(stated)
    return Findings(
        measured={
            agreement: {
                rule: measure_standing(chosen_on, stated, agreement, rule, resampling)
                for rule in RULES
            }
            for agreement in AGREEMENTS
        },
        shipped=SHIPPED,
        measured_only=NEAR_COPIES.name,
        local=family_mean((one.family, float(one.alone.right.mean())) for one in chosen_on),
        raters=raters,
        routes=routes(chosen_on),
        witness=witness(chosen_on),
    )


def with_table(
    calibration: Calibration, stated: Sequence[StatedSet], findings: Findings
) -> Calibration:
    """The calibration with what is enough, chosen on all sets and measured on left-out ones."""
    table = []
    for agreement in AGREEMENTS:
        thresholds = choose(_chosen_on(stated), agreement, SHIPPED)
        table.append(_enough(agreement, thresholds, calibration, findings.of_shipped(agreement)))
    # Built anew so that it is validated.
    return Calibration.model_validate({**calibration.model_dump(), "escalation": table})


def raters_agreement(examples: Examples) -> float:
    """How often a rater agrees with the majority of the others: mean over the sets with raters."""
    return family_mean(
        (one.family or one.name, float(np.mean(pairs.human == pairs.other)))
        for one in SETS
        if one.family != OWN_FAMILY
        and (pairs := rater_pairs([each.case for each in examples[one.name]])) is not None
    )


def _chosen_on(stated: Sequence[StatedSet]) -> list[StatedSet]:
    return [one for one in stated if one.labelled != NEAR_COPIES]


def _enough(
    agreement: float,
    thresholds: Thresholds,
    calibration: Calibration,
    measured: Sequence[Measured],
) -> Enough:
    least = {kind: _least(kind, thresholds, calibration) for kind in ("free", "cloze")}
    return Enough.model_validate(
        {
            "agreement": agreement,
            **least,
            "kept": rounded(family_mean((one.family, one.kept) for one in measured)),
            "measured": rounded(
                family_mean((one.family, one.right.value) for one in telling(measured))
            ),
        }
    )


def _least(kind: ItemKind, thresholds: Thresholds, calibration: Calibration) -> Mapping[str, float]:
    """Least confidences by verdict; none below that from which a grade is sure at all."""
    sure = {verdict: calibration.sure_other_from for verdict in VERDICTS}
    sure["correct"] = calibration.sure_correct_from
    return {
        cell.verdict: max(least, sure[cell.verdict])
        for cell, least in thresholds.items()
        if cell.kind == kind
    }


if __name__ == "__main__":
    main()
