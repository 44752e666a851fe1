from __future__ import annotations

import re
from pathlib import Path

import pytest

from evals.html_report import page

STYLE = (Path(page.__file__).with_name("report.css")).read_text("utf-8")
_PLAIN, _DARK = STYLE.split("@media (prefers-color-scheme: dark)", 1)
SCHEMES = {"light": _PLAIN, "dark": _DARK.split("* {", 1)[0]}


def colours(scheme):
    return {
        name: [int(code[place : place + 2], 16) / 255 for place in (0, 2, 4)]
        for name, code in re.findall(r"--([a-z0-9-]+): #([0-9a-f]{6})", SCHEMES[scheme])
    }


def luminance(colour):
    """Relative luminance, WCAG 2.2."""
    red, green, blue = (
        (c / 12.92) if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_contrast_of_black_and_white_is_21():
    assert contrast([0, 0, 0], [1, 1, 1]) == pytest.approx(21.0)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_text_has_the_contrast_of_wcag_aa(scheme):
    found = colours(scheme)
    heat = [0.4 * h + 0.6 * c for h, c in zip(found["heat"], found["card"], strict=True)]
    pairs = [(text, ground) for text in ("ink", "quiet", "link", "good", "bad")
             for ground in ("ground", "card")]  # fmt: skip
    pairs += [("ink", f"{kind}-ground") for kind in ("good", "bad", "near")]
    weak = {pair for pair in pairs if contrast(*(found[name] for name in pair)) < 4.5}
    assert not weak
    assert contrast(found["ink"], heat) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
def test_lines_and_dots_stand_out_from_the_ground(scheme):
    found = colours(scheme)
    weak = [s for s in range(8) if contrast(found[f"s{s}"], found["card"]) < 3.0]
    assert not weak
