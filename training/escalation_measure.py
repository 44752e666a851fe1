"""What stands without a judge on sets that nothing was fitted on or chosen on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from evals.cases import VERDICTS
from evals.metrics import Estimate, Resampling, Rows, estimate
from training.escalation_choice import LEAST_ANSWERS, ONE_HALF_LESS, Rule, choose, has_a_say
from training.fit import Floats
from training.standing import Flags, Stated, StatedSet, Thresholds
from tutor.agreement import Measure, Undefined

BANDS = (0.0, 0.4, 0.5, 0.6, 0.7, 0.8)
"""Where bands of confidence begin, for grades that no guard settled."""
_NOTHING = Undefined("nothing stands")


class Measured(NamedTuple):
    """What stands of one set, by thresholds that were chosen on others.

    `kept` are shares of all answers, `right` shares of what stands, None where that is too
    little; both on a new deck, and `learned` after verdicts on answers to other questions.
    """

    name: str
    family: str
    thresholds: Thresholds
    answers: int
    standing: int
    kept: float
    right: Estimate
    right_two_way: float | None
    kept_learned: float
    right_learned: float | None


def left_out_of(sets: Sequence[StatedSet], target: StatedSet) -> list[StatedSet]:
    """The sets to choose on when `target` is measured: those without answers to its questions."""
    return [one for one in sets if one.family != target.family or _other_half(one, target)]


def _other_half(one: StatedSet, target: StatedSet) -> bool:
    halves = one.labelled.half, target.labelled.half
    return None not in halves and halves[0] != halves[1]


def measure_standing(
    sets: Sequence[StatedSet],
    targets: Sequence[StatedSet],
    agreement: float,
    rule: Rule,
    resampling: Resampling,
) -> list[Measured]:
    """What stands of every target, by thresholds chosen on the `sets` it was left out of."""
    found = []
    for one in targets:
        thresholds = choose(left_out_of(sets, one), agreement, rule, ONE_HALF_LESS)
        found.append(_measured(one, thresholds, resampling))
    return found


def _measured(target: StatedSet, thresholds: Thresholds, resampling: Resampling) -> Measured:
    alone, learned = target.alone, target.learned
    stands, stands_learned = alone.standing(thresholds), learned.standing(thresholds)
    return Measured(
        name=target.labelled.name,
        family=target.family,
        thresholds=thresholds,
        answers=len(stands),
        standing=int(stands.sum()),
        kept=float(stands.mean()),
        right=_right(alone, stands, resampling),
        right_two_way=_rate(alone, stands, alone.right_two_way),
        kept_learned=float(stands_learned.mean()),
        right_learned=_rate(learned, stands_learned, learned.right),
    )


def _right(stated: Stated, stands: Flags, resampling: Resampling) -> Estimate:
    right = stated.right[stands]

    def rate(rows: Rows) -> Measure:
        return float(right[rows].mean()) if len(rows) else _NOTHING

    return estimate(rate, stated.questions[stands], resampling)


def _rate(stated: Stated, stands: Flags, right: Flags) -> float | None:
    return float(right[stands].mean()) if has_a_say(stated.rows[stands]) else None


def telling(measured: Iterable[Measured]) -> list[Measured]:
    """The sets of which enough stands for a rate."""
    return [one for one in measured if one.standing >= LEAST_ANSWERS]


def family_mean(values: Iterable[tuple[str, float | None]]) -> float:
    """Mean over the families of the means of their sets; nan without any."""
    families: dict[str, list[float]] = defaultdict(list)
    for family, value in values:
        if value is not None:
            families[family].append(value)
    return float(np.mean([np.mean(found) for found in families.values()])) if families else np.nan


class Route(NamedTuple):
    """One way in which sure grades come about, with how often people agree, by set."""

    name: str
    answers: int
    pooled: float
    pooled_two_way: float
    by_family: float
    families: int


def routes(sets: Sequence[StatedSet]) -> list[Route]:
    """Sure grades on new decks by kind of item, verdict, and whether a guard settled them."""
    found = []
    for cloze in (False, True):
        for settled in (True, False):
            for verdict in range(len(VERDICTS)):
                name = _route_name(cloze, settled, verdict)
                found += _route(name, sets, cloze=cloze, settled=settled, verdict=verdict)
    return found


def _route_name(cloze: bool, settled: bool, verdict: int) -> str:
    how = ("rejected", "", "accepted")[verdict] if settled else f"{VERDICTS[verdict]}, sure"
    return f"{'cloze' if cloze else 'free'}: {how}"


def _route(
    name: str, sets: Sequence[StatedSet], *, cloze: bool, settled: bool, verdict: int
) -> list[Route]:
    right, two_way, rates = [], [], []
    for one in sets:
        stated = one.alone
        rows = stated.sure & (stated.cloze == cloze) & (stated.settled == settled)
        rows = rows & (stated.verdict == verdict)
        right.append(stated.right[rows])
        two_way.append(stated.right_two_way[rows])
        if rows.sum() >= LEAST_ANSWERS:
            rates.append((one.family, float(stated.right[rows].mean())))
    every = np.concatenate(right)
    if not len(every):
        return []
    pooled, pooled_two_way = float(every.mean()), float(np.concatenate(two_way).mean())
    families = len({family for family, _ in rates})
    return [Route(name, len(every), pooled, pooled_two_way, family_mean(rates), families)]


def witness(sets: Sequence[StatedSet]) -> Mapping[str, Mapping[str, list[float]]]:
    """How people's verdicts spread, by band of confidence and local verdict.

    Each row has the share of answers, then the shares that people call incorrect, partial and
    correct, of grades of free answers on new decks. Families of sets weigh alike.
    """
    weights = _family_weights(sets)
    joined = {n: np.concatenate([getattr(s.alone, n) for s in sets]) for n in _WITNESSED}
    free = ~joined["cloze"]
    found: dict[str, dict[str, list[float]]] = {}
    for name, band in _bands(joined["settled"] & joined["sure"], joined["confidence"]):
        found[name] = {}
        for rank, verdict in enumerate(VERDICTS):
            rows = free & band & (joined["verdict"] == rank)
            if rows.sum() >= LEAST_ANSWERS:
                found[name][verdict] = _spread(joined["human"][rows], weights[rows], weights[free])
    return found


_WITNESSED = ("cloze", "settled", "sure", "confidence", "verdict", "human")


def _bands(settled: Flags, confidence: Floats) -> Iterable[tuple[str, Flags]]:
    yield "settled", settled
    open_to_signals = ~settled
    for low, high in zip(BANDS, (*BANDS[1:], 1.01), strict=True):
        name = f"{low:.1f} to {min(high, 1.0):.1f}"
        yield name, open_to_signals & (confidence >= low) & (confidence < high)


def _spread(human: Rows, weights: Floats, everything: Floats) -> list[float]:
    by_people = np.bincount(human, weights, minlength=len(VERDICTS))
    share = by_people.sum() / everything.sum()
    return [round(float(x), 4) for x in (share, *(by_people / by_people.sum()))]


def _family_weights(sets: Sequence[StatedSet]) -> Floats:
    sizes: dict[str, int] = defaultdict(int)
    for one in sets:
        sizes[one.family] += 1
    return np.concatenate(
        [np.full(len(s.alone.human), 1 / (sizes[s.family] * len(s.alone.human))) for s in sets]
    )
