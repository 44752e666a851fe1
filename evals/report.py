"""Results as tables: rich on a terminal, plain text in a pipe."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from evals.cases import VERDICTS
from evals.metrics import METRICS, Estimate, Metric, Resampling
from evals.raters import RaterAgreement
from evals.result import Result

_NOTHING = "–"
_NONE = Estimate(value=None)


def print_results(results: Sequence[Result], console: Console) -> None:
    """One table a data set, a column a grader, and beside them how well people agree."""
    for _, group in groupby(results, key=lambda result: (result.data, result.file.sha256)):
        same_data = list(group)
        _print_table(_title(same_data[0]), _figures(same_data, console), console)
        _print_lines(_notes(same_data), console)
        for result in same_data:
            title = f"{result.data}: labels (rows) and {result.grader} (columns)"
            _print_table(title, _confusion(result, console), console)
        for result in same_data:
            if result.languages:
                title = f"{result.data}: {result.grader} by language of the answer"
                _print_table(title, _languages(result, console), console)
        for result in same_data:
            for other, gaps in result.differences.items():
                print_differences(result.data, (result.grader, other), gaps, console)
    _print_lines(_reading(results), console)


def print_differences(
    data: str, sides: tuple[str, str], gaps: dict[str, Estimate], console: Console
) -> None:
    """First side minus second, with paired intervals, and which side each figure favours."""
    table = _table(console)
    for heading in ("", "difference", "favours"):
        table.add_column(heading)
    known = _known(gaps)
    for metric in known:
        gap = gaps[metric.name]
        table.add_row(metric.title, _cell(gap), escape(_favoured(gap, metric.better, sides)))
    _print_table(f"{data}: {sides[0]} minus {sides[1]}, on the same cases", table, console)
    notes = _undefined((metric.title, gaps[metric.name]) for metric in known)
    _print_lines(notes, console)


def print_raters(agreement: RaterAgreement, console: Console) -> None:
    """Agreement of each pair of raters, and of all together."""
    table = _table(console)
    for heading in ("raters", "cases", "same verdict", "kappa", "quadratic kappa", "Gwet's AC1"):
        table.add_column(heading)
    for pair in agreement.pairs:
        kappas = _cell(pair.kappa), _cell(pair.quadratic_kappa), _cell(pair.ac1)
        names = escape(f"{pair.first}, {pair.second}")
        table.add_row(names, str(pair.cases), _cell(pair.same), *kappas)
    _print_table(f"{agreement.data}: {len(agreement.raters)} raters", table, console)
    title = f"{agreement.data}: each rater against the majority of the others"
    _print_table(title, _standings(agreement, console), console)
    _print_lines(
        [
            f"{agreement.cases} cases with two ratings or more, {agreement.questions} questions; "
            f"all raters give one verdict on {agreement.unanimous:.1%}.",
            f"Krippendorff's alpha, ordinal: {_cell(agreement.alpha)}; "
            f"Gwet's AC1: {_cell(agreement.ac1)}",
            *_undefined(_rater_estimates(agreement)),
        ],
        console,
    )


def _figures(results: Sequence[Result], console: Console) -> Table:
    table = _table(console)
    people = next((result.people for result in results if result.people is not None), None)
    for heading in ("", *(result.grader for result in results), *(["raters"] if people else [])):
        table.add_column(heading)
    ratings = [f"{people.ratings:,} ratings"] if people else []
    table.add_row("graded", *(f"{result.graded:,}" for result in results), *ratings)
    ungraded = (f"{sum(result.ungraded.values()):,}" for result in results)
    table.add_row("ungraded", *ungraded, *([_NOTHING] if people else []))
    columns = [result.metrics for result in results] + ([people.metrics] if people else [])
    _fill(table, columns)
    return table


def _confusion(result: Result, console: Console) -> Table:
    table = _table(console)
    for heading in ("", *VERDICTS):
        table.add_column(heading, justify="right" if heading else "left")
    for human in VERDICTS:
        row = result.confusion[human]
        table.add_row(human, *(f"{row[verdict]:,}" for verdict in VERDICTS))
    return table


def _languages(result: Result, console: Console) -> Table:
    table = _table(console)
    for heading in ("", *result.languages):
        table.add_column(heading)
    table.add_row("cases", *(f"{part.cases:,}" for part in result.languages.values()))
    _fill(table, [part.metrics for part in result.languages.values()])
    return table


def _title(result: Result) -> str:
    sample = ", a random sample" if result.settings.limit == result.cases else ""
    return f"{result.data}: {result.cases:,} cases of {result.questions:,} questions{sample}"


def _notes(results: Sequence[Result]) -> Iterator[str]:
    unused = [verdict for verdict in VERDICTS if verdict not in results[0].verdicts_used]
    if unused and results[0].graded:
        yield (
            f"People never said {' or '.join(unused)} here, so such a grade is a miss in every "
            "figure but the two-way ones."
        )
    for result in results:
        for maker in result.makers:
            yield f"{result.grader}: {maker}"
        for kind, count in sorted(result.ungraded.items()):
            yield f"{result.grader}: {count:,} cases ungraded ({kind}); no figure counts them."
        if result.cost is not None:
            yield f"{result.grader}: {result.cost}."
        yield from _undefined((m.title, result.metrics[m.name]) for m in _known(result.metrics))


def _reading(results: Sequence[Result]) -> Iterator[str]:
    for resampling in {result.settings.resampling for result in results}:
        yield _intervals(resampling)
    yield (
        "How to read it: the raters column is one rater against the majority of the others. A "
        "grader whose interval stays short of it is worse than a person; one whose interval "
        "reaches it has not been shown to be. Without the column nobody was asked twice, and the "
        "ceiling is unknown. Two graders differ where the interval of their paired difference "
        "leaves out 0."
    )


def _intervals(resampling: Resampling) -> str:
    return (
        f"In brackets: {resampling.level:.0%} intervals from {resampling.resamples:,} resamples "
        f"of whole questions, seed {resampling.seed}."
    )


def _undefined(estimates: Iterable[tuple[str, Estimate]]) -> Iterator[str]:
    by_reason: dict[str, list[str]] = {}
    for name, estimate in estimates:
        if estimate.note is not None:
            because = "undefined, because " if estimate.value is None else ""
            by_reason.setdefault(because + estimate.note, []).append(name)
    for reason, names in by_reason.items():
        yield f"{_NOTHING} {'; '.join(names)}: {reason}."


def _fill(table: Table, columns: Sequence[Mapping[str, Estimate]]) -> None:
    """A row a metric, the groups of metrics apart."""
    for _, metrics in groupby(_known(*columns), key=lambda metric: metric.group):
        table.add_section()
        for metric in metrics:
            cells = (_cell(column.get(metric.name, _NONE)) for column in columns)
            table.add_row(metric.title, *cells)


def _known(*columns: Mapping[str, Estimate]) -> tuple[Metric, ...]:
    """The metrics that a column has: a result made before a metric was does without it."""
    return tuple(metric for metric in METRICS if any(metric.name in found for found in columns))


def _standings(agreement: RaterAgreement, console: Console) -> Table:
    table = _table(console)
    for heading in ("rater", "cases", "same verdict", "quadratic kappa", "milder by"):
        table.add_column(heading)
    for one in agreement.standings:
        figures = _cell(one.same), _cell(one.quadratic_kappa), _cell(one.bias)
        table.add_row(escape(one.rater), f"{one.cases:,}", *figures)
    return table


def _rater_estimates(agreement: RaterAgreement) -> Iterator[tuple[str, Estimate]]:
    yield "alpha", agreement.alpha
    yield "AC1", agreement.ac1
    for one in agreement.standings:
        yield f"quadratic kappa of {one.rater}", one.quadratic_kappa
    for pair in agreement.pairs:
        name = f"{pair.first}, {pair.second}"
        yield f"same verdict of {name}", pair.same
        yield f"kappa of {name}", pair.kappa
        yield f"quadratic kappa of {name}", pair.quadratic_kappa
        yield f"AC1 of {name}", pair.ac1


def _favoured(gap: Estimate, better: str, sides: tuple[str, str]) -> str:
    if gap.low is None or gap.high is None or better == "neither":
        return _NOTHING
    if gap.low <= 0.0 <= gap.high:
        return "neither: within chance"
    return sides[0] if (gap.low > 0.0) == (better == "higher") else sides[1]


def _cell(estimate: Estimate) -> str:
    if estimate.value is None:
        return _NOTHING
    if estimate.low is None or estimate.high is None:
        return f"{estimate.value:.3f}"
    return f"{estimate.value:.3f} ({estimate.low:.3f} to {estimate.high:.3f})"


def _table(console: Console) -> Table:
    return Table(box=box.ROUNDED if console.is_terminal else None, pad_edge=console.is_terminal)


def _print_table(title: str, table: Table, console: Console) -> None:
    console.print(title, style="bold", markup=False, highlight=False, soft_wrap=True)
    console.print(table)
    console.print()


def _print_lines(lines: Iterable[str], console: Console) -> None:
    found = list(lines)
    for line in found:
        console.print(line, markup=False, highlight=False, soft_wrap=not console.is_terminal)
    if found:
        console.print()
