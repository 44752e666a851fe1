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
from collections.abc import Iterable, Iterator
from pathlib import Path

from training.lexicon import SHARE_ALIKE
from tutor.grading.reading.text import read

PARTS = ("noun", "verb", "adj", "adv")
LONGEST = 40
"""Characters of a form; longer ones are definitions and headings."""
_NO_WORD = re.compile(r"[^\w\s.'/+·-]")
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"

Words = dict[str, set[str]]
"""Words by the id of their synset."""


def english_words(folder: Path) -> Words:
    """The lemmas of WordNet by offset and part of speech, as in 00001740-n."""
    return {
        identity: words
        for part in PARTS
        for line in (folder / f"data.{part}").read_text("latin-1").splitlines()
        if not line.startswith("  ")
        for identity, words in [_synset(line)]
    }


def _synset(line: str) -> tuple[str, set[str]]:
    """Offset, type and lemmas of a line: `offset file type count lemma id lemma id ...`."""
    fields = line.split()
    lemmas = fields[4 : 4 + 2 * int(fields[3], 16) : 2]
    part = "a" if fields[2] == "s" else fields[2]
    return f"{fields[0]}-{part}", {word.split("(")[0].replace("_", " ") for word in lemmas}


def chinese_words(path: Path) -> Words:
    """The Chinese lemmas by the same ids."""
    return {row["synset"]: set(row["zh"]) for row in _rows(path)}


def term_words(paths: Iterable[Path]) -> Iterator[set[str]]:
    """The pairs of lists of terms, but of sources that would bind what is made from them."""
    for path in paths:
        for row in _rows(path):
            if row.get("source") not in SHARE_ALIKE:
                yield {row["zh"], row["en"]}


def _rows(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def synsets(english: Words, chinese: Words, terms: Iterable[set[str]]) -> list[frozenset[str]]:
    """The forms of every synset that has two or more, once each, in a fixed order."""
    joined = [english.get(key, set()) | chinese.get(key, set()) for key in {**english, **chinese}]
    found = {frozenset(filter(None, map(_form, words))) for words in (*joined, *terms)}
    return sorted((forms for forms in found if len(forms) > 1), key=sorted)


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
    found = synsets(
        english_words(given.wordnet), chinese_words(given.chinese), term_words(given.terms)
    )
    write(found, given.output)
    print(f"{len(found)} synsets -> {given.output}")


if __name__ == "__main__":
    main()
