"""Aliases that a text itself declares, as in 监督微调（SFT） or `Key-Value (KV)`.

What stands in brackets may also be an example, a condition or a figure. Only these count: the
term in the other script, an acronym with its words in either order, and what is introduced
by 又称, 简称 or "also known as". Two lists of equal length are paired item by item.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tutor.grading.reading.glossary import is_term
from tutor.grading.reading.text import Text, is_han

_BRACKETED = re.compile(r"[（(]([^（()）]{1,80})[)）]")
_CLAUSE_END = re.compile(r"[。．；;：:！!？?\n（()）]|[.](?=\s)")
_SEPARATOR = re.compile(r"\s*[、,，]\s*")
_ALSO = re.compile(
    r"(?:简称|又称|亦称|也称|又叫|也叫|即|全称|a\.?k\.?a\.?|also (?:called|known as)|short for)"
    r"[:： ]*",
    re.IGNORECASE,
)
_NO_NAME = re.compile(
    r"如|例如|比如|譬如|像|见|(?:e\.?g|i\.?e|such|for|see|in|on|at|by|to|if|when|with|as|the|an?)\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[\[「『“\"《]([^\[\]「」『』“”\"《》]+)[\]」』”\"》]$")
_BEFORE_TERM = re.compile("的|了|是|为|在|与|和|及|或|称|叫|把|将|让|使用|采用|通过|利用|一种|使")
_LATIN_NAME = re.compile(r"[A-Za-z][A-Za-z0-9.+&' -]*[A-Za-z0-9+]")
_LATIN_RUN = re.compile(r"[A-Za-z][\w'-]*(?: [A-Za-z][\w'-]*)*$")
_SMALL_WORDS = frozenset("a an and for from in of on the to with".split())
_LONGEST_HAN = 12
_LONGEST_CLAUSE = 200
"""Characters before a bracket that are looked at for the term that it names."""
_LONGEST_WORDS = 6


def declared_aliases(text: Text) -> tuple[tuple[str, str], ...]:
    """Pairs of a term and the other name that the text gives it in brackets, as written."""
    pairs: list[tuple[str, str]] = []
    for found in _BRACKETED.finditer(text.raw):
        before = text.raw[max(0, found.start() - _LONGEST_CLAUSE) : found.start()]
        clause = _CLAUSE_END.split(before.rstrip())[-1]
        pairs.extend(_pairs(clause, found.group(1).strip()))
    return tuple(pairs)


def _pairs(clause: str, inside: str) -> list[tuple[str, str]]:
    if _NO_NAME.match(inside):
        return []
    names = _SEPARATOR.split(inside)
    parts = _SEPARATOR.split(clause)[-len(names) :]
    terms = [_term(part, name) for part, name in zip(parts, names, strict=False)]
    pairs = [
        (term, _ALSO.sub("", name, count=1))
        for term, name in zip(terms, names, strict=False)
        if term
    ]
    return pairs if len(pairs) == len(names) else []


def _term(before: str, name: str) -> str | None:
    """The term at the end of `before` that `name` is another name of."""
    also = _ALSO.match(name)
    name = name[also.end() :] if also else name
    quoted = _QUOTED.search(before)
    if not before or not _is_name(name):
        return None
    match is_han(before[-1] if not quoted else quoted.group(1)[-1]), is_han(name[0]):
        case (True, False) | (False, True):
            return quoted.group(1) if quoted else _last_term(before)
        case (False, False):
            return _spelled_out(before, name)
        case _:
            return _last_term(before) if also else None


def _is_name(name: str) -> bool:
    if all(map(is_han, name)):
        return 2 <= len(name) <= _LONGEST_HAN
    return bool(_LATIN_NAME.fullmatch(name)) and len(name.split()) <= _LONGEST_WORDS


def _last_term(before: str) -> str | None:
    """The longest glossary term that ends the text, else the words after the last particle."""
    known = next(filter(is_term, _suffixes(before)), None)
    if known is not None:
        return known.strip()
    if latin := _LATIN_RUN.search(before):
        return latin.group() if len(latin.group().split()) <= 3 else None
    tail = _BEFORE_TERM.split(before)[-1].split(" ")[-1]
    return tail if _is_name(tail) else None


def _suffixes(before: str) -> Iterator[str]:
    """Ends of a text that begin at a word, longest first."""
    if is_han(before[-1]):
        yield from (before[-length:] for length in range(min(_LONGEST_HAN, len(before)), 1, -1))
    else:
        words = re.split(r"(?<=[ ])", before)[-_LONGEST_WORDS:]
        yield from ("".join(words[start:]) for start in range(len(words)))


def _spelled_out(before: str, name: str) -> str | None:
    """The words before an acronym that it stands for, or the acronym before its words."""
    words = list(re.finditer(r"[A-Za-z]+", before))
    for start in range(len(words) - 1, max(-1, len(words) - 9), -1):
        if _stands_for(name, before[words[start].start() :]):
            return before[words[start].start() :]
    return words[-1].group() if words and _stands_for(words[-1].group(), name) else None


def _stands_for(acronym: str, words: str) -> bool:
    """Whether capitals are the first letters of words; small words may be left out."""
    if not (acronym.isalpha() and acronym[:2].isupper()):
        return False
    spelled = [word.lower() for word in re.findall(r"[A-Za-z]+", words)]
    content = [word for word in spelled if word not in _SMALL_WORDS]
    letters = acronym.lower()
    return letters in ("".join(word[0] for word in chosen) for chosen in (spelled, content))
