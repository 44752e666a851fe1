"""The worst disagreements, to be read: who said what of which answer, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from evals.disagreements import Disagreement
from evals.html_report.markup import Html, joined, tag
from evals.written_figures import NOTHING, number, percent
from tutor.grading.grade import Grade, KeyPoint, PointStatus, Receipt, Verdict

_MARKS: dict[PointStatus, str] = {"covered": "✓", "contradicted": "✗", "missing": "○"}


def disagreement_lists(found: Sequence[Disagreement], counts: dict[str, int]) -> Html:
    """A list a grader, folded; `counts` are all its disagreements, of which these are shown."""
    return joined(
        tag(
            "details",
            tag("summary", f"{grader}: the worst {len(shown)} of {counts[grader]:,}"),
            *(_card(one) for one in shown),
        )
        for grader, group in groupby(found, key=lambda one: one.grader)
        for shown in [list(group)]
    )


def marked_answer(answer: str, points: Sequence[KeyPoint]) -> Html:
    """The answer with the quotes of key points marked, contradicted ones over covered ones.

    A span that does not hold its quote, or leaves the answer, marks nothing.
    """
    spans = [(p.span, p.status) for p in points if p.span and _holds(answer, p)]
    cuts = sorted({0, len(answer), *(end for span, _ in spans for end in span)})
    return joined(
        _piece(answer[start:end], [status for (a, b), status in spans if a <= start and end <= b])
        for start, end in pairwise(cuts)
    )


def _holds(answer: str, point: KeyPoint) -> bool:
    if point.span is None or not 0 <= point.span[0] < point.span[1]:
        return False
    return answer[slice(*point.span)] == point.quote


def _piece(text: str, statuses: Sequence[PointStatus]) -> str:
    if "contradicted" in statuses:
        return tag("mark", text, class_="contradicted", title="contradicts a key point")
    if "covered" in statuses:
        return tag("mark", text, class_="covered", title="covers a key point")
    return tag("mark", text, class_="near", title="bears on a key point") if statuses else text


def _card(one: Disagreement) -> Html:
    return tag(
        "article",
        tag("p", *_verdicts(one), class_="verdicts"),
        tag("dl", *_entries(one)),
        tag("p", _receipt(one.grade.receipt), class_="receipt"),
        class_="disagreement",
    )


def _verdicts(one: Disagreement) -> Iterator[str]:
    said = f", {percent(one.grade.confidence)} confident" if one.states_confidence else ""
    yield from ("People: ", _badge(one.verdict), f" {number(one.score)}")
    if one.ratings:
        each = ", ".join(f"{rating.rater} {rating.verdict}" for rating in one.ratings)
        yield from (" ", tag("small", f"({each})"))
    yield from (" · ", one.grader, ": ", _badge(one.grade.verdict))
    yield from (f" {number(one.grade.score)}{said}", " ", tag("code", one.id))


def _badge(verdict: Verdict) -> Html:
    return tag("b", verdict, class_=f"badge {verdict}")


def _entries(one: Disagreement) -> Iterator[Html]:
    yield _entry("Question", _text(one.question))
    for place, reference in enumerate(one.references):
        yield _entry("or" if place else "Reference", _text(reference))
    answer = marked_answer(one.answer, one.grade.key_points)
    yield _entry("Answer", _text(answer if one.answer else "(empty)"))
    if one.grade.key_points:
        yield _entry("Key points", tag("ul", *(_point(p) for p in one.grade.key_points)))
    if one.grade.reasons:
        yield _entry("Reasons", tag("ul", *_reasons(one.grade)))


def _entry(name: str, content: Html) -> Html:
    return joined((tag("dt", name), tag("dd", content)))


def _text(text: str) -> Html:
    """Whole, as it was written; its direction of reading stays inside it."""
    return tag("p", text, class_="text", dir="auto")


def _point(point: KeyPoint) -> Html:
    optional = "" if point.required else " (optional)"
    return tag(
        "li",
        tag("b", f"{_MARKS[point.status]} {point.status}", class_=f"point {point.status}"),
        " ",
        tag("bdi", point.text),
        optional,
    )


def _reasons(grade: Grade) -> Iterator[Html]:
    for reason in grade.reasons:
        yield tag("li", tag("b", reason.name), ": ", tag("bdi", reason.detail))


def _receipt(receipt: Receipt) -> str:
    parts = [
        receipt.grader, f"embedder {receipt.embedder}", f"calibration {receipt.calibration}",
        f"policy {receipt.policy}", f"{receipt.elapsed_ms:,.1f} ms",
    ]  # fmt: skip
    if (judge := receipt.judge) is not None:
        money = NOTHING if judge.money is None else f"{judge.money:.6f} {judge.currency or ''}"
        parts += [
            f"judge {judge.model}", f"prompt {judge.prompt}",
            f"{judge.valid} of {judge.samples} judgements",
            f"tokens {judge.tokens.input:,} in, {judge.tokens.output:,} out", f"money {money}",
        ]  # fmt: skip
        parts += [] if judge.error is None else [f"{judge.error.type}: {judge.error.detail}"]
    return " · ".join(parts)
