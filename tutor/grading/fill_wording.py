"""Whether a fill says what the reference says by other words, as far as word lists know.

Word lists know what words can mean, not what they mean here, so such a fill is only likely.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tutor.grading.reading.glossary import same_term
from tutor.grading.reading.lexicon import translations
from tutor.grading.reading.polarity import opposed
from tutor.grading.reading.synsets import share_synset
from tutor.grading.reading.text import is_han, stem
from tutor.grading.reading.wording import same_words

_HEAD = re.compile(
    "(?<=..)(?:作用|过程|现象|效应|状态|机制|方法|技术|阶段)$"
    r"|(?<=\w{3}) (?:effect|process|phenomenon|state|mechanism|method|technique|stage|phase)$"
)
"""What kind of thing a name stands for, which may go without saying."""
_MORE = re.compile("(?:more |更加?|较为?|比较)(.+)")
_HIGHER = re.compile("([a-z]{3,})er")
_NOT = re.compile("(?:not |no |没有|未能?|没|不|无法?|非)(.{2,})")
_UNABLE = re.compile("(.)不([\u4e00-\u9fff])")
_SMALL_WORDS = frozenset("a an the of to for in on".split())
_LEAST_STRENGTH = 0.25
"""Of a translation of a whole word that the learned lexicon offers."""
_LONGEST_HAN, _LONGEST_WORDS = 4, 3
_MOST = 24
"""Characters and words of a phrase that are compared word for word."""


def is_reworded(form: str, fill: str) -> bool:
    """Whether a reference and a fill, both in normal form, can mean the same.

    They are words of one synset, or are when both lose a negation or a comparative, or one
    loses the word for its kind (the primacy effect), or translate each other word for word.
    """
    if opposed(form, fill):
        return False
    return any(_same(*pair) for pair in _bared(form, fill)) or _translates(form, fill)


def _same(ours: str, theirs: str) -> bool:
    return share_synset(ours, theirs) or same_words(ours, theirs)


def _bared(form: str, fill: str) -> Iterator[tuple[str, str]]:
    """The two as they are, then both without what they have in common."""
    yield form, fill
    bare = [_HEAD.sub("", text) for text in (form, fill)]
    if (bare[0] == form) != (bare[1] == fill):
        yield bare[0], bare[1]
    for bases in (_positives, _affirmed):
        yield from ((ours, theirs) for ours in bases(form) for theirs in bases(fill))
    yield from ((ours, theirs) for ours in _positives(form) for theirs in _stems_of_higher(fill))
    yield from ((ours, theirs) for ours in _stems_of_higher(form) for theirs in _positives(fill))


def _positives(text: str) -> tuple[str, ...]:
    return (more[1],) if (more := _MORE.fullmatch(text)) else ()


def _stems_of_higher(text: str) -> tuple[str, ...]:
    """What an English comparative may be one of: fast or faste for faster.

    Two words in -er are not compared by it: a maker is no taker.
    """
    higher = _HIGHER.fullmatch(text)
    return (higher[1], higher[1] + "e", re.sub("i$", "y", higher[1])) if higher else ()


def _affirmed(text: str) -> tuple[str, ...]:
    if unable := _UNABLE.fullmatch(text):
        return (unable[1] + unable[2],)
    return (denied[1],) if (denied := _NOT.fullmatch(text)) else ()


def _translates(form: str, fill: str) -> bool:
    """Whether one is Chinese, the other English, and they go word for word in one order."""
    chinese, english = (fill, form) if form.isascii() else (form, fill)
    chinese = chinese.replace("的", "")
    words = [word for word in english.split() if word not in _SMALL_WORDS]
    short = len(chinese) <= _MOST and len(words) <= _MOST
    if not (short and english.isascii() and all(map(is_han, chinese))):
        return False
    reached = {(0, 0)}
    for at in range(len(chinese)):
        for place, word in [pair for pair in reached if pair[0] == at]:
            reached.update(_steps(chinese, words, place, word))
    return bool(words) and (len(chinese), len(words)) in reached


def _steps(chinese: str, words: list[str], place: int, word: int) -> Iterator[tuple[int, int]]:
    """Where the phrases that begin at two places and mean the same end."""
    for end in range(place + 1, min(len(chinese), place + _LONGEST_HAN) + 1):
        for last in range(word + 1, min(len(words), word + _LONGEST_WORDS) + 1):
            if _means(chinese[place:end], " ".join(words[word:last])):
                yield end, last


def _means(chinese: str, english: str) -> bool:
    known = translations(stem(english)) if " " not in english and len(chinese) > 1 else {}
    return known.get(chinese, 0) >= _LEAST_STRENGTH or (
        share_synset(chinese, english) or same_term(chinese, english)
    )
