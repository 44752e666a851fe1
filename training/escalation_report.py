"""The report on what stands without a judge: tables to read, and the same as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from evals.cases import VERDICTS
from evals.metrics import Estimate
from training.escalation_choice import DOUBT, LEAST_ANSWERS, Rule
from training.escalation_measure import Measured, Route, family_mean, telling
from tutor.grading.calibration import Calibration

JUDGES = (0.80, 0.85, 0.90)
"""Agreement with people that a judge might have on what is escalated."""


class Findings(NamedTuple):
    """What stands on left-out sets, by rate of agreement and rule, and what it rests on.

    `local` is how often people agree with all local grades of new decks, and `raters` how often
    they agree among themselves, both as means over sets. `measured_only` names the set that
    nothing is chosen on and no mean holds.
    """

    measured: Mapping[float, Mapping[Rule, Sequence[Measured]]]
    shipped: Rule
    measured_only: str
    local: float
    raters: float
    routes: Sequence[Route]
    witness: Mapping[str, Mapping[str, Sequence[float]]]

    def of(self, agreement: float, rule: Rule) -> list[Measured]:
        """The sets that means are taken over."""
        return [m for m in self.measured[agreement][rule] if m.name != self.measured_only]

    def of_shipped(self, agreement: float) -> list[Measured]:
        """The same for the rule that is shipped."""
        return self.of(agreement, self.shipped)


def markdown(findings: Findings, calibration: Calibration, embedder: str) -> str:
    """What was chosen, what it is worth, and what caps it."""
    named = embedder if embedder in ("none", "bundled") else "sentence-transformers:PATH"
    chosen = "" if embedder == "none" else f" --embedder {named}"
    return "\n".join(
        [
            f"""# When a local grade needs no judge

Made by `python -m training.escalation --data DIR{chosen} --calibration FILE`.
Of every set, what stands without a judge by confidences that were chosen on the others, graded
by calibrations that were fitted on the others. A grade stands when a guard settled it, or when
it is sure and at least as confident as the table says. Means are over families of sets; how
often people agree is taken where at least {LEAST_ANSWERS} answers stand.
`after verdicts`: the deck's strictness was learned from 20 verdicts on other questions.

## What is shipped, calibration {calibration.name}
""",
            _shipped(findings, calibration),
            "## By set: share that stands, and how often people agree with it\n",
            _by_set(findings),
            f"""## Rules that were compared

Bounded: the lower bound of Clopper and Pearson, which fails in {100 * DOUBT:.0f} % of samples, for
answers that hang together by question. It says nothing about decks unlike all of these.
""",
            _rules(findings),
            "## What caps it: sure grades on new decks, by how they come about\n",
            _routes(findings.routes),
            """## If a judge were right so often: arithmetic, no measurement

Share that stands times its measured agreement, and the rest times the judge's on what is
escalated, which nobody knows before it is measured.
""",
            _arithmetic(findings),
            """## How people's verdicts spread by local verdict and confidence

Free answers on new decks, families of sets alike in weight; shares of people's verdicts.
""",
            _witness(findings.witness),
        ]
    )


def as_json(findings: Findings, calibration: Calibration) -> dict[str, object]:
    """The same for programs."""
    return {
        "calibration": calibration.name,
        "escalation": [one.model_dump() for one in calibration.escalation],
        "local": findings.local,
        "raters": findings.raters,
        "rule": findings.shipped,
        "measured": {
            str(agreement): {
                rule: [_set_as_json(one) for one in measured] for rule, measured in rules.items()
            }
            for agreement, rules in findings.measured.items()
        },
        "routes": [route._asdict() for route in findings.routes],
        "witness": findings.witness,
    }


def _set_as_json(one: Measured) -> dict[str, object]:
    return {
        **one._asdict(),
        "thresholds": {f"{c.kind} {c.verdict}": least for c, least in one.thresholds.items()},
        "right": one.right.model_dump(exclude_none=True),
    }


def _shipped(findings: Findings, calibration: Calibration) -> str:
    head = [
        "agreement asked", "least confidence", "stands", "escalated", "people agree", "worst set",
        "best set", "two-way", "after verdicts: stands", "after verdicts: people agree",
    ]  # fmt: skip
    rows = []
    for row in calibration.escalation:
        measured = findings.of_shipped(row.agreement)
        least = [f"free {v} {x:.2f}" for v, x in row.free.items()]
        least += [f"cloze {v} {x:.2f}" for v, x in row.cloze.items()]
        rows.append([f"{row.agreement:.2f}", ", ".join(least) or "guards only", *_means(measured)])
    return table(head, rows)


def _means(measured: Sequence[Measured]) -> list[str]:
    kept = family_mean((one.family, one.kept) for one in measured)
    learned = family_mean((one.family, one.kept_learned) for one in measured)
    after = family_mean((one.family, one.right_learned) for one in measured)
    return [
        f"{kept:.3f}",
        f"{1 - kept:.3f}",
        *_agreements(measured),
        f"{learned:.3f}",
        f"{after:.3f}",
    ]


def _agreements(measured: Sequence[Measured]) -> list[str]:
    """Mean, worst set, best set, and the two-way mean."""
    rates = {one.name: one.right.value for one in telling(measured) if one.right.value is not None}
    if not rates:
        return ["–"] * 4
    worst = min(rates, key=lambda name: rates[name])
    mean = family_mean((one.family, rates.get(one.name)) for one in measured)
    two_way = family_mean((one.family, one.right_two_way) for one in measured)
    return [f"{mean:.3f}", f"{rates[worst]:.2f} ({worst})", f"{max(rates.values()):.2f}",
            f"{two_way:.3f}"]  # fmt: skip


def _by_set(findings: Findings) -> str:
    agreements = list(findings.measured)
    head = ["set", "answers", *(f"asked {agreement:.2f}" for agreement in agreements)]
    columns = [findings.measured[agreement][findings.shipped] for agreement in agreements]
    rows = [
        [
            sets[0].name,
            str(sets[0].answers),
            *(f"{100 * one.kept:.0f} %: {_agree(one.right)}" for one in sets),
        ]
        for sets in zip(*columns, strict=True)
    ]
    return table(head, rows)


def _agree(right: Estimate) -> str:
    if right.value is None:
        return "–"
    if right.low is None or right.high is None:
        return f"{right.value:.2f}"
    return f"{right.value:.2f} ({right.low:.2f}–{right.high:.2f})"


def _rules(findings: Findings) -> str:
    head = ["agreement asked", "rule", "stands", "people agree", "worst set", "two-way"]
    rows = []
    for agreement, rules in findings.measured.items():
        for rule in rules:
            kept, _, agree, worst, _, two_way, *_ = _means(findings.of(agreement, rule))
            rows.append([f"{agreement:.2f}", rule, kept, agree, worst, two_way])
    return table(head, rows)


def _routes(routes: Iterable[Route]) -> str:
    head = ["grades", "answers", "people agree", "two-way", "mean over families", "families"]
    rows = [
        [r.name, str(r.answers), f"{r.pooled:.3f}", f"{r.pooled_two_way:.3f}",
         f"{r.by_family:.3f}" if r.families else "–", str(r.families)]
        for r in routes
    ]  # fmt: skip
    return table(head, rows)


def _arithmetic(findings: Findings) -> str:
    judges = [*(f"{rate:.2f}" for rate in JUDGES), f"{findings.raters:.2f}, as people's own"]
    rows = [["local grades alone", "1.000", *[f"{findings.local:.3f}"] * len(judges)]]
    for agreement in findings.measured:
        sets = findings.of_shipped(agreement)
        kept = family_mean((one.family, one.kept) for one in sets)
        totals = [total(sets, judge) for judge in (*JUDGES, findings.raters)]
        rows.append([f"{agreement:.2f}", f"{kept:.3f}", *(f"{one:.3f}" for one in totals)])
    return table(["agreement asked", "stands", *(f"judge {one}" for one in judges)], rows)


def total(measured: Sequence[Measured], judge: float) -> float:
    """How often people would agree with all grades, were the judge right so often: a mean."""
    return family_mean(
        (one.family, one.kept * (one.right.value or 0.0) + (1 - one.kept) * judge)
        for one in measured
    )


def _witness(witness: Mapping[str, Mapping[str, Sequence[float]]]) -> str:
    head = ["confidence", "local verdict", "share", *(f"people: {v}" for v in VERDICTS)]
    rows = [
        [band, verdict, *(f"{share:.3f}" for share in shares)]
        for band, verdicts in witness.items()
        for verdict, shares in verdicts.items()
    ]
    return table(head, rows)


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)
