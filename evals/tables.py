"""Tables of shares in Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from evals.shares import Share


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """The lines of a table."""
    yield f"| {' | '.join(headings)} |"
    yield "|" + "---|" * len(headings)
    for row in rows:
        yield f"| {' | '.join(row)} |"


def count_cell(part: Share) -> str:
    """`3 of 40`, or a dash where there are no rows."""
    return f"{part.count} of {part.of}" if part.of else "–"


def share_cell(part: Share) -> str:
    """The share in per cent with its interval and the count, or a dash."""
    if part.value is None or part.low is None or part.high is None:
        return "–"
    interval = f"{100 * part.low:.1f}–{100 * part.high:.1f}"
    return f"{100 * part.value:.1f} % ({interval}), {part.count} of {part.of}"
