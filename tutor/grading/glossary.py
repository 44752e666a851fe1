"""The bilingual glossary: which Chinese and English terms mean the same.

`data/glossary.tsv` has one concept a line: Chinese forms, English forms and abbreviations, in
columns, forms separated by `|`. A concept's id is its place in the file and means nothing
between versions. A form may stand in several lines; then it is ambiguous and has all their ids.
English is compared by stems, so `ranked` finds `rank`; British spelling equals American.
Stemming is the slow part, so each form is read when its first letters are first asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from tutor.grading.text import Text, read, stem

_HAN = r"\u4e00-\u9fff\u3400-\u4dbf\uf900-\ufaff\U00020000-\U000323af〇"
_UNIT = re.compile(rf"[{_HAN}]|\d+(?:\.\d+)?|(?:(?![{_HAN}])[^\W\d_])+(?:'[a-z]+)?")
_JOINS = {"", " ", "-", "/"}
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

Key = tuple[str, ...]


class Concept(NamedTuple):
    """A glossary term that occurs in a text: what it may mean, and its raw offsets there."""

    ids: tuple[int, ...]
    start: int
    end: int


class _Unit(NamedTuple):
    """One Han character, word or number of a normal form, with its offsets there."""

    raw: str
    form: str
    start: int
    end: int


class _Bucket(NamedTuple):
    """The terms that share their first letters, and how many units they have, longest first."""

    terms: dict[Key, tuple[int, ...]]
    lengths: tuple[int, ...]


@lru_cache(maxsize=65536)
def _form(word: str) -> str:
    for british, american in _SPELLINGS:
        word = british.sub(american, word)
    return stem(word)


def _units(normal: str) -> Iterator[_Unit]:
    for found in _UNIT.finditer(normal):
        yield _Unit(found.group(), _form(found.group()), found.start(), found.end())


@lru_cache(maxsize=1024)
def _runs(normal: str) -> tuple[tuple[_Unit, ...], ...]:
    """Units that stand next to each other; a sign, a comma or a full stop ends a run."""
    runs: list[list[_Unit]] = []
    end = -1
    for unit in _units(normal):
        if end < 0 or normal[end : unit.start] not in _JOINS:
            runs.append([])
        runs[-1].append(unit)
        end = unit.end
    return tuple(tuple(run) for run in runs)


def _key(units: tuple[_Unit, ...]) -> Key:
    return tuple(unit.form for unit in units)


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


def _lines() -> list[str]:
    data = files("tutor.grading").joinpath("data", "glossary.tsv").read_text(encoding="utf-8")
    return [line for line in data.splitlines() if line and not line.startswith("#")]


def _letters(normal: str) -> str:
    first = _UNIT.match(normal)
    return first.group()[:3] if first else ""


@cache
def _bucket(letters: str) -> _Bucket:
    terms: dict[Key, tuple[int, ...]] = {}
    for form, identity in _forms().get(letters, ()):
        key = tuple(unit.form for unit in _units(form.lower()))
        terms[key] = tuple(sorted({*terms.get(key, ()), identity}))
    return _Bucket(terms, tuple(sorted({len(key) for key in terms}, reverse=True)))


def _terms_at(run: tuple[_Unit, ...], start: int) -> Iterator[tuple[int, tuple[int, ...]]]:
    """End and ids of every term that begins at `run[start]`, longest first."""
    bucket = _bucket(run[start].raw[:3])
    for length in bucket.lengths:
        ids = bucket.terms.get(_key(run[start : start + length]))
        if ids and start + length <= len(run):
            yield start + length, ids


def concepts(text: Text) -> tuple[Concept, ...]:
    """The glossary terms of a text from left to right, the longest at each place, disjoint."""
    return tuple(_concepts(text))


def _concepts(text: Text) -> Iterator[Concept]:
    for run in _runs(text.normal):
        at = 0
        while at < len(run):
            end, ids = next(_terms_at(run, at), (at + 1, ()))
            if ids:
                yield Concept(ids, *text.raw_span(run[at].start, run[end - 1].end))
            at = end


def concept_ids(text: Text) -> frozenset[int]:
    """Ids of every term in a text, those inside longer terms too (微调 in 监督微调).

    A single Han character counts only where it is no part of a longer term.
    """
    return frozenset(_all_ids(text))


def _all_ids(text: Text) -> Iterator[int]:
    for run in _runs(text.normal):
        covered = 0
        for at in range(len(run)):
            for end, ids in _terms_at(run, at):
                if end - at > 1 or at >= covered or not is_single_han(run[at]):
                    covered = max(covered, end)
                    yield from ids


def is_single_han(unit: _Unit) -> bool:
    return len(unit.raw) == 1 and not unit.raw.isascii()


@lru_cache(maxsize=4096)
def same_term(a: str, b: str) -> bool:
    """Whether two whole strings have one normal form or are glossary terms of one concept."""
    first, second = read(a), read(b)
    if first.normal.strip() == second.normal.strip():
        return True
    return not _whole_ids(first).isdisjoint(_whole_ids(second))


def _whole_ids(text: Text) -> frozenset[int]:
    """Ids of the one term that the whole text is; empty when it is anything else."""
    runs = _runs(text.normal)
    bare = text.normal.strip()
    if len(runs) != 1 or (runs[0][0].start, runs[0][-1].end) != _bounds(text.normal, bare):
        return frozenset()
    return frozenset(_bucket(runs[0][0].raw[:3]).terms.get(_key(runs[0]), ()))


def _bounds(normal: str, bare: str) -> tuple[int, int]:
    start = normal.index(bare)
    return start, start + len(bare)
