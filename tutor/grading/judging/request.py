"""What a judge is asked: the prompt around one answer, and what is needed to read its reply.

First comes what never changes (per policy), then the card, last the answer, so that a server
that keeps the beginnings of prompts need not read them again. Key points go by tokens instead
of numbers, and one of them is a decoy: neither can be foreseen by who writes the answer.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, get_args

from tutor.errors import PromptError
from tutor.grading.attempt import MOST_REFERENCES
from tutor.grading.extent import read_part
from tutor.grading.grade import KeyPoint, Language, PointStatus
from tutor.grading.guards.instructions import blank_instructions, is_about_instructions
from tutor.grading.item import Item, PointSpec
from tutor.grading.judging.decoy import choose_decoy, content_of
from tutor.grading.judging.fencing import Seal, closing, neutralise, opening, quoted
from tutor.grading.judging.prompt import Prompt, bundled_prompt
from tutor.grading.judging.reply import QUOTE, RawPoint
from tutor.grading.judging.scoring import Extras
from tutor.grading.language import language_of
from tutor.grading.strictness import Policy
from tutor.inference.chat import ChatRequest, Message

LONGEST_SHOWN = 8_000
"""Characters of an answer that the judge sees, the first ones: four pages, in Chinese some
8,000 tokens and in English some 2,000."""
_STATUSES: tuple[PointStatus, ...] = get_args(PointStatus)
_EXAMPLES = ("bicycle", "bread")
_ID_LENGTH = 4
_LONGEST_REPEATED = 300
"""Characters of a quote that are shown to the judge when it is asked for again."""
_FIRST_WORDS = 4
_LONGEST_BEGINNING = 24
"""Characters of a point's first words; Chinese has no spaces between them."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request to a judge, and what its reply is read by.

    `ids` name the key points, whose texts are `points`, in their order; a reply names each of
    them, and does not call `decoy_id` covered. `seen` is the part of the answer that the judge
    saw, with the offsets of the answer: what addresses a grader is blank there, and with `cut`
    the end is missing. `prompt` and `prompt_hash` are for the receipt.
    """

    request: ChatRequest
    ids: tuple[str, ...]
    points: tuple[str, ...]
    decoy_id: str
    seen: str
    cut: bool
    prompt: str
    prompt_hash: str
    language: Language


@dataclass(frozen=True, slots=True)
class _Card:
    """A card as it is shown: its texts in order, and the tokens that depend on them alone."""

    item: Item
    references: tuple[str, ...]
    points: tuple[str, ...]
    language: Language
    seal: Seal

    @property
    def texts(self) -> tuple[str, ...]:
        return (self.item.question, *self.references, *self.points)


def judge_request(
    item: Item,
    points: Sequence[KeyPoint | PointSpec],
    answer: str,
    *,
    policy: Policy,
    extras: Extras,
    secret: bytes,
    sample: int = 0,
    temperature: float = 0.0,
) -> Asked:
    """Ask which key points an answer makes, in the language of the card.

    The same arguments make the same request. Beyond `sample` 0 the points come in another order.
    Of the references the first 16 are shown, of the answer the first 8,000 characters. Raises
    `PromptError` when a prompt's file is damaged.
    """
    card = _card(item, points, secret)
    prompt = judge_prompt(card.language)
    seen = _seen(item, answer)
    system = _system(card.language, policy, extras, _example(card))
    known = "\n".join((system, *card.texts, seen))
    *ids, decoy_id = card.seal.tokens("id", 1 + len(points), _ID_LENGTH, known)
    decoy = choose_decoy(card.language, card.seal.number("decoy"), (*card.texts, seen))
    listed = _listed(card, ids, (decoy_id, decoy), sample)
    cut = len(answer) > LONGEST_SHOWN
    values = {
        "kind": _introduction(prompt, item, policy),
        **_card_values(card, listed),
        **_answer_values(seen, secret, card),
        "cut": prompt.part("cut") if cut else "",
    }
    request = ChatRequest(
        (Message("system", system), Message("user", prompt.fill("user", values))),
        reply_schema([one for one, _ in listed]),
        "judgement",
        temperature,
        sample,
    )
    return Asked(
        request,
        tuple(ids),
        card.points,
        decoy_id,
        seen,
        cut,
        prompt.identity,
        prompt.hash,
        card.language,
    )


def ask_again(asked: Asked, told: Mapping[str, RawPoint]) -> ChatRequest:
    """Ask once more for the quotes that were not found in the answer.

    `told` is what the judge said, by the ids of the points in question; the new reply is one of
    the same form on these alone. Without the decoy: it must be read without one.
    """
    ids, texts = list(told), dict(zip(asked.ids, asked.points, strict=True))
    points = [
        {
            "id": one,
            "point": neutralise(_first_words(texts[one])),
            QUOTE: neutralise(point.quote[:_LONGEST_REPEATED]),
            "status": point.status,
        }
        for one, point in told.items()
    ]
    before = json.dumps({"points": points, "wrong": []}, ensure_ascii=False)
    again = judge_prompt(asked.language).fill("again", {"ids": ", ".join(ids)})
    messages = (*asked.request.messages, Message("assistant", before), Message("user", again))
    return replace(asked.request, messages=messages, schema=reply_schema(ids))


def _first_words(text: str) -> str:
    """Enough of a point to know it by, as the prompt asks for it."""
    return " ".join(text.split()[:_FIRST_WORDS])[:_LONGEST_BEGINNING]


@cache
def judge_prompt(language: Language) -> Prompt:
    """The judge's prompt; raises `PromptError` when its menu is not that of the statuses."""
    prompt = bundled_prompt("judge", language)
    if prompt.menu != _STATUSES:
        raise PromptError(
            f"prompt {prompt.identity}: the menu is {', '.join(prompt.menu)}; "
            f"a judge chooses from {', '.join(_STATUSES)}"
        )
    return prompt


def reply_schema(ids: Sequence[str]) -> dict[str, Any]:
    """The JSON schema of a judge's reply on these ids, within what strict modes know.

    A small model writes after an id what stood after it in the prompt: the point. It has a field
    to do so, or it would do so as the quote.
    """
    text = {"type": "string"}
    point = {
        "id": {"type": "string", "enum": list(ids)},
        "point": text,
        QUOTE: text,
        "status": {"type": "string", "enum": list(_STATUSES)},
    }
    return _object(
        {
            "points": {"type": "array", "items": _object(point)},
            "wrong": {"type": "array", "items": _object({QUOTE: text})},
        }
    )


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _card(item: Item, points: Sequence[KeyPoint | PointSpec], secret: bytes) -> _Card:
    references = item.references[:MOST_REFERENCES]
    texts = tuple(point.text for point in points)
    seal = Seal(secret, "card", item.kind, item.question, str(len(references)), *references, *texts)
    language = language_of("\n".join((item.question, *references)))
    return _Card(item, references, texts, language, seal)


def _seen(item: Item, answer: str) -> str:
    """What the judge sees of an answer, at its offsets; cards about such words leave them be."""
    told = read_part(answer)
    seen = told if is_about_instructions(item) else blank_instructions(told)
    return seen[:LONGEST_SHOWN]


def _listed(
    card: _Card, ids: Sequence[str], decoy: tuple[str, str], sample: int
) -> list[tuple[str, str]]:
    """The points and the decoy by their ids, in the order in which this sample shows them."""
    listed = list(zip(ids, card.points, strict=True))
    listed.insert(card.seal.number("place") % (1 + len(listed)), decoy)
    if sample:
        return [listed[at] for at in card.seal.order(f"sample {sample}", len(listed))]
    return listed


def _card_values(card: _Card, listed: Sequence[tuple[str, str]]) -> dict[str, str]:
    nonce = card.seal.nonce("\n".join((*card.texts, *(text for _, text in listed))))
    return {
        "card": opening("CARD", nonce),
        "question": quoted(card.item.question),
        "accepted": "\n".join(f"-\n{quoted(reference)}" for reference in card.references),
        "points": "\n".join(f"{one}:\n{quoted(text)}" for one, text in listed),
        "end_card": closing("CARD", nonce),
        "ids": ", ".join(one for one, _ in listed),
    }


def _answer_values(seen: str, secret: bytes, card: _Card) -> dict[str, str]:
    nonce = Seal(secret, "answer", card.seal.name, seen).nonce(seen)
    return {
        "answer": f"{opening('ANSWER', nonce)}\n{quoted(seen)}",
        "end_answer": closing("ANSWER", nonce),
    }


def _introduction(prompt: Prompt, item: Item, policy: Policy) -> str:
    if item.kind == "free":
        return prompt.part("free")
    return f"{prompt.part('cloze')} {prompt.part(f'cloze {policy}')}"


@cache
def _system(language: Language, policy: Policy, extras: Extras, example: str) -> str:
    """The part of the prompt that all cards share."""
    prompt = judge_prompt(language)
    shown = prompt.fill(example, {"wrong": prompt.part(f"{example} {extras}")})
    values = {
        "policy": prompt.part(policy),
        "extras": prompt.part(extras),
        "example": f"{shown}\n{prompt.part(f'{example} {policy}')}",
    }
    return prompt.fill("system", values)


def _example(card: _Card) -> str:
    """The example whose subject has least in common with the card's; mostly the first."""
    said = frozenset[str]().union(*map(content_of, card.texts))
    return min(_EXAMPLES, key=lambda name: len(said & _example_content(card.language, name)))


@cache
def _example_content(language: Language, name: str) -> frozenset[str]:
    return content_of(judge_prompt(language).part(name))
