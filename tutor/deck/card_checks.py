"""What can be wrong with one card: above all, that no answer to it can be graded fairly."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from tutor.deck.brackets import forgotten_blank
from tutor.deck.card import Card
from tutor.deck.cloze import SHOWN_BLANK, read_cloze
from tutor.deck.counting import asked_for, item_counts
from tutor.deck.fault import shown
from tutor.deck.problem import Problem, Severity
from tutor.deck.reading import starts_paragraph
from tutor.grading.reading.text import read

LONG_REFERENCE = 600
"""Characters above which a reference is better graded by rubric lines."""

_VAGUE = frozenset(
    """itdepends depends various many some several different others etc andsoon unknown
    视情况而定 视情况 看情况 视具体情况而定 取决于情况 取决于具体情况 不一定 很多 各种 若干 其他
    等等 不同 todo tbd fixme xxx 待补 待补充 待定 略 see above 见上 同上 如上
    the a an of it this that these those 的 了 它 这 那 这个 那个""".split()
) | {"seeabove"}
_COIN = frozenset("yes no true false right wrong 是 否 对 错 不是 是的 不 会 不会 能 不能".split())
_CHOICE = re.compile(r"还是|或|哪|\bor\b|\bwhich\b|[/、:：\"“「]", re.IGNORECASE)
_MISTYPED_TAG = re.compile(
    r"[ \t\u3000]+[QAC][:：]|q[:：]|[QAC][ \t]+[:：]|\*\*[QACqac]\*?\*?[:：]|[问答][:：]"
)
_MISTYPED_MEND = 'write the tag as "Q:", "A:" or "C:" at the start of the line'

Check = Callable[[Card], Iterator[Problem]]


def check_card(card: Card) -> Iterator[Problem]:
    """The problems of one card, or of one blank of a cloze text."""
    if not card.references[0].strip():
        yield _problem(card, "error", "empty-reference", _empty_message(card))
        return
    checks = _BASIC if card.kind == "basic" else _CLOZE
    for check in checks:
        yield from check(card)


def mistyped_tag(text: str) -> str | None:
    """The first line that looks like a tag and is read as text, or None."""
    return next((line for line in text.split("\n") if _MISTYPED_TAG.match(line)), None)


def mistyped_message(line: str) -> str:
    """What to say about such a line."""
    return f"{shown(line)} looks like a tag and is read as text; {_MISTYPED_MEND}"


def _empty_message(card: Card) -> str:
    if card.kind == "basic":
        return 'the answer is empty, so no answer can be graded; write one after "A:"'
    return "the blank is empty, so no answer can be graded; fill the brackets"


def _empty_question(card: Card) -> Iterator[Problem]:
    if not card.question.strip():
        message = 'the question is empty; write one after "Q:"'
        yield _problem(card, "error", "empty-question", message)


def _vague(card: Card) -> Iterator[Problem]:
    if any(line.kind == "required" for line in card.rubric):
        return
    compact, reference = read(card.references[0]).compact, shown(card.references[0])
    if not compact:
        message = f"the answer {reference} has no words to compare; write it in words"
        yield _problem(card, "warning", "vague-reference", message)
    elif compact in _VAGUE:
        message = f"the answer {reference} is too vague to grade; say what it depends on"
        yield _problem(card, "warning", "vague-reference", message)
    elif compact in _COIN and card.kind == "basic":
        message = f"the answer {reference} is a coin toss; ask why, or say so in the answer"
        yield _problem(card, "warning", "coin-toss", message)


def _given_away(card: Card) -> Iterator[Problem]:
    reference, question = read(card.references[0]).normal, read(card.question).normal
    if len(reference) < 4 or _CHOICE.search(card.question):
        return
    if _stands_in(reference.rstrip("."), question):
        message = "the question contains its answer; ask for something that it does not say"
        yield _problem(card, "warning", "given-away", message)


def _stands_in(words: str, text: str) -> bool:
    """Whether normal-form words occur in normal-form text, and not inside a longer word."""
    if words not in text:  # spares most cards the compiling of a pattern
        return False
    return re.search(rf"(?<![a-z0-9.]){re.escape(words)}(?![a-z0-9]|\.\d)", text) is not None


def _miscounted(card: Card) -> Iterator[Problem]:
    asked = asked_for(card.question)
    if asked is None:
        return
    required = sum(line.kind == "required" for line in card.rubric)
    counts = {required} if required else item_counts(card.references[0])
    if not any(asked.fits(count) for count in counts):
        has = f"has {max(counts)}" if max(counts) > 1 else "is no list"
        message = (
            f"the question asks for {asked.number} things and the "
            f"{'rubric' if required else 'answer'} {has}; make them agree"
        )
        yield _problem(card, "warning", "count", message)


def _long(card: Card) -> Iterator[Problem]:
    length = len(card.references[0])
    if length > LONG_REFERENCE and not any(line.kind == "required" for line in card.rubric):
        message = f'the answer has {length} characters; name its key points in "R:" lines'
        yield _problem(card, "warning", "long-reference", message)


def _brackets(card: Card) -> Iterator[Problem]:
    if found := forgotten_blank(card.question) or forgotten_blank(card.references[0]):
        message = f'{shown(found)} is no blank in a Q/A card; write a cloze text after "C:"'
        yield _problem(card, "warning", "forgotten-cloze", message)


def _stray(card: Card) -> Iterator[Problem]:
    """Only the strict reading leaves such a paragraph in the answer."""
    lines = card.references[0].split("\n")
    for before, line in pairwise(lines):
        if not before.strip() and line.strip() and starts_paragraph(line):
            message = (
                f"{shown(line)} stands below a blank line and is read as part of the answer; "
                'put "---" above it if it is not'
            )
            yield _problem(card, "warning", "stray-paragraph", message)
            return


def _tag(card: Card) -> Iterator[Problem]:
    if card.blank in {None, 0} and (line := mistyped_tag(card.text)):
        yield _problem(card, "warning", "mistyped-tag", mistyped_message(line))


def _visible(card: Card) -> Iterator[Problem]:
    rest = read(card.question.replace(SHOWN_BLANK, " ", 1)).normal
    fill = read(card.references[0]).normal
    if len(fill) < 2 and not fill.isdigit():
        return
    if _stands_in(fill, rest):
        message = (
            f"the blank {shown(card.references[0])} can be read elsewhere in the text; "
            "reword it or make that a blank's part too"
        )
        yield _problem(card, "warning", "visible-blank", message)


def _unmatched(card: Card) -> Iterator[Problem]:
    if card.blank == 0 and read_cloze(card.text).unmatched:
        message = 'a bracket has no partner; close it, or write "\\[" for a bracket to be shown'
        yield _problem(card, "warning", "unmatched-bracket", message)


def _pointless_tolerance(card: Card) -> Iterator[Problem]:
    for line in card.rubric:
        numbers = (token.kind == "number" for token in read(card.references[0]).tokens)
        if line.kind == "tolerance" and not any(numbers):
            message = "the answer has no number for the tolerance; write one or drop the line"
            yield Problem("warning", card.file, line.line, "pointless-tolerance", message)


def _problem(card: Card, severity: Severity, code: str, message: str) -> Problem:
    return Problem(severity, card.file, card.line, code, message)


_EITHER: tuple[Check, ...] = (_vague, _tag, _pointless_tolerance)
_BASIC: tuple[Check, ...] = (
    _empty_question, *_EITHER, _given_away, _miscounted, _long, _brackets, _stray
)  # fmt: skip
_CLOZE: tuple[Check, ...] = (*_EITHER, _visible, _unmatched)
