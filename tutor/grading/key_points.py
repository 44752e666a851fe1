"""Key points: the material claims of a reference, one by one.

A reference is cut at list markers (`1)`, `（2）`, `③`, bullets), at semicolons, at line
ends, between sentences and between two claims of one sentence, outside brackets. Text that
only introduces a list ("它包括：") is no claim.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from tutor.grading.claims import claims_of
from tutor.grading.item import Item, PointSpec
from tutor.grading.reading.memory import MANY, characters_of, remember
from tutor.grading.reading.terms import terms_of
from tutor.grading.reading.text import read

_MARKER = re.compile(
    r"(?:^|(?<=[\s。；;，,：:、.!?！？]))"
    r"(?:[(（](?:\d{1,2}|[一二三四五六七八九十]{1,2}|[ivx]{1,4}|[a-h])[)）]"
    r"|\d{1,2}[)）、]|\d{1,2}\.(?=\s|[\u4e00-\u9fff])|[①-⑳]|[一二三四五六七八九十]{1,2}、"
    r")\s*"
    r"|(?:^\s*+|(?:(?<=\n)|(?<=[:：;；] )|(?<=[.。] ))[^\S\n]*+)[-*•‣](?=\s)\s*"
)
_BOUNDARY = re.compile(r"[；;\n]|(?:[。！？?]|!(?!=))(?=.|$)|\.(?=\s+[A-Z\u4e00-\u9fff(]|\s*$)")
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|vs|cf|approx|fig|no|dr|mr|ms|st)|\b[A-Za-z])$", re.I
)
_OPENING, _CLOSING = "([{（［【「『《“", ")]}）］】」』》”"
_INTRODUCTION = re.compile(r"^[^。；;.!?！？]{0,120}[：:]\s*$")
_HEAD = re.compile(r"^[^：:，,]{1,40}[：:]\s*(?=\S)")
_LIST_HEAD = re.compile(r"^[^：:、]{1,40}?(?:(?:包括|包含|分为|分成)[：:]?|[：:])\s*(?=\S)")
_TAIL = re.compile(r"(?:等|等等|等构成要素|组成)$")
MOST_POINTS = 100
_EITHER = re.compile(r"或(?![许然])|(?<![A-Za-z])or(?![A-Za-z])")
"""What makes the items of a list alternatives, so that one of them is enough."""
_LIST_MARK = re.compile(r"[；;\n、，,]")
_NAME = 3.0
"""Words of content up to which a sentence of a reference is one item of a list."""
_LAST_TWO = re.compile(r"([^和及与]{2,12})(?:以及|和|及|与)([^和及与]{2,12})")
"""The last two items of a Chinese list, which a conjunction joins."""


def key_points_of(item: Item) -> tuple[PointSpec, ...]:
    """The item's key points: its own, or those of its first reference; a fill is one point."""
    if item.key_points or not item.references:
        return item.key_points
    if item.kind == "cloze":
        return (PointSpec(item.references[0]),)
    return split_reference(item.references[0])


@remember(MANY, characters_of)
def split_reference(text: str) -> tuple[PointSpec, ...]:
    """The claims of a reference in order; at least one unless the text holds no words.

    A text with more than 100 claims is held to be one: nobody is asked for so many. Every
    point's text is a verbatim part of `text`, without its marker and end punctuation.
    """
    items = [
        claim for piece in _pieces(text) for item in _items(piece) for claim in claims_of(item)
    ]
    points = [PointSpec(item) for item in items if read(item).tokens]
    if 0 < len(points) <= MOST_POINTS or not read(text).tokens:
        return tuple(points)
    return (PointSpec(text.strip()),)


def is_list(text: str) -> bool:
    """Whether a reference lists its points: by marks, semicolons or commas, or as mere names.

    The sentences of a text are no items of which a question could ask for some.
    """
    points = [point.text for point in split_reference(text)]
    end, between = 0, []
    for point in points:
        start = text.index(point, end)
        between.append(text[end:start])
        end = start + len(point)
    marked = all(_LIST_MARK.search(gap) or _MARKER.search(gap) for gap in between[1:])
    return len(points) > 1 and (marked or all(_content(point) <= _NAME for point in points))


def _content(text: str) -> float:
    return sum(term.weight for term in terms_of(read(text)).terms)


def _pieces(text: str) -> list[str]:
    pieces = []
    for part in _cut(text):
        piece = part.strip().strip("，,、；;。 \t").removesuffix(".").strip()
        if not _INTRODUCTION.match(part.strip()) and read(piece).tokens:
            pieces.append(piece)
    return _without_head(pieces)


def _without_head(pieces: list[str]) -> list[str]:
    """The pieces without what introduces them all: `指标：周转率；利用率` has two claims.

    Where other pieces have a colon too, each is a name with what belongs to it.
    """
    if len(pieces) < 2 or any(_HEAD.match(piece) for piece in pieces[1:]):
        return pieces
    return [_HEAD.sub("", pieces[0]), *pieces[1:]]


def _items(piece: str) -> list[str]:
    """The items of a piece that is nothing but an inline list, else the piece itself.

    `硬件、软件和人员` has three items, and so has `系统包括：硬件、软件和人员`; a sentence that
    merely contains a list stays whole. Two items need such an introduction to be a list.
    """
    body = _TAIL.sub("", _LIST_HEAD.sub("", piece))
    introduced = body != piece
    if _EITHER.search(body):
        return [piece]
    items, least = _chinese_items(body, introduced), 2 if introduced else 3
    if len(items) >= least and all(2 <= len(item) <= 14 for item in items) and "，" not in body:
        return items
    words = [re.sub(r"^and\s+", "", item) for item in _split_outside_brackets(body, ",")]
    if len(words) >= 3 and all(1 <= len(item.split()) <= 4 for item in words):
        return words
    return [piece]


def _chinese_items(body: str, introduced: bool) -> list[str]:
    items = _split_outside_brackets(body, "、")
    last = _LAST_TWO.fullmatch(items[-1])
    if last and (introduced or len(items) > 1):
        return [*items[:-1], last[1].strip(), last[2].strip()]
    return items


def _split_outside_brackets(text: str, separators: str) -> list[str]:
    depths = _depths(text)
    cuts = [i for i, char in enumerate(text) if char in separators and depths[i] == 0]
    bounds = zip([-1, *cuts], [*cuts, len(text)], strict=True)
    return [text[start + 1 : end].strip() for start, end in bounds]


def _cut(text: str) -> Iterator[str]:
    depths = _depths(text)
    cuts = {0, len(text)}
    skipped: dict[int, int] = {}
    markers = list(_MARKER.finditer(text))
    for match in markers:
        # A lone `1.` in running text is no list.
        if depths[match.start()] == 0 and (match.start() == 0 or len(markers) > 1):
            cuts.add(match.start())
            skipped[match.start()] = match.end()
    for match in _BOUNDARY.finditer(text):
        start = match.start()
        if depths[start] == 0 and not _ABBREVIATION.search(text, max(0, start - 8), start):
            cuts.add(match.end())
    ordered = sorted(cuts)
    for start, end in pairwise(ordered):
        yield text[skipped.get(start, start) : end]


def _depths(text: str) -> list[int]:
    """Bracket depth before each character; an unbalanced closing bracket counts for nothing."""
    depths, depth = [], 0
    for char in text:
        if char in _CLOSING:
            depth = max(0, depth - 1)
        depths.append(depth)
        if char in _OPENING:
            depth += 1
    return [0] * len(text) if depth else depths
