"""Lines broken to the width of a terminal as Chinese and English are broken in print.

Between Chinese characters a line may break anywhere, but no line starts with a closing mark or
ends with an opening one. Tables, fenced code and indented code keep their lines: broken, they
would be harder to read than cut by the terminal.
"""

from __future__ import annotations

import re

from rich.cells import cell_len, chop_cells

_WIDE = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef\U00020000-\U000323af"
_QUOTING = "（「『“‘《〈【〔"
_OPENING = _QUOTING + "\\[({"
_CLOSING = "，。、；：？！）」』”’》〉】〕…—,.;:?!)\\]}%·"
_UNIT = re.compile(
    rf"[{_OPENING}]*+(?:[{_WIDE}]|[^\s{_WIDE}{_QUOTING}]*[^\s{_WIDE}{_OPENING}])[{_CLOSING}]*"
    rf"|[{_OPENING}]+|\s+"
)
_FENCE = re.compile(r"\s*(```|~~~)")
_KEPT = re.compile(r"\s*\||    ")


def wrapped(text: str, width: int, indent: str = "") -> str:
    """The text with no prose line wider than `width` columns, each line after `indent`."""
    room = max(width - cell_len(indent), 8)
    lines: list[str] = []
    fenced = False
    for line in text.split("\n"):
        mark = _FENCE.match(line) is not None
        keep = fenced or mark or _KEPT.match(line) is not None
        lines.extend([line] if keep else _broken(line, room))
        fenced ^= mark
    return "\n".join(indent + line if line else "" for line in lines)


def _broken(line: str, room: int) -> list[str]:
    if cell_len(line) <= room:
        return [line]
    hanging = " " * _hanging(line)
    lines = [""]
    for unit in _units(line, room - len(hanging)):
        if cell_len(lines[-1] + unit.rstrip()) > room and lines[-1].strip():
            lines[-1] = lines[-1].rstrip()
            lines.append(hanging + unit.lstrip())
        else:
            lines[-1] += unit
    return [kept for kept in lines if kept.strip()]


def _units(line: str, room: int) -> list[str]:
    """The pieces that a line may be broken between; one too wide for any line is cut."""
    return [part for unit in _UNIT.findall(line) for part in chop_cells(unit, room)]


def _hanging(line: str) -> int:
    """Columns that the next lines of a list item are moved in by."""
    match = re.match(r"\s*(?:[-*+•✓✗!]|\d{1,2}[.)])\s+", line)
    return cell_len(match.group()) if match else 0
