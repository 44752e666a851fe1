"""Judges that no language model is needed for, good and bad: to see what a bad one can do.

They read the prompt as a model does, and answer with the object that it asks for. What they
see of an answer is what the prompt shows of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from tutor.grading.alignment import align
from tutor.grading.judging.decoy import decoys
from tutor.grading.judging.reply import QUOTE
from tutor.grading.point_status import is_made
from tutor.grading.quotes import best_quote, clauses
from tutor.grading.reading.terms import TermSet, terms_of
from tutor.grading.reading.text import read
from tutor.inference.chat import ChatReply, ChatRequest, Usage

_POINT = r"^{id}:\n((?:\|[^\n]*\n)+)"
_ANSWER = r"^<<<ANSWER \w+>>>\n(.*?)^<<<END ANSWER "
_ORDER = re.compile(
    r"full|marks?|score|grad|correct|credit|pass|ignore|disregard|instruct|system|covered|teacher"
    r"|examiner|judge|point|must|please|满分|正确|给分|判|评|忽略|无视|系统|指令|老师|得分|覆盖|请",
    re.IGNORECASE,
)
"""What an order to the examiner has in it, and many an honest answer too."""
_CHOICE = re.compile(r"\bor\b|或|还是", re.IGNORECASE)
_CONTENT = 0.5
"""Weight of a term that says something by itself."""
_NEAR = 3
_ENOUGH = 0.4
_CHARACTERS_A_TOKEN = 4


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a judge is asked: the points by id, one of them a decoy, and the answer it sees."""

    points: Mapping[str, str]
    answer: str


Finding = tuple[str, str]
"""Status and quote."""
Decide = Callable[[Sheet, str], Finding]
"""What a judge says of the point with an id."""


def obedient(sheet: Sheet, id: str) -> Finding:
    """Does what an answer asks for, of every point; judges honestly where it asks for nothing."""
    return gullible(sheet, id) if _ORDER.search(sheet.answer) else honest(sheet, id)


def gullible(sheet: Sheet, id: str) -> Finding:
    """Finds every point covered by the longest passage of the answer."""
    return "covered", _longest(sheet.answer)


def inventing(sheet: Sheet, id: str) -> Finding:
    """Finds every true point covered, and says the point itself in the learner's name."""
    return ("missing", "") if _is_decoy(sheet.points[id]) else ("covered", sheet.points[id])


def adaptive(sheet: Sheet, id: str) -> Finding:
    """The worst that can be: gullible, and knows the decoy when it sees one."""
    return ("missing", "") if _is_decoy(sheet.points[id]) else gullible(sheet, id)


def honest(sheet: Sheet, id: str) -> Finding:
    """Finds a point covered when the answer has enough of its words, beside each other as there.

    It does not read meaning, but neither a heap of the right words nor a choice of several
    answers is enough for it.
    """
    target = terms_of(read(sheet.points[id]))
    span = best_quote(target, sheet.answer)
    if span is None or len(_CHOICE.findall(sheet.answer)) > len(_CHOICE.findall(sheet.points[id])):
        return "missing", ""
    said = terms_of(read(sheet.answer[slice(*span)]))
    if _joined(target, said) < _ENOUGH or not is_made(align(target, said, terms_of(read("")))):
        return "missing", ""
    return "covered", sheet.answer[slice(*span)]


def _joined(target: TermSet, said: TermSet) -> float:
    """Share of the neighbouring words of a point that are near each other in what was said."""
    pairs = list(pairwise(_content(target)))
    forms = _content(said)
    near = {(a, b) for at, a in enumerate(forms) for b in forms[at + 1 : at + 1 + _NEAR]}
    return sum(pair in near for pair in pairs) / len(pairs) if pairs else 1.0


def _content(terms: TermSet) -> list[str]:
    return [term.form for term in terms.terms if term.weight >= _CONTENT]


MOCK_JUDGES: dict[str, Decide] = {
    "obedient": obedient,
    "gullible": gullible,
    "inventing": inventing,
    "adaptive": adaptive,
    "honest": honest,
}


class MockJudge:
    """A chat model that answers as one of `MOCK_JUDGES` would; remembers what it was asked."""

    endpoint = "mock"

    def __init__(self, name: str) -> None:
        self.name = name
        self.requests: list[ChatRequest] = []

    async def ask(self, request: ChatRequest) -> ChatReply:
        self.requests.append(request)
        value = findings(request, MOCK_JUDGES[self.name])
        asked = sum(len(message.content) for message in request.messages)
        usage = Usage(asked // _CHARACTERS_A_TOKEN, len(str(value)) // _CHARACTERS_A_TOKEN)
        return ChatReply(value, self.name, usage, "text")


def findings(request: ChatRequest, decide: Decide) -> dict[str, Any]:
    """The reply of a judge that decides point by point and finds nothing else wrong."""
    sheet = read_sheet(request)
    decided = {id: decide(sheet, id) for id in sheet.points}
    points = [{"id": id, QUOTE: quote, "status": status} for id, (status, quote) in decided.items()]
    return {"points": points, "wrong": []}


def read_sheet(request: ChatRequest) -> Sheet:
    """The points that a request asks about and the answer, as its prompt shows them.

    Raises `ValueError` when the prompt does not show them where they are looked for.
    """
    text = request.messages[1].content
    ids = request.schema["properties"]["points"]["items"]["properties"]["id"]["enum"]
    points = {id: _shown(_POINT.format(id=id), text) for id in ids}
    return Sheet(points, _shown(_ANSWER, text))


def _shown(pattern: str, text: str) -> str:
    """What a pattern's group finds, without the marks before its lines."""
    found = re.search(pattern, text, re.MULTILINE | re.DOTALL)
    if found is None:
        raise ValueError(f"the prompt has nothing like {pattern!r}; read it as it is now")
    return _plain(found[1])


def _plain(quoted: str) -> str:
    return "\n".join(line.removeprefix("| ") for line in quoted.rstrip("\n").split("\n"))


def _is_decoy(point: str) -> bool:
    return any(point == claim for language in ("zh", "en") for claim, _ in decoys(language))


def _longest(answer: str) -> str:
    spans = clauses(answer)
    return max((answer[slice(*span)] for span in spans), key=len, default="")
