"""Content: a text as the sequence of what carries its meaning, however it is worded.

Near copies are compared by it. Function words are left out; a negation is one sign however it
is written (without, 无需, does not), all words of one direction (上升, 增加, rises) are one, a
quantity is its value in the first unit of its dimension, and a passive clause is made active.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import NamedTuple

from tutor.grading.reading.aliases import declared_aliases
from tutor.grading.reading.formula import rewritten
from tutor.grading.reading.formula_parts import parts
from tutor.grading.reading.formula_tree import Point, evaluate
from tutor.grading.reading.memory import MANY, remember
from tutor.grading.reading.polarity import NEGATION, carries_meaning, sign, signed_words
from tutor.grading.reading.quantifiers import ONLY, SOME, quantifier, quantifier_pattern
from tutor.grading.reading.quantities import Quantity, quantities
from tutor.grading.reading.terms import is_function_han
from tutor.grading.reading.text import Text, is_han, length_of, read, stem
from tutor.grading.reading.units import in_first_unit
from tutor.grading.reading.voice import active

Units = tuple[str, ...]
OR = "∨"
DECISIVE = frozenset({NEGATION, OR, SOME, ONLY})
"""Units that turn a sentence around by being there or not."""
_ALTERNATIVES = frozenset(("or", "或", "或者"))

_FILLERS = frozenset("约这那个种条位名以来去就才则又很是再其该把将叫做称均时处成为所")
_SENTENCE = re.compile(r"[；;。\n！？!?]|(?<!\d)\.(?!\d)")
_CLAUSE = re.compile(r"[，、：]|(?<!\d)[,:]|[,:](?!\d)")
_MARKER = re.compile(
    r"(?<![A-Za-z0-9])[(（]\d{1,2}[)）]|(?:^|(?<=[\n;；。,，]))\s{0,4}\d{1,2}[.、)）](?!\d)|[①-⑳]"
)
_ABOUT = re.compile("大概|大约|左右(?![侧边两手脑心])")
_NO_NEED = re.compile("无需|无须|毋须|不必|不用|用不着")
_WHOLE = (
    dict.fromkeys(("造成", "导致", "引起", "引发", "致使"), "导致")
    | {"之间": "间"}
    | {form: form for form in ("现在", "目前", "双方", "其他", "自己", "他人", "别人", "其余")}
)
"""Words that characters of grammar would be missing from, with the one that stands for them."""
_SMALL_LETTERS = frozenset("ais")
"""Letters that are words of grammar, in an English clause."""
_SPOKEN = {"<": "小于", ">": "大于", "<=": "不大于", ">=": "不小于"}
_POINT = Point("content")
_ANY_HAN = re.compile("[\u4e00-\u9fff]")
_HAN = "\u4e00-\u9fff\u3400-\u4dbf"


class Piece(NamedTuple):
    """What stands between two marks or conjunctions: units, and the words they were read from."""

    forms: Units
    words: Units


Clause = tuple[Piece, ...]


@dataclass(frozen=True, slots=False, eq=False)
class Content:
    """The content of a text: its sentences, their clauses between commas, and the pieces of
    those between conjunctions."""

    sentences: tuple[tuple[Clause, ...], ...]

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        """All clauses in order."""
        return tuple(clause for sentence in self.sentences for clause in sentence)

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """All pieces in order."""
        return tuple(piece for clause in self.clauses for piece in clause)

    @cached_property
    def forms(self) -> Units:
        """All units in order."""
        return tuple(form for piece in self.pieces for form in piece.forms)

    @cached_property
    def words(self) -> Units:
        """The words that the units were read from."""
        return tuple(word for piece in self.pieces for word in piece.words)

    def without(self, units: Counter[str]) -> Content:
        """The content without some of its units, the last ones of their kind."""
        left = Counter(units)
        if not left:
            return self
        sentences = tuple(
            tuple(_thinned(clause, left) for clause in reversed(sentence))[::-1]
            for sentence in reversed(self.sentences)
        )[::-1]
        clauses = (tuple(clause for clause in sentence if clause) for sentence in sentences)
        return Content(tuple(sentence for sentence in clauses if sentence))

    @cached_property
    def counts(self) -> Counter[str]:
        """The units as a bag."""
        return Counter(self.forms)

    @cached_property
    def bulk(self) -> Counter[str]:
        """The units as a bag, each as often as its word has Han characters; opposites in Han
        are one unit, or a long word's opposite would make a copy of other words."""
        found: Counter[str] = Counter()
        for form, word in zip(self.forms, self.words, strict=True):
            if is_han(word[0]):
                found[form.partition(":")[0]] += len(word)
            else:
                found[form] += 1
        return found


def _thinned(clause: Clause, left: Counter[str]) -> Clause:
    """A clause without the units that are still to be left out, which are counted down."""
    pieces = []
    for piece in reversed(clause):
        kept = []
        for form, word in zip(reversed(piece.forms), reversed(piece.words), strict=True):
            if left[form] > 0:
                left[form] -= 1
            else:
                kept.append((form, word))
        if kept:
            forms, words = zip(*reversed(kept), strict=True)
            pieces.append(Piece(forms, words))
    return tuple(reversed(pieces))


@remember(MANY, length_of)
def content_of(text: Text) -> Content:
    """The content of a text.

    Another name that the text gives in brackets is left out: an answer need not repeat it.
    """
    named = frozenset(read(alias).normal for _, alias in declared_aliases(text))
    sentences = (_clauses(sentence, named) for sentence in _SENTENCE.split(_with_values(text)))
    return Content(tuple(clauses for clauses in sentences if clauses))


def _with_values(text: Text) -> str:
    """The text, with each formula replaced by its value at one random point."""
    found = parts(text)
    if not found:
        return _MARKER.sub("", text.raw)
    plain, kept, position = rewritten(text), [], 0
    for tree, start, end in found:
        kept += [plain[position:start], f"⟦{evaluate(tree, _POINT):.6g}⟧"]
        position = end
    return "".join((*kept, plain[position:]))


def _clauses(sentence: str, named: frozenset[str]) -> tuple[Clause, ...]:
    clauses = (tuple(_pieces(part, named)) for part in _CLAUSE.split(sentence) if part.strip())
    return tuple(clause for clause in clauses if clause)


@cache
def _unit_pattern() -> re.Pattern[str]:
    return re.compile(
        r"(?P<formula>⟦[^⟧]{1,16}⟧)"
        r"|(?P<join>(?<![a-z])(?:and|or|while|whereas|but)(?![a-z]))"
        rf"|(?P<quantifier>{quantifier_pattern()})"
        rf"|(?P<signed>{signed_words()})"
        "|(?P<and>以及|或者|并且|[和与及或而并且跟])"
        rf"|(?P<word>{'|'.join(_WHOLE)})"
        r"|(?P<number>\d+(?:\.\d+)?%?)"
        r"|(?P<operator><=|>=|!=|→|[-+*/^=<>~±·∑∏√∫∂∇∞])"
        rf"|(?P<char>[{_HAN}])"
        r"|(?P<letter>[^\W\d_])"
    )


def _pieces(part: str, named: frozenset[str]) -> Iterator[Piece]:
    clause = read(active(_ABOUT.sub("", _NO_NEED.sub("不需要", read(part.strip()).normal))))
    forms: list[str] = []
    words: list[str] = []
    for form, word in _units(clause, named):
        if word:
            forms.append(form)
            words.append(word)
        elif forms:
            yield Piece(tuple(forms), tuple(words))
            forms, words = [form] if form else [], [OR] if form else []
    if forms:
        yield Piece(tuple(forms), tuple(words))


def _units(clause: Text, named: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Units with their words; a conjunction has no word."""
    measured = [*quantities(clause)]
    end = 0
    for match in _unit_pattern().finditer(clause.normal):
        if match.lastgroup == "formula":
            measured = [each for each in measured if each.span[0] >= match.end()]
        if measured and match.start() >= measured[0].span[0]:
            quantity = measured.pop(0)
            end = quantity.span[1]
            yield from _of_quantity(quantity, clause.raw[slice(*quantity.span)])
        if match.start() >= end:
            yield from _of_match(match, named)


def _of_quantity(quantity: Quantity, written: str) -> Iterator[tuple[str, str]]:
    value, dimension = in_first_unit(quantity.value, quantity.unit)
    form = f"#{value:.6g}" + ("." if quantity.ordinal else "")
    if quantity.end is not None:
        form += f"~{in_first_unit(quantity.end, quantity.unit)[0]:.6g}"
    if quantity.margin:
        form += f"±{in_first_unit(quantity.margin, quantity.unit)[0]:.6g}"
    yield form, written
    if dimension:
        yield f"#{dimension}", dimension


def _of_match(match: re.Match[str], named: frozenset[str]) -> Iterator[tuple[str, str]]:
    word = match.group()
    match match.lastgroup:
        case "join" | "and":
            yield (OR if word in _ALTERNATIVES else ""), ""
        case "word":
            yield _WHOLE[word], word
        case "quantifier":
            yield quantifier(word), word
        case "signed":
            yield from _signed(word, named, match.string)
        case "char":
            if not is_function_han(word) and word not in _FILLERS:
                yield word, word
        case "operator":
            yield sign(_SPOKEN[word]) if word in _SPOKEN else word, word
        case _:
            yield word, word


def _signed(word: str, named: frozenset[str], whole: str) -> Iterator[tuple[str, str]]:
    """A word as its sign; what only looks like a negation is made of characters like any other."""
    form = sign(word)
    if word.isascii() or form != word:
        letter = len(word) == 1 and (
            word not in _SMALL_LETTERS or _ANY_HAN.search(whole) is not None
        )
        if word not in named and (letter or form != stem(word) or carries_meaning(word)):
            yield form, word
        return
    yield from ((char, char) for char in word if not is_function_han(char))
