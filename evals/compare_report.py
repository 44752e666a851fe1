"""Two runs side by side as Markdown, with what each difference says in plain words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from evals.compare import Comparison, Side
from evals.metrics import METRICS, Estimate, Metric, points, sentence
from evals.outcomes import MadeBy
from evals.tables import table

_NOTHING = "–"


def markdown(comparisons: Sequence[Comparison]) -> str:
    """Every data set: what was compared, the figures of both, and what the differences say."""
    return "\n".join(line for found in comparisons for line in _lines(found))


def _lines(found: Comparison) -> Iterator[str]:
    yield (
        f"## {found.data}: {found.graded:,} cases of {found.questions:,} questions that both graded"
    )
    yield ""
    metrics = [metric for metric in METRICS if metric.name in found.differences]
    base, new = names_of(found)
    head = "", base, new, f"{new} minus {base} in points, {100.0 * found.level:g} % interval"
    yield from table(head, (_row(metric, found) for metric in metrics))
    yield ""
    for line in (*_said(found, metrics), *_notes(found)):
        yield f"- {line}"
    yield ""


def names_of(found: Comparison) -> tuple[str, str]:
    """What the two are called: their graders, or base and new where that is one."""
    one, other = found.base.grader, found.new.grader
    return ("base", "new") if one == other else (one, other)


def _row(metric: Metric, found: Comparison) -> tuple[str, ...]:
    name = metric.name
    sides = (_cell(side.metrics[name]) for side in (found.base, found.new))
    return metric.title, *sides, _gap_cell(found.differences[name])


def _said(found: Comparison, metrics: Sequence[Metric]) -> Iterator[str]:
    base, new = names_of(found)
    for metric in metrics:
        gap = found.differences[metric.name]
        if gap.value is None:
            yield f"{metric.title}: undefined, because {gap.note}"
        else:
            yield sentence(metric, gap, (new, base), level=found.level)


def _notes(found: Comparison) -> Iterator[str]:
    base, new = names_of(found)
    yield (
        f"people's verdict is that of {new} alone on {found.gained:,} cases, that of {base} alone "
        f"on {found.lost:,}"
    )
    if found.base.cases != found.new.cases:
        yield f"{base} has {found.base.cases:,} cases, {new} has {found.new.cases:,}"
    for count, where in ((found.only_base, base), (found.only_new, new)):
        if count:
            yield f"only in {where}, and not compared: {count:,}"
    if found.changed:
        yield f"with another item or answer by now, and not compared: {found.changed:,}"
    yield from _failures(found)
    if found.base.made_by != found.new.made_by:
        yield f"{base} was made by {_makers(found.base)}"
        yield f"{new} was made by {_makers(found.new)}"


def _failures(found: Comparison) -> Iterator[str]:
    for side, name in zip((found.base, found.new), names_of(found), strict=True):
        if side.ungraded:
            yield f"without a grade in {name}: {_counts(side.ungraded)}; no figure counts them"
    strange = sorted(found.new.ungraded.keys() - found.base.ungraded.keys())
    if strange:
        yield f"failures of a kind that {names_of(found)[0]} does not have: {', '.join(strange)}"


def _counts(ungraded: Mapping[str, int]) -> str:
    return ", ".join(f"{count:,} {kind}" for kind, count in sorted(ungraded.items()))


def _makers(side: Side) -> str:
    return " and ".join(_maker(maker) for maker in side.made_by) or "nobody"


def _maker(maker: MadeBy) -> str:
    judge = "" if maker.judge is None else f", judge {maker.judge}"
    return (
        f"{maker.grader} (embedder {maker.embedder}, calibration {maker.calibration}, policy "
        f"{maker.policy}{judge})"
    )


def _cell(estimate: Estimate) -> str:
    if estimate.value is None:
        return _NOTHING
    if estimate.low is None or estimate.high is None:
        return f"{estimate.value:.3f}"
    return f"{estimate.value:.3f} ({estimate.low:.3f} to {estimate.high:.3f})"


def _gap_cell(gap: Estimate) -> str:
    if gap.value is None:
        return _NOTHING
    if gap.low is None or gap.high is None:
        return points(gap.value)
    return f"{points(gap.value)} ({points(gap.low)} to {points(gap.high)})"
