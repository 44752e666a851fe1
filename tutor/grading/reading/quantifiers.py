"""Quantifiers: whether something is said of all, of some, or of nothing else."""

from __future__ import annotations

ALL, SOME, ONLY = "∀", "∃", "∃!"

_FORMS = {
    ALL: "所有|全部|全都|一切|任何|每个|每一个|每种|每条|每位|每次|每|都|凡是|all|every|each|any",
    SOME: "有些|有的|部分|某些|某个|一些|有时|个别|少数|some|several|sometimes|certain|partly",
    ONLY: "只有|只能|只会|只是|仅仅|仅有|仅|只|唯一|唯有|only|solely|exclusively|merely",
}
_KINDS = {form: kind for kind, forms in _FORMS.items() for form in forms.split("|")}
_NO_QUANTIFIER = "部分地区|只要|每当"


def quantifier_pattern() -> str:
    """A pattern of the words that quantify, each as a whole, in normal form."""
    english = "|".join(form for form in _KINDS if form.isascii())
    chinese = "|".join(sorted((f for f in _KINDS if not f.isascii()), key=len, reverse=True))
    whole = rf"(?!{_NO_QUANTIFIER})(?<![首成](?=都))(?:{chinese})"
    return rf"(?<![a-z])(?:{english})(?![a-z])|{whole}"


def quantifier(form: str) -> str:
    """The kind of a word that quantifies: `ALL`, `SOME` or `ONLY`."""
    return _KINDS[form]
