"""The answer repeats the question: with nothing beside it, or before what it has to say.

Alone it is no answer. Beside one it counts for nothing: otherwise a wrong answer that repeats
the question would share more words with the reference, and its wrong number would drown.
"""

from __future__ import annotations

import re

from tutor.grading.attempt import Attempt
from tutor.grading.guards.finding import Finding
from tutor.grading.item import Item
from tutor.grading.quotes import clauses
from tutor.grading.reading.memory import FEW, MANY, remember
from tutor.grading.reading.polarity import carries_meaning
from tutor.grading.reading.terms import is_function_han, terms_of
from tutor.grading.reading.text import Text, length_of, read, stem

Words = tuple[str, ...]

_FINDING = Finding(
    "question_copy",
    "reject",
    "重复了题目，没有给出新的内容。",
    "This repeats the question and adds nothing to it.",
)
_CHOICE = re.compile(
    r"还是|哪|是否|能否|可否|会不会|能不能|吗|对不对|或|正确|错误"
    r"|(?<![a-z])(?:or|which|whether|either|between|true|false|who|choose|select|compare|list|name"
    r"|point|identify)(?![a-z])|^(?:do|does|did|is|are|was|were|can|could|will|would|should|has|have)"
    r"(?![a-z])"
)
_ORDERING = re.compile(
    r"排[序列]|顺序|次序|先后|依次|从.{1,8}到"
    r"|(?<![a-z])(?:order|rank|arrange|sort|sequence|put|match)(?![a-z])"
)
_ASKING = re.compile(
    r"什么|怎么样?|怎样|如何|为何|哪些?|几|多少|多久|谁|吗|呢|是否|能否|可否"
    r"|(?<![a-z])(?:what|why|how|when|where|which|who|describe|explain|name|list)(?![a-z])"
)
_TELLING = frozenset("same only not no never none both all each also".split())
"""Words of grammar that may be the whole point of an answer."""
_SENTENCE = re.compile(r"[?!。？！；;\n]|\.(?=\s|$)")
_WHOLE_COPY = 0.75
"""Share of the question's words from which on an answer is a copy whatever is asked."""

_LEAST_TOLD = 3
"""Words from which on a copied part of the question that asks nothing is no chance."""
_LEAST_ECHO = 4
"""Words from which on a question that does not ask, as `Overfitting`, is set aside as well."""
_BREAK = re.compile(r"[\s,.;:!?()，。；：！？（）、…—-]")


def find(attempt: Attempt) -> list[Finding]:
    """Reject a copy of the question, when the reference says something that the question
    does not; choosing one of the things that the question names is an answer."""
    if _is_the_question(attempt):
        return [_FINDING]
    if attempt.item.kind == "cloze" or not _uses_its_words(attempt):
        return []
    if _asks_back(attempt) or _restates(attempt):
        return [_FINDING]
    whole, given = _words(attempt.question), _words(attempt.answer)
    if len(given) < 2 or not set(given) <= set(whole):
        return []
    copied = len(given) >= _WHOLE_COPY * len(whole) or _copies_a_part(attempt, given)
    if not copied and not _copies_what_is_asked(attempt, given):
        return []
    return [_FINDING] if all(_adds(whole, text) for text in attempt.references) else []


def _is_the_question(attempt: Attempt) -> bool:
    """Whether the answer is the whole question, letter for letter, and no reference is."""
    said = attempt.answer.compact
    echoed = said == attempt.question.compact and said in _echoes(attempt.question)
    return echoed and not _in_a_reference(said, attempt.item)


def _restates(attempt: Attempt) -> bool:
    """Whether the answer is most of the question in its order, but for what asks.

    It then says only what was known, unless there is a choice or the order is the answer. Every
    reference has to say something more, however little that is beside what it repeats.
    """
    whole, given = _words(attempt.question), _words(attempt.answer)
    if len(given) < max(_LEAST_ECHO, _WHOLE_COPY * len(whole)) or not _is_part(given, whole):
        return False
    asked = attempt.question.normal
    if _CHOICE.search(asked) or _ORDERING.search(asked):
        return False
    return all(set(_words(text)) - set(whole) for text in attempt.references)


def _is_part(given: Words, whole: Words) -> bool:
    remaining = iter(whole)
    return all(word in remaining for word in given)


def _asks_back(attempt: Attempt) -> bool:
    """Whether the answer is the question, or a sentence of it that asks, and no reference is."""
    said = attempt.answer.compact
    echoed = said in _echoes(attempt.question) and not _in_a_reference(said, attempt.item)
    return echoed and _asks(attempt.answer)


def _copies_a_part(attempt: Attempt, given: Words) -> bool:
    """Whether the answer is, letter for letter, a whole sentence or clause of the question.

    A clause that asks answers nothing. A part that tells may choose, where there is a choice.
    """
    asked = attempt.question
    parts = [*_SENTENCE.split(asked.raw), *(asked.raw[slice(*span)] for span in clauses(asked.raw))]
    copied = [part for part in map(read, parts) if part.compact == attempt.answer.compact]
    if any(_ASKING.search(part.normal) for part in copied):
        return True
    return bool(copied) and len(given) >= _LEAST_TOLD and not _CHOICE.search(asked.normal)


def _asks(sentence: Text) -> bool:
    normal = sentence.normal.strip()
    return bool(_ASKING.search(normal) or _CHOICE.search(normal))


def _copies_what_is_asked(attempt: Attempt, given: Words) -> bool:
    """Whether the answer is a part of the last sentence, in its order, and chooses nothing.

    Words of a story that leads up to the question may well be the answer to it.
    """
    sentences = [part for part in _SENTENCE.split(attempt.question.raw) if read(part).tokens]
    if not sentences or _CHOICE.search(read(sentences[-1].strip()).normal):
        return False
    return _is_part(given, _words(read(sentences[-1])))


def _uses_its_words(attempt: Attempt) -> bool:
    """Whether every Han character and word that carries meaning is in the question too."""
    asked = attempt.question
    known = terms_of(asked).forms
    for token in attempt.answer.tokens:
        if token.form in _TELLING:
            new = token.form not in asked.normal
        elif token.kind == "han":
            new = any(char not in asked.normal and not is_function_han(char) for char in token.form)
        else:
            new = token.kind != "operator" and stem(token.form) not in known
            new = new and carries_meaning(token.form)
        if new:
            return False
    return _keeps_formulas(attempt)


def blank_question(item: Item, answer: str) -> str:
    """The answer with the question, or a sentence of it that asks, overwritten by line ends.

    Offsets stay what they are. An answer that is nothing else comes back as it is, and so does
    one to an item with a reference that repeats the question too.
    """
    question = read(item.question)
    echoes = [echo for echo in _echoes(question) if not _in_a_reference(echo, item)]
    if not any(echo in read(answer).compact for echo in echoes):
        return answer
    blanked = list(answer)
    for start, end in (span for echo in echoes for span in _occurrences(echo, read(answer))):
        blanked[start:end] = "\n" * (end - start)
    left = "".join(blanked)
    return left if read(left).tokens else answer


@remember(MANY, length_of)
def _echoes(question: Text) -> tuple[str, ...]:
    """Compact forms of the whole question and of its sentences that ask, longest first."""
    sentences = map(read, _SENTENCE.split(question.raw))
    parts = {part.compact for part in (question, *sentences) if _asks(part)}
    if len(_words(question)) >= _LEAST_ECHO:
        parts.add(question.compact)
    return tuple(sorted(parts, key=len, reverse=True))


def _in_a_reference(echo: str, item: Item) -> bool:
    return any(echo in read(reference).compact for reference in item.references)


def _occurrences(echo: str, answer: Text) -> list[tuple[int, int]]:
    """Raw spans where a compact form stands in the answer as a sentence or clause of its own."""
    return [span for span in answer.places_of(echo) if _is_bounded(answer.raw, *span)]


def _is_bounded(raw: str, start: int, end: int) -> bool:
    around = raw[:start][-1:], raw[end : end + 1]
    return all(not char or _BREAK.match(char) is not None for char in around)


@remember(FEW, length_of)
def _words(text: Text) -> Words:
    """Stems, numbers and Han characters that carry meaning, in order, without those that ask."""
    told = read(_ASKING.sub(" ", text.normal))
    stems = {term.start: term.form for term in terms_of(told).terms if term.weight == 1.0}
    words: list[str] = []
    for token in told.tokens:
        if token.kind == "han":
            words += [char for char in token.form if not is_function_han(char)]
        elif token.start in stems:
            words.append(stems[token.start])
    return tuple(words)


def _keeps_formulas(attempt: Attempt) -> bool:
    """Whether signs in the answer stand where they stand in the question."""
    signs = any(token.kind == "operator" for token in attempt.answer.tokens)
    return not signs or attempt.answer.compact in attempt.question.compact


def _adds(asked: Words, reference: Text) -> bool:
    """Whether at least half of what the reference says is new to the question."""
    said = set(_words(reference))
    return len(said - set(asked)) * 2 >= len(said)
