"""Reading what a judge answered: the object that was asked for, or nothing.

Every key point exactly once, every status on the menu. What contradicts itself is settled here: a
`missing` point has no quote, whatever was quoted, and the same finding given twice counts once.
A point called covered or contradicted without a quote keeps that status and an empty quote:
it is for the caller to ask again, or not to count it.

One of the ids is a decoy's, a claim that no answer to this question makes. A reply that calls
it covered obeys the answer or affirms everything, so none of it counts. One that leaves it out
has seen that it is of another subject, as one that calls it missing. One that calls it
contradicted does not tell a missing point from a contradicted one: such a judge is `confused`,
and only what it calls contradicted is in doubt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from tutor.errors import MalformedReplyError, UntrustedReplyError
from tutor.grading.grade import PointStatus

_MENU: tuple[PointStatus, ...] = get_args(PointStatus)
_MARKS = re.compile(r"[\W_]+")
"""What a model puts around an id, as the prompt has a colon behind it."""
QUOTE = "learner_said"
"""The field of a quote, by whose words it holds: small models put the card's in a plain "quote"."""
MOST_WRONG = 40
"""Wrong claims that are read: each is looked for in the answer."""
_SHOWN = 40
"""Characters of a value that an error repeats."""


@dataclass(frozen=True, slots=True)
class RawPoint:
    """What a reply says of one key point; the quote has not been looked for."""

    status: PointStatus
    quote: str = ""


@dataclass(frozen=True, slots=True)
class RawJudgement:
    """What a reply says: of the points in the order asked, and quotes of wrong claims."""

    points: tuple[RawPoint, ...]
    wrong: tuple[str, ...] = ()
    confused: bool = False


def parse(value: Mapping[str, Any], ids: Sequence[str], decoy: str | None = None) -> RawJudgement:
    """Read a reply about the points with these ids and, where there is one, the decoy.

    Raises `MalformedReplyError`, which names the field, when it is not what was asked for, and
    `UntrustedReplyError` when the decoy is covered. Fields that nobody asked for are ignored.
    """
    asked = [*ids] if decoy is None else [*ids, decoy]
    found = _by_id(_entries(value, asked), asked)
    # Without "points" it may be the last of several objects, and the decoy in one before it.
    needed = asked if value.get("points") is None else ids
    if left := [id for id in needed if id not in found]:
        raise _malformed("points", f"says nothing of {len(left)} of {len(needed)} key points")
    bait = found[decoy].status if decoy in found else "missing"
    if bait == "covered":
        raise UntrustedReplyError(
            "the judge found covered what no answer to this question says, so nothing it says "
            "counts; try a stronger model if this happens often"
        )
    return RawJudgement(
        points=tuple(found[id] for id in ids),
        wrong=tuple(_wrong(value)),
        confused=bait == "contradicted",
    )


def parse_again(value: Mapping[str, Any], ids: Sequence[str]) -> dict[str, RawPoint]:
    """What a second reply says of the points that it was asked about again, by id.

    It may leave some out, and what it repeats of others does not count. Raises
    `MalformedReplyError` as `parse` does.
    """
    wanted = {_key(id) for id in ids}
    about = [
        entry
        for entry in _entries(value, ids)
        if isinstance(entry, Mapping) and _key(str(entry.get("id"))) in wanted
    ]
    return _by_id(about, ids)


def _entries(value: Mapping[str, Any], asked: Sequence[str]) -> list[Any]:
    """What is said of the points, one by one.

    Beside the list that was asked for, an object with the ids for names is read, in "points" or
    instead of it, and one point by itself: which point is meant is as clear there.
    """
    points = value.get("points")
    if points is None:
        known = {_key(id) for id in asked}
        named = {name: entry for name, entry in value.items() if _key(name) in known}
        points = value if "id" in value else named or None
    if not isinstance(points, Mapping):
        return _list({"points": points}, "points")
    if "id" in points:
        return [points]
    return [_named(place, *pair) for place, pair in enumerate(points.items())]


def _named(place: int, id: str, entry: object) -> object:
    """A point that stands under its id, with the id in it."""
    if not isinstance(entry, Mapping):
        return entry
    inner = entry.get("id", id)
    if _key(str(inner)) != _key(id):
        raise _malformed(f"points[{place}].id", f"is {_shown(inner)} below {_shown(id)}")
    return {**entry, "id": id}


def _by_id(entries: Sequence[object], asked: Sequence[str]) -> dict[str, RawPoint]:
    known = {_key(id): id for id in asked}
    found: dict[str, RawPoint] = {}
    for place, entry in enumerate(entries):
        field = f"points[{place}]"
        if not isinstance(entry, Mapping):
            raise _malformed(field, f"is {_shown(entry)}, not an object")
        id = known.get(_key(_text(entry, field, "id")))
        if id is None:
            raise _malformed(f"{field}.id", f"is {_shown(entry['id'])}, which was not asked for")
        point = _point(entry, field)
        found[id] = _same(found[id], point, field) if id in found else point
    return found


def _point(entry: Mapping[str, Any], field: str) -> RawPoint:
    said = _text(entry, field, "status").strip().casefold()
    status = next((each for each in _MENU if each == said), None)
    if status is None:
        raise _malformed(f"{field}.status", f"is {_shown(said)}, not one of {', '.join(_MENU)}")
    name = _quote_name(entry)
    quote = _text(entry, field, name) if entry.get(name) is not None else ""
    return RawPoint(status, "" if status == "missing" else quote.strip())


def _quote_name(entry: Mapping[str, Any]) -> str:
    """The field of the quote as it was asked for, or by the name that it has everywhere else."""
    return "quote" if QUOTE not in entry and "quote" in entry else QUOTE


def _same(first: RawPoint, second: RawPoint, field: str) -> RawPoint:
    """One of two findings about a point, the one with a quote."""
    if first.status != second.status:
        raise _malformed(field, f"says {second.status} of a point said to be {first.status}")
    return first if first.quote else second


def _wrong(value: Mapping[str, Any]) -> Iterator[str]:
    """The quotes of wrong claims, the first ones; a bare string is taken for a quote."""
    if value.get("wrong") is None:
        return
    for place, entry in enumerate(_list(value, "wrong")[:MOST_WRONG]):
        field = f"wrong[{place}]"
        claim = {QUOTE: entry} if isinstance(entry, str) else entry
        if not isinstance(claim, Mapping):
            raise _malformed(field, f"is {_shown(entry)}, not an object")
        if quote := _text(claim, field, _quote_name(claim)).strip():
            yield quote


def _list(value: Mapping[str, Any], name: str) -> list[Any]:
    entries = value.get(name)
    if not isinstance(entries, list):
        raise _malformed(name, f"is {_shown(entries)}, not a list")
    return entries


def _text(entry: Mapping[str, Any], field: str, name: str) -> str:
    text = entry.get(name)
    if not isinstance(text, str):
        raise _malformed(f"{field}.{name}", f"is {_shown(text)}, not a text")
    return text


def _key(id: str) -> str:
    return _MARKS.sub("", id).casefold()


def _shown(value: object) -> str:
    text = repr(value[: _SHOWN + 1] if isinstance(value, str) else value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _malformed(field: str, what: str) -> MalformedReplyError:
    return MalformedReplyError(
        f"the judge's reply is no judgement: {field} {what}; try a stronger model if this "
        "happens often"
    )
