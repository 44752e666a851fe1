"""Make the table of synsets that the local grader ships.

    python -m training.synsets --wordnet DIR --chinese FILE --terms FILE FILE \
        --output tutor/grading/data/synsets.tsv.gz

`--wordnet` is the folder of WordNet 3.0's data files (Fellbaum 1998), `--chinese` the Chinese
Open WordNet (Wang & Bond 2013) as JSON Lines (`synset`, `zh`), whose ids are offsets in those
files. `--terms` are lists of term pairs as JSON Lines (`zh`, `en`); a pair is a synset of two.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from training.lexicon import SHARE_ALIKE
from tutor.grading.reading.text import is_han, read

PARTS = {"n": "noun", "v": "verb", "a": "adj", "r": "adv"}
MOVED = 20
"""Bytes by which a synset may stand elsewhere than its id says: packagers who correct a
definition move what follows. No synset is that short, so the nearest one is meant."""
LONGEST = 40
"""Characters of a form; longer ones are definitions and headings."""
LONGEST_CHINESE, LEAST_COMMON = 4, 2
_NO_WORD = re.compile(r"[^\w\s.'/+·-]")
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"

Lemmas = dict[int, set[str]]
"""Words of a part of speech by the offset of their synset."""


def english_lemmas(path: Path) -> Lemmas:
    """The lemmas of a data file of WordNet, whose lines are
    `offset file type count lemma id lemma id ...`."""
    lemmas: Lemmas = {}
    for line in path.read_text("latin-1").splitlines():
        if not line.startswith("  "):
            fields = line.split()
            words = fields[4 : 4 + 2 * int(fields[3], 16) : 2]
            lemmas[int(fields[0])] = {word.split("(")[0].replace("_", " ") for word in words}
    return lemmas


def chinese_lemmas(path: Path) -> dict[str, Lemmas]:
    """The Chinese lemmas by the same offsets, for each part of speech."""
    lemmas: dict[str, Lemmas] = {part: {} for part in PARTS}
    for row in _rows(path):
        offset, part = row["synset"].split("-")
        lemmas[part][int(offset)] = set(row["zh"])
    return lemmas


def join(english: Lemmas, chinese: Lemmas) -> list[set[str]]:
    """The synsets of either, with the words of both languages where both have it."""
    joined = {offset: set(words) for offset, words in english.items()}
    places = sorted(english)
    for offset, words in chinese.items():
        at = bisect_left(places, offset - MOVED)
        near = [place for place in places[at : at + 2] if abs(place - offset) <= MOVED]
        place = min(near, key=lambda place: abs(place - offset), default=offset)
        joined[place] = joined.get(place, set()) | words
    return list(joined.values())


def term_words(paths: Iterable[Path]) -> Iterator[set[str]]:
    """The pairs of lists of terms, but of sources that would bind what is made from them."""
    for path in paths:
        for row in _rows(path):
            if row.get("source") not in SHARE_ALIKE:
                yield {row["zh"], row["en"]}


def _rows(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def synsets(words: Iterable[set[str]]) -> list[frozenset[str]]:
    """The forms of every synset that has two or more, once each, in a fixed order."""
    found = {frozenset(filter(None, map(_form, lemmas))) for lemmas in words}
    return sorted((forms for forms in found if len(forms) > 1), key=sorted)


def akin(found: list[frozenset[str]]) -> list[frozenset[str]]:
    """Pairs of Chinese words of no common synset that have synonyms in common: 提升, 增加.

    The Chinese lemmas of a synset are far from complete; two common synonyms (by one, many a
    pair is joined by the odd sense of a word) tell that a lemma is missing.
    """
    members: dict[str, set[str]] = {}
    for forms in found:
        for form in forms:
            members.setdefault(form, set()).update(forms)
    pairs = (
        frozenset((word, other))
        for word, synonyms in members.items()
        if _is_chinese(word)
        for other, common in _met(members, synonyms).items()
        if common >= LEAST_COMMON and other > word and other not in synonyms
    )
    return sorted(pairs, key=sorted)


def _met(members: dict[str, set[str]], synonyms: set[str]) -> Counter[str]:
    """The Chinese words of the synonyms' synsets, with how many of the synonyms lead there."""
    there = (member for form in synonyms if len(form) > 1 for member in members[form])
    return Counter(filter(_is_chinese, there))


def _is_chinese(word: str) -> bool:
    return 2 <= len(word) <= LONGEST_CHINESE and all(map(is_han, word))


def _form(word: str) -> str:
    """The normal form without 的 or 地 at its end; empty when it is no word or term."""
    normal = read(word).normal.strip()
    if len(normal) > 2 and normal[-1] in "的地":
        normal = normal[:-1]
    return normal if len(normal) <= LONGEST and not _NO_WORD.search(normal) else ""


def write(found: list[frozenset[str]], path: Path) -> None:
    """One line a form, `form<TAB>id id ...`, in the order of the lines."""
    ids: dict[str, list[str]] = {}
    for number, forms in enumerate(found):
        for form in forms:
            ids.setdefault(form, []).append(_short(number))
    lines = sorted(f"{form}\t{' '.join(numbers)}" for form, numbers in ids.items())
    # mtime=0 keeps the file identical from run to run.
    path.write_bytes(gzip.compress(("\n".join(lines) + "\n").encode(), mtime=0))


def _short(number: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, len(_DIGITS))
        digits = _DIGITS[digit] + digits
    return digits or "0"


def main() -> None:
    """Read the sources and write the table."""
    parser = argparse.ArgumentParser(description="Make the table of synsets.")
    parser.add_argument("--wordnet", type=Path, required=True, help="folder of data.noun and so on")
    parser.add_argument("--chinese", type=Path, required=True, help="Chinese lemmas by synset")
    parser.add_argument("--terms", type=Path, nargs="*", default=(), help="lists of term pairs")
    parser.add_argument("--output", type=Path, required=True)
    given = parser.parse_args()
    chinese = chinese_lemmas(given.chinese)
    words = [
        lemmas
        for part, name in PARTS.items()
        for lemmas in join(english_lemmas(given.wordnet / f"data.{name}"), chinese[part])
    ]
    found = synsets([*words, *term_words(given.terms)])
    pairs = akin(found)
    write([*found, *pairs], given.output)
    print(f"{len(found)} synsets, {len(pairs)} pairs -> {given.output}")


if __name__ == "__main__":
    main()
