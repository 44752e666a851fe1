r"""LaTeX as a terminal can show it: `$\frac{x^{2}}{\theta_{i}}$` becomes `x²/θᵢ`.

Formulas are recognised between `$…$`, `$$…$$`, `\(…\)` and `\[…\]`. Elsewhere only commands
with a known name (`\theta`, `\frac{a}{b}`) are replaced, so that a formula which is plain
text already, a price or a Windows path comes through untouched. Code is never touched.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from tutor.cli.latex_symbols import FUNCTIONS, SUBSCRIPTS, SUPERSCRIPTS, SYMBOLS

_DEPTH = 24  # braces nested deeper than this are left as they are
_CODE_OR_MATHS = re.compile(
    r"(?P<code>```.*?(?:```|\Z)|~~~.*?(?:~~~|\Z)|`[^`\n]+`)"
    r"|\$\$(?P<display>[^$]+?)\$\$"
    r"|(?<![\\$])\$(?=[^\s$])(?P<inline>(?:\\.|[^$\n\\])*?(?:\\.|[^\s$\\]))\$(?!\d)"
    r"|\\\((?P<round>.+?)\\\)"
    r"|\\\[(?P<square>.+?)\\\]",
    re.DOTALL,
)
_COMMAND = re.compile(r"\\(?P<name>[A-Za-z]+)(?![A-Za-z])(?P<space> ?)")
_BRACED = r"\{((?:[^{}]|\{[^{}]*\})*)\}"
_FRACTION = re.compile(r"\\[dt]?frac\s*" + _BRACED + r"\s*" + _BRACED)
_ROOT = re.compile(r"\\sqrt\s*" + _BRACED)
_WRAPPED = re.compile(
    r"\\(?:text|textbf|textit|mathrm|mathbf|mathit|mathcal|mathbb|operatorname|boldsymbol)\*?\s*"
    + _BRACED
)
_ACCENT = re.compile(r"\\(?P<name>hat|bar|tilde|vec|dot)\s*(?:\{(?P<braced>\w)\}|(?P<bare>\w))")
_SCRIPT = re.compile(r"(?P<mark>[\^_])(?:\{(?P<braced>[^{}]*)\}|(?P<bare>[A-Za-z0-9+*']))")
_ACCENTS = {"hat": "\u0302", "bar": "\u0304", "tilde": "\u0303", "vec": "\u20d7", "dot": "\u0307"}
_SPACING = re.compile(r"\\(?:left|right|big|Big|bigg|Bigg)(?![A-Za-z])\.?|\\[!,;: ]")
_ROW = re.compile(r"\s*\\\\\s*")
_ENVIRONMENT = re.compile(r"\\(?:begin|end)\{[a-z]+\*?\}|(?<!\\)&")
_RELATION = re.compile(r" *([∼≤≥≠≈≡∝∈∉→←⇒⇔±×∣]) *")
_PREFIX = re.compile(r"([∂∇]) +")
_ESCAPED = re.compile(r"\\([{}$%&#_|])")


def readable(text: str) -> str:
    """The text with its LaTeX written in Unicode, as far as one line of text can show it."""
    parts: list[str] = []
    end = 0
    for match in _CODE_OR_MATHS.finditer(text):
        parts.append(_prose(text[end : match.start()]))
        formula = next((match[name] for name in _DELIMITERS if match[name] is not None), None)
        parts.append(match.group() if formula is None else _formula(formula.strip()))
        end = match.end()
    return "".join(parts) + _prose(text[end:])


_DELIMITERS = ("display", "inline", "round", "square")


def _prose(text: str) -> str:
    if "\\" not in text or not any(match["name"] in _KNOWN for match in _COMMAND.finditer(text)):
        return text
    return _command_forms(text)


def _formula(source: str) -> str:
    text = _ROW.sub("\n", _ENVIRONMENT.sub("", source))
    text = _SPACING.sub(_space, _command_forms(text))
    text = _settled(lambda part: _SCRIPT.sub(_script, part), text)
    text = _RELATION.sub(r" \1 ", _PREFIX.sub(r"\1", text))
    return _ESCAPED.sub(r"\1", text.replace("{}", "")).strip()


def _command_forms(text: str) -> str:
    text = _settled(_unnested, text)
    return _COMMAND.sub(_symbol, text)


def _settled(step: Callable[[str], str], text: str) -> str:
    """The text after `step` has nothing more to do, from the innermost braces outwards."""
    for _ in range(_DEPTH):
        changed = step(text)
        if changed == text:
            break
        text = changed
    return text


def _unnested(text: str) -> str:
    text = _WRAPPED.sub(r"\1", text)
    text = _ACCENT.sub(lambda m: (m["braced"] or m["bare"]) + _ACCENTS[m["name"]], text)
    text = _ROOT.sub(lambda m: "√" + _grouped(m[1]), text)
    return _FRACTION.sub(lambda m: f"{_grouped(m[1])}/{_grouped(m[2])}", text)


def _grouped(part: str) -> str:
    """Brackets where `a+b` under a bar would read as something else on one line."""
    part = part.strip()
    simple = re.fullmatch(r"\\?[\w.]+(?:[_^](?:\w|\{[^{}]*\}))*", part)
    return part if simple else f"({part})"


def _symbol(match: re.Match[str]) -> str:
    name, space = match["name"], match["space"]
    if name in FUNCTIONS:
        return name + space
    symbol = SYMBOLS.get(name)
    return match.group() if symbol is None else symbol + space


def _script(match: re.Match[str]) -> str:
    body = match["bare"] if match["braced"] is None else match["braced"].strip()
    table = SUPERSCRIPTS if match["mark"] == "^" else SUBSCRIPTS
    if body and all(char in table for char in body):
        return "".join(table[char] for char in body)
    return match["mark"] + (body if len(body) == 1 or body.isalnum() else f"({body})")


def _space(match: re.Match[str]) -> str:
    return "" if match.group().startswith(("\\l", "\\r", "\\b", "\\B", "\\!")) else " "


_KNOWN = frozenset(SYMBOLS) | frozenset(FUNCTIONS) | {"frac", "dfrac", "tfrac", "sqrt"}
