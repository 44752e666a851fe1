"""The bilingual glossary: which Chinese and English terms mean the same.

`data/glossary.tsv` has one concept a line: Chinese forms, English forms and abbreviations, in
columns, forms separated by `|`. A concept's id is its place in the file and means nothing
between versions. A form may stand in several lines; then it is ambiguous and has all their ids.
English is compared by stems, so `ranked` finds `rank`; British spelling equals American.
Stemming is the slow part, so each form is read when its first letters are first asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from tutor.grading.reading.memory import FEW, characters_of, remember
from tutor.grading.reading.text import Text, is_han, read, stem

_HAN = r"\u4e00-\u9fff\u3400-\u4dbf\uf900-\ufaff\U00020000-\U000323af〇"
_PIECE = re.compile(rf"[{_HAN}]+|\d+(?:\.\d+)?|[^\W\d_{_HAN}]+(?:'[a-z]+)?")
_JOINS = {"", " ", "-", "/"}
_ALONE = (1,)
_SPELLINGS = tuple(
    (re.compile(british), american)
    for british, american in (
        (r"(?<=\w{3})is(e|ed|es|er|ers|ing|ation|ations)$", r"iz\1"),
        (r"(?<=\w{3})ys(e|ed|es|ing)$", r"yz\1"),
        (r"(?<=\w{4})ll(ed|ing|er|ers)$", r"l\1"),
        (r"(?<=\w{3})our(s|ed|ing|al|ally|able|ite|hood|hoods)?$", r"or\1"),
        (r"(?<=[nt])re(s?)$", r"er\1"),
        (r"(?<=\w{4})ogue(s?)$", r"og\1"),
        (r"(?<=fen)ce(s?)$", r"se\1"),
    )
)
_MAYBE_BRITISH = re.compile("[iy]s|ll|our|re|ogue|ce")
"""What every British spelling has in it: most words are ruled out by it at once."""

Key = tuple[str, ...]
_Ending = tuple[int, tuple[int, ...]]
"""Where a term ends, in units of a run, and its ids."""
_Place = tuple[int, tuple[_Ending, ...]]
"""Where terms begin, and the ends of all that do, longest first."""


class Concept(NamedTuple):
    """A glossary term that occurs in a text: what it may mean, and its raw offsets there."""

    ids: tuple[int, ...]
    start: int
    end: int


class _Run(NamedTuple):
    """Han characters, words and numbers that stand next to each other in a normal form."""

    forms: Key
    letters: tuple[str, ...]
    """The first letters of each, which tell where its terms are kept."""
    starts: tuple[int, ...]
    ends: tuple[int, ...]


class _Bucket(NamedTuple):
    """The terms that share their first letters, and their lengths in units, longest first.

    Lengths are kept by the second unit: most places in a text are ruled out by it at once.
    """

    terms: dict[Key, tuple[int, ...]]
    lengths: dict[str, tuple[int, ...]]


@lru_cache(maxsize=65536)
def _form(word: str) -> str:
    if _MAYBE_BRITISH.search(word):  # seldom so
        for british, american in _SPELLINGS:
            word = british.sub(american, word)
    return stem(word)


def _units(piece: str) -> Iterable[str]:
    return piece if is_han(piece[0]) else (piece,)


def _key(normal: str) -> Key:
    return tuple(_form(unit) for piece in _PIECE.findall(normal) for unit in _units(piece))


@remember(FEW, characters_of)
def _runs(normal: str) -> tuple[_Run, ...]:
    """The runs of a normal form; a sign, a comma or a full stop ends a run."""
    runs: list[list[re.Match[str]]] = []
    end = -1
    for piece in _PIECE.finditer(normal):
        if end < 0 or normal[end : piece.start()] not in _JOINS:
            runs.append([])
        runs[-1].append(piece)
        end = piece.end()
    return tuple(_run(pieces) for pieces in runs)


def _run(pieces: list[re.Match[str]]) -> _Run:
    forms: list[str] = []
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for piece in pieces:
        word, start, end = piece.group(), *piece.span()
        if is_han(word[0]):
            forms += word
            letters += word
            starts += range(start, end)
            ends += range(start + 1, end + 1)
        else:
            forms.append(_form(word))
            letters.append(word[:3])
            starts.append(start)
            ends.append(end)
    return _Run(tuple(forms), tuple(letters), tuple(starts), tuple(ends))


@cache
def _forms() -> dict[str, list[tuple[str, int]]]:
    """Every form in the data with its concept, by the first letters of its first unit."""
    forms: dict[str, list[tuple[str, int]]] = {}
    for identity, line in enumerate(_lines()):
        chinese, english, short = (column.split("|") for column in line.split("\t"))
        plurals = [form + "s" for form in short if form]
        for form in filter(None, (*chinese, *english, *short, *plurals)):
            forms.setdefault(_letters(form.lower()), []).append((form, identity))
    return forms


@cache
def _lines() -> list[str]:
    data = files("tutor.grading").joinpath("data", "glossary.tsv").read_text(encoding="utf-8")
    return [line for line in data.splitlines() if line and not line.startswith("#")]


def _letters(normal: str) -> str:
    first = _PIECE.match(normal)
    if first is None:
        return ""
    return normal[0] if is_han(normal[0]) else first.group()[:3]


@cache
def _bucket(letters: str) -> _Bucket:
    terms: dict[Key, tuple[int, ...]] = {}
    for form, identity in _forms().get(letters, ()):
        key = _key(form.lower())
        terms[key] = tuple(sorted({*terms.get(key, ()), identity}))
    return _Bucket(terms, _lengths(terms))


def _lengths(terms: Iterable[Key]) -> dict[str, tuple[int, ...]]:
    lengths: dict[str, set[int]] = {}
    for key in terms:
        if len(key) > 1:
            lengths.setdefault(key[1], set()).add(len(key))
    return {second: (*sorted(found, reverse=True), *_ALONE) for second, found in lengths.items()}


def _terms_at(run: _Run, start: int) -> Iterator[_Ending]:
    """End and ids of every term that begins at unit `start` of a run, longest first."""
    terms, lengths = _bucket(run.letters[start])
    second = run.forms[start + 1] if start + 1 < len(run.forms) else ""
    for length in lengths.get(second, _ALONE):
        end = start + length
        if end <= len(run.forms) and (ids := terms.get(run.forms[start:end])):
            yield end, ids


def concepts(text: Text) -> tuple[Concept, ...]:
    """The glossary terms of a text from left to right, the longest at each place, disjoint."""
    return tuple(_concepts(text))


def _concepts(text: Text) -> Iterator[Concept]:
    for run, places in _found(text.normal):
        end = 0
        for at, terms in places:
            if at >= end:
                end, ids = terms[0]
                yield Concept(ids, *text.raw_span(run.starts[at], run.ends[end - 1]))


@remember(FEW, characters_of)
def _found(normal: str) -> tuple[tuple[_Run, tuple[_Place, ...]], ...]:
    """The runs of a normal form, each with the places in it where terms begin."""
    return tuple((run, tuple(_places(run))) for run in _runs(normal))


def _places(run: _Run) -> Iterator[_Place]:
    seconds = (*run.forms[1:], "")
    for at, (letters, form, second) in enumerate(zip(run.letters, run.forms, seconds, strict=True)):
        bucket = _bucket(letters)
        if second not in bucket.lengths and (form,) not in bucket.terms:  # mostly so
            continue
        if terms := tuple(_terms_at(run, at)):
            yield at, terms


def concept_ids(text: Text) -> frozenset[int]:
    """Ids of every term in a text, those inside longer terms too (微调 in 监督微调).

    A single Han character counts only where it is no part of a longer term.
    """
    return _concept_ids(text.normal)


@remember(FEW, characters_of)
def _concept_ids(normal: str) -> frozenset[int]:
    return frozenset(identity for found in _found(normal) for identity in _ids_in(*found))


def _ids_in(run: _Run, places: Iterable[_Place]) -> Iterator[int]:
    covered = 0
    for at, terms in places:
        for end, ids in terms:
            if end - at > 1 or at >= covered or run.forms[at].isascii():
                yield from ids
            covered = max(covered, end)


@remember(FEW, lambda a, b: len(a) + len(b))
def same_term(a: str, b: str) -> bool:
    """Whether two whole strings have one normal form or are glossary terms of one concept."""
    first, second = read(a).normal.strip(), read(b).normal.strip()
    return first == second or not _whole_ids(first).isdisjoint(_whole_ids(second))


def forms_of(identity: int) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """A concept's Chinese forms, English forms and abbreviations, as the data has them."""
    chinese, english, short = (
        tuple(filter(None, column.split("|"))) for column in _lines()[identity].split("\t")
    )
    return chinese, english, short


def is_term(text: str) -> bool:
    """Whether a whole string is a term of the glossary."""
    return bool(_whole_ids(read(text).normal.strip()))


def _whole_ids(normal: str) -> frozenset[int]:
    """Ids of the one term that the whole text is; empty when it is anything else."""
    match _runs(normal):
        case (run,) if (run.starts[0], run.ends[-1]) == (0, len(normal)):
            return frozenset(_bucket(run.letters[0]).terms.get(run.forms, ()))
    return frozenset()
