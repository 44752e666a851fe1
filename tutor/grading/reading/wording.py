"""Wordings: when two short phrases in normal form name the same thing, or nearly."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from rapidfuzz import fuzz

from tutor.grading.reading.glossary import concepts, same_term
from tutor.grading.reading.memory import FEW, characters_of, remember
from tutor.grading.reading.text import is_han, read, stem

Piece = frozenset[str]

_SMALL_WORDS = frozenset("a an the of for and in on to with from by or at is are".split())
_HAN_FILLER = re.compile("[的了个]")
_BRACKET = re.compile(r"^(.+?)\s?\(([^()]+)\)$")
_ALTERNATIVE = re.compile(r"\s*(?:或者|或|(?<![a-z])or(?![a-z]))\s*")
_JOINS = re.compile(r"[\s-]")
_MOST_FORMS = 16
_LONGEST_ACRONYM = 20


@remember(FEW, characters_of)
def accepted_forms(normal: str) -> tuple[str, ...]:
    """The ways to give a fill, the whole first: without its bracket, the bracket, X of `X/Y`."""
    forms = (form for form in _all_forms(normal) if form.strip())
    return tuple(islice(dict.fromkeys(forms), _MOST_FORMS))


def _all_forms(normal: str) -> Iterator[str]:
    yield normal
    if bracket := _BRACKET.match(normal):
        yield from bracket.groups()
    parts = _ALTERNATIVE.split(normal)
    if len(parts) == 1 and not re.search(r"\d", normal):
        parts = normal.split("/")
    if len(parts) > 1:
        yield from (part.strip() for part in parts)


@remember(FEW, lambda form, fill: len(form) + len(fill))
def same_words(form: str, fill: str) -> bool:
    """Whether two phrases are one term, spelled alike, abbreviated or translated."""
    if (
        wording_key(form) == wording_key(fill) != ""
        or _JOINS.sub("", form) == _JOINS.sub("", fill) != ""
    ):
        return True
    if same_term(form, fill) or _abbreviates(form, fill) or _abbreviates(fill, form):
        return True
    return _word_for_word(_pieces(form), _pieces(fill))


def _word_for_word(ours: tuple[Piece, ...], theirs: tuple[Piece, ...]) -> bool:
    return len(ours) == len(theirs) > 0 and all(
        not our.isdisjoint(their) for our, their in zip(ours, theirs, strict=True)
    )


@remember(FEW, characters_of)
def _pieces(normal: str) -> tuple[Piece, ...]:
    """Glossary terms and the words between them, each as the set of what it may stand for."""
    text = read(normal)
    pieces: list[Piece] = []
    position = 0
    for concept in concepts(text):
        pieces += _plain_pieces(text.raw[position : concept.start])
        written = wording_key(text.raw[concept.start : concept.end])
        pieces.append(frozenset((*map("#{}".format, concept.ids), written)))
        position = concept.end
    return tuple(pieces + _plain_pieces(text.raw[position:]))


def _plain_pieces(between: str) -> list[Piece]:
    return [frozenset({form}) for word in between.split() if (form := _word_key(word))]


@remember(FEW, characters_of)
def wording_key(normal: str) -> str:
    """Letters, digits and Han of a form, without articles, plurals, measure words and 的."""
    return _word_key(normal) or read(normal).compact


def _word_key(normal: str) -> str:
    return "".join(
        _HAN_FILLER.sub("", token.form) if token.kind == "han" else stem(token.form)
        for token in read(normal).tokens
        if token.form not in ("a", "an", "the") and token.kind != "operator"
    )


def _abbreviates(short: str, full: str) -> bool:
    """Whether `short` is made of the first letters of an English full name.

    Small words may give a letter or not: RLHF leaves out the "from" that its name has.
    """
    letters = re.sub(r"[\s.]", "", short)
    words = re.findall(r"[a-z]+", full)
    if not (
        2 <= len(letters) <= min(len(words), _LONGEST_ACRONYM)
        and letters.isascii()
        and letters.isalpha()
    ):
        return False
    is_name = not any(is_han(char) or char.isdigit() for char in full)
    return is_name and _first_letters(letters, words)


def _first_letters(letters: str, words: list[str]) -> bool:
    """Whether letters are the first ones of the words, in order; small words may give none."""
    reached = {0}
    for word in words:
        given = {at + 1 for at in reached if letters[at : at + 1] == word[0]}
        reached = given | reached if word in _SMALL_WORDS else given
    return len(letters) in reached


def same_but_digits(form: str, fill: str) -> bool:
    """GPT-3 and GPT-4 are two things."""
    ours, theirs = (_JOINS.sub("", text) for text in (form, fill))
    return _digits(ours) != _digits(theirs) and _mask(ours) == _mask(theirs)


def _mask(text: str) -> str:
    return re.sub(r"\d+", "0", text)


def partly(form: str, fill: str) -> bool:
    """Whether one is the other with a word more at either end: SFT, SFT 模型."""
    shorter, longer = sorted((_pieces(form), _pieces(fill)), key=len)
    return bool(shorter) and (
        _word_for_word(shorter, longer[: len(shorter)])
        or _word_for_word(shorter, longer[-len(shorter) :])
    )


def similar(ours: str, theirs: str) -> bool:
    """Mostly the same characters, or one inside the other; no measure for short fills."""
    shorter = min(ours, theirs, key=len)
    if len(shorter) < (4 if any(map(is_han, shorter)) else 5) or _digits(ours) != _digits(theirs):
        return False
    return ours in theirs or theirs in ours or fuzz.ratio(ours, theirs) >= 80


def _digits(key: str) -> list[str]:
    return re.findall(r"\d+", key)
