"""Writing HTML so that no text can become markup: what is not `Html` is escaped."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape


class Html(str):
    """Text that is markup already; everything else is escaped on its way in."""

    __slots__ = ()


VOID = frozenset(["meta", "line", "rect", "circle", "path", "polyline"])
"""Elements that are written without an end, having no content."""


def tag(name: str, /, *children: str, **attributes: str | float | None) -> Html:
    """An element: `class_` and `stroke_width` become `class` and `stroke-width`, None is left out.

    Children that are not `Html` are text, and so are all attributes.
    """
    given = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(_written(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    if name in VOID:
        return Html(f"<{name}{given}/>")
    return Html(f"<{name}{given}>{joined(children)}</{name}>")


def joined(children: Iterable[str]) -> Html:
    """One piece of markup out of several, texts among them escaped."""
    return Html("".join(c if isinstance(c, Html) else escape(c, quote=False) for c in children))


def _written(value: str | float) -> str:
    return value if isinstance(value, str) else f"{value:.6g}"
