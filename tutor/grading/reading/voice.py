"""Voice: a passive clause turned into the active one that says the same."""

from __future__ import annotations

import re

_IRREGULAR = {
    verb: base
    for pair in (
        "made make|found find|sent send|taken take|given give|seen see|written write|driven drive"
        "|known know|shown show|done do|held hold|kept keep|led lead|left leave|lost lose|met meet"
        "|paid pay|said say|sold sell|told tell|thought think|bought buy|brought bring|built build"
        "|caught catch|chosen choose|drawn draw|eaten eat|fallen fall|felt feel|fed feed"
        "|fought fight|flown fly|frozen freeze|got get|grown grow|heard hear|hidden hide"
        "|laid lay|meant mean|ridden ride|risen rise|run run|sought seek|shot shoot|spent spend"
        "|spoken speak|stolen steal|struck strike|sworn swear|swept sweep|taught teach|thrown throw"
        "|understood understand|won win|worn wear|wound wind|broken break|begun begin|borne bear"
        "|bound bind|bred breed|dealt deal|dug dig|forgotten forget|forbidden forbid|lent lend"
        "|lit light|proven prove|shaken shake|shed shed|spun spin|stuck stick|stung sting|torn tear"
        "|woven weave|set set|put put|cut cut|hit hit|split split|read read|spread spread"
    ).split("|")
    for verb, base in (pair.split(),)
}
_VERB = rf"(?:\w+ed|{'|'.join(_IRREGULAR)})"
_BE = "(?:is|are|was|were|be|been|being)"
_ENGLISH = re.compile(
    rf"^(?P<object>[^,;]+?)(?: (?P<modal>can|may|will|must|should|could|cannot|can not))? {_BE}"
    rf"(?P<not> not)? (?:\w+ly )?(?P<verb>{_VERB}) by (?P<subject>[^,;]+)$"
)
_SECOND = re.compile(
    rf"^(?P<subject>[^,;]+?) and (?:{_BE} )?(?P<verb>{_VERB}) by (?P<other>[^,;]+)$"
)
_ADVERBIAL = re.compile(
    r" (?:within|in|on|at|for|from|to|with|during|after|before|under|over|through|into) "
)
_CHINESE = re.compile(
    r"^(?P<object>[^被由,]+)(?:被|(?<![自理经缘事来])由(?![于此衷来]|.*[到至向往]))(?P<rest>[^被由,]{2,})$"
)
_MADE = re.compile(
    r"(?:使得?|让|令)(?P<object>[^使让令,]{1,16}?)"
    r"(?P<verb>变[大小高低多少快慢强弱长短]|增[加大强]|减[少小慢弱]|[降升]低?高?|提高|上升|下降|加快)$"
)
_LONGEST = 500
"""Characters beyond which a clause is left as it is."""


def active(clause: str) -> str:
    """A clause in normal form in the active voice: `A is seen by B` is `B seen A`, A 被 B 看见 is
    B 看见 A. 使 B 降低 is 降低 B. Any other clause comes back as it is."""
    if len(clause) > _LONGEST:
        return clause
    if " by " in clause and (found := _ENGLISH.match(clause)):
        return _active_english(found)
    if ("被" in clause or "由" in clause) and (found := _CHINESE.match(clause)):
        return f"{found['rest']}{found['object']}"
    return _MADE.sub(r"\g<verb>\g<object>", clause)


def _active_english(found: re.Match[str]) -> str:
    thing, by = found["object"], found["subject"]
    denied = " not" if found["not"] or (found["modal"] or "").endswith("not") else ""
    if second := _SECOND.match(by):
        first = _sentence(second["subject"], denied, found["verb"], thing)
        return f"{first} and {_sentence(second['other'], '', second['verb'], '')}"
    return _sentence(by, denied, found["verb"], thing)


def _sentence(subject: str, denied: str, verb: str, thing: str) -> str:
    """Subject, verb, object; what follows a preposition after the subject comes last."""
    adverbial = _ADVERBIAL.search(subject)
    rest = subject[adverbial.start() :] if adverbial else ""
    head = subject[: adverbial.start()] if adverbial else subject
    return f"{head}{denied} {_IRREGULAR.get(verb, verb)} {thing}{rest}".strip()
