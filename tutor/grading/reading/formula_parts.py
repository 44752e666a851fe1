"""The formulas that stand in a text of words: where they begin and end, and their trees.

A name of one letter, a Greek one, a function and a number may be part of a formula; a word
only next to a sign, as in `TP / (TP + FP)`. Words joined by a hyphen or a slash and values
with their units are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from tutor.grading.reading import units
from tutor.grading.reading.formula import LONGEST, TOKEN, rewritten
from tutor.grading.reading.formula_tree import (
    FUNCTIONS,
    Call,
    Infix,
    Name,
    Node,
    Number,
    names,
    parse,
)
from tutor.grading.reading.memory import FEW, remember
from tutor.grading.reading.text import Text, is_han, length_of

_HINT = re.compile(r"[+*/^=<>_√×·→←−\-][^,;.]|[⁰¹²³⁴⁵⁶⁷⁸⁹ⁿ₀₁₂₃₄₅₆₇₈₉½]|[A-Za-z]\(|[次平]方|\\[a-z]")
_SIGNS = frozenset("+ - * / ^ = < > <= >= ( |".split())
_HYPHENED = re.compile(r"[a-z]{2}")
_GLUED = re.compile(r"\s?[+*/^_=<>(]|\s-\s")
_LEADING = frozenset("+ * / ^ = < > <= >= , : | || ) →".split())
_TRAILING = frozenset("+ - * / ^ = < > <= >= , : | || ( _ →".split())
_SEPARATING = frozenset(", : < > <= >=".split())
"""Signs between formulas, unless a bracket is open; a comparison is told by its sides."""
_TELLING = frozenset("+ * ^ = ± ~".split())


class Part(NamedTuple):
    """A formula at [start, end) of the text that `rewritten` makes."""

    tree: Node
    start: int
    end: int


def formulas(text: Text) -> tuple[Node, ...]:
    """The trees of the formulas in a text, in order; an equation is one."""
    return tuple(part.tree for part in parts(text))


@remember(FEW, length_of)
def parts(text: Text) -> tuple[Part, ...]:
    """The formulas in a text with their places."""
    return tuple(_parts(text)) if _HINT.search(text.raw) else ()


def _parts(text: Text) -> Iterator[Part]:
    for run in _runs(rewritten(text)):
        kept = _trimmed(run)
        tree = parse([(kind, form) for kind, form, _, _ in kept]) if len(kept) <= LONGEST else None
        if tree is not None and _says_something(tree):
            yield Part(tree, kept[0].start, kept[-1].end)


def variables(node: Node) -> frozenset[str]:
    """The names in a formula, without its numbers."""
    return frozenset(name for name in names(node) if name and not name[0].isdigit())


class _Placed(NamedTuple):
    kind: str
    form: str
    start: int
    end: int


def _runs(plain: str) -> Iterator[list[_Placed]]:
    """Neighbouring tokens that may be one formula."""
    run: list[_Placed] = []
    position = depth = 0
    while position < len(plain):
        match = TOKEN.match(plain, position)
        kind, form = (str(match.lastgroup), match[str(match.lastgroup)]) if match else ("", "")
        end = match.end() if match else position + 1
        if kind == "number" and (unit := units.unit_at(plain, end)) and unit.end - end > 2:
            kind, end = "", unit.end
        depth = max(0, depth + (form == "(") - (form == ")"))
        if kind and _belongs(kind, form, plain, end, run, depth):
            run.append(_Placed(kind, form, end - len(form), end))
        elif match or plain[position] != " ":
            yield run
            run, depth = [], 0
        position = end
    yield run


def _belongs(kind: str, form: str, plain: str, end: int, run: list[_Placed], depth: int) -> bool:
    """Whether a token goes on with, or may begin, a formula."""
    before = run[-1].form if run else ""
    if form in _SEPARATING:
        return depth > 0
    if form in ("-", "/") and _HYPHENED.match(plain, end):
        return False
    if form in ("-", "/") and len(before) > 1 and before.isalpha() and before not in FUNCTIONS:
        return plain[end : end + 1] == " " or depth > 0
    if kind != "name" or (len(form) == 1 and not is_han(form)) or form in FUNCTIONS:
        return True
    if is_han(form[0]):
        return False
    factor = len(form) == 2 and plain[end - 3 : end - 2] in tuple("0123456789)")
    return factor or before in _SIGNS or _GLUED.match(plain, end) is not None


def _trimmed(run: list[_Placed]) -> list[_Placed]:
    start, end = 0, len(run)
    while start < end and run[start].form in _LEADING:
        start += 1
    while end > start and run[end - 1].form in _TRAILING:
        end -= 1
    return run[start:end]


def _says_something(tree: Node) -> bool:
    """Whether a tree is more than a name, a number or words with a slash between them."""
    match tree:
        case Infix("*", Number(), Name()) | Infix("^", Name(), Number()):  # 6B, y^2
            return False
        case Infix(_, left, right):
            telling = _signs(tree) & _TELLING or any(_is_symbol(name) for name in names(tree))
            return bool(telling) and bool(variables(tree)) and left != right
        case Call(_, arguments):
            return any(isinstance(each, Infix | Call) for each in arguments)
        case _:
            return False


def _signs(node: Node) -> frozenset[str]:
    match node:
        case Infix(sign, left, right):
            return frozenset({sign}) | _signs(left) | _signs(right)
        case Call(_, arguments):
            return frozenset().union(*map(_signs, arguments))
        case _:
            return frozenset()


def _is_symbol(name: str) -> bool:
    return len(name) == 1 or "_" in name or name[:1].isdigit()
