"""Formulas: whether two of them are equal, however they are typeset.

A formula is parsed (plain text, LaTeX or spoken signs such as 2的n次方) and evaluated at a few
random points: names stand for numbers drawn from their spelling, unknown functions for numbers
drawn from the function and its arguments. Equal formulas have equal values, so order of terms,
brackets and spelling do not matter; unequal ones differ with a probability close to 1.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Literal

from tutor.grading.reading.formula_tree import (
    Call,
    Infix,
    Name,
    Node,
    Number,
    Point,
    evaluate,
    names,
    parse,
)
from tutor.grading.reading.memory import FEW, remember
from tutor.grading.reading.reaction import plain_reactions
from tutor.grading.reading.text import Text, length_of, read

Comparison = Literal["same", "operator", "operand"]
"""`operator`: the operands agree and a sign does not; `operand`: the operands differ."""

_GREEK = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "varepsilon": "ε",
    "zeta": "ζ", "eta": "η", "theta": "θ", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν",
    "xi": "ξ", "pi": "π", "rho": "ρ", "sigma": "σ", "sigmoid": "σ", "tau": "τ", "phi": "φ",
    "varphi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω",
}  # fmt: skip
_REWRITES: list[tuple[str, str | Callable[[re.Match[str]], str]]] = [
    (r"([_^])\s?\{([^{}]*)\}", r"\1(\2)"),
    (r"\\(?:left|right|quad|qquad|big+[lr]?|displaystyle|limits|[,;!:])", " "),
    (r"\\(?:text|math(?:rm|bb|bf|cal|it)|operatorname)\s?\{([^{}]*)\}", r"\1"),
    (r"\\[dt]?frac\s?\{([^{}]*)\}\s?\{([^{}]*)\}", r"((\1)/(\2))"),
    (r"\\?binom\s?\{([^{}]*)\}\s?\{([^{}]*)\}", r"c(\1,\2)"),
    (r"(?<![a-z])c_\(?(\w{1,20})\)?\^\(?(\w{1,20})\)?", r"c(\1,\2)"),
    (r"(?<!\w)(\w{1,20})\s?choose\s?(\w{1,20})", r"c(\1,\2)"),
    (r"(?<![a-z])comb(?=\()", "c"),
    (r"\\?sqrt\s?\{([^{}]*)\}", r"sqrt(\1)"),
    (r"√", "sqrt"),
    (r"←|:=", "="),
    (r"\\(?:cdot|times|ast)", "*"),
    (r"\\(?:\||parallel|vert)", "||"),
    (r"\\leq?(?![a-z])", "<="),
    (r"\\geq?(?![a-z])", ">="),
    (r"\\(?:to|rightarrow)(?![a-z])", "→"),
    (r"\$|\\", " "),
    (rf"(?<![a-z])(?:{'|'.join(_GREEK)})(?![a-z])", lambda match: _GREEK[match.group()]),
    (r"\*\*", "^"),
    (r"·", "*"),
    (r"的\s?([^的]+?)\s?次[方幂]", r"^(\1)"),
    (r"的平方", "^2"),
    (r"(?<![a-z])to the power(?: of)?(?![a-z])", "^"),
    (r"加上|(?<![增添附叠更])加(?![强权速入载大快和])|(?<![a-z])plus(?![a-z])", "+"),
    (r"减去|(?<![a-z])minus(?![a-z])", "-"),
    (r"乘以|(?<![a-z])times(?![a-z])", "*"),
    (r"除以|(?<![a-z])divided by(?![a-z])", "/"),
    (r"(?<=[a-z)])\s?/\s?(\d{1,9}[a-zα-ω])(?![\w^(])", r"/(\1)"),
    (r"[\[{]", "("),
    (r"[\]}]", ")"),
]
TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?(?:e[-+]?\d+)?%?)"
    r"|(?P<name>[α-ω∇]|[a-z]+'*(?:(?<=[a-z]{2})-[a-z]{2,})*|[\u4e00-\u9fff]+)"
    r"|(?P<sign>\|\||<=|>=|!=|[-+*/^_()=<>,|:~±→]))"
)
_SIGN = re.compile(r"[+*^_=<>→]|\|\||[α-ω]|(?<![a-z])[a-z]\(|(?:log|exp|ln|kl|sqrt)\s?\(")
_LOOSE_SIGN = re.compile(
    r"(?<=[\u4e00-\u9fff)])\s?-\s?(?=[\u4e00-\u9fffa-z(])| - "
    r"|(?:(?<![a-z])[a-z]|\d[a-z]?|\))\s?[-/]\s?(?:[a-z](?![a-z])|\d|\()"
    r"|[+\-*/]\s?\d{0,9}[a-z](?![a-z])|(?<![a-z\d])\d{0,9}[a-z]\s?[+\-*/]"
)
_RAISED = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿⁱ]+")
_SEEDS = ("a", "b", "c")
_LONGEST_WRITTEN = 1000
_LONGEST_REWRITTEN = 2000
LONGEST = 200
"""Tokens beyond which a text is read as no formula, since a tree may be as deep as it is long."""


def is_formula(text: Text) -> bool:
    """Whether a short text is a formula rather than words, a name or a plain number."""
    if len(text.raw) > _LONGEST_WRITTEN:
        return False
    plain = rewritten(text)
    return bool(_SIGN.search(plain) or _LOOSE_SIGN.search(plain))


def compare(
    reference: Text, answer: Text, same_name: Callable[[str, str], bool]
) -> Comparison | None:
    """How two formulas compare, or None when one of them cannot be read as a formula.

    `same_name` says whether two operands in words (小模型, small model) mean the same.
    """
    left, right = _read(reference), _read(answer)
    if left is None or right is None:
        return None
    return compare_trees(left, right, same_name)


def compare_trees(
    left: Node, right: Node, same_name: Callable[[str, str], bool] = str.__eq__
) -> Comparison:
    """How two formulas that have been parsed compare, the reference's first."""
    renamed = _renaming(names(left), names(right), same_name)
    if any(_same_equation(one, other, renamed) for one, other in ((left, right), (right, left))):
        return "same"
    left, right = _without_left_side(left), _without_left_side(right)
    renamed = _renaming(names(left), names(right), same_name)
    if all(_equal(left, right, renamed, seed) for seed in _SEEDS):
        return "same"
    products = _as_product(left), _as_product(right)
    if products != (left, right) and all(_equal(*products, renamed, seed) for seed in _SEEDS):
        return "same"
    operands = Counter(names(left)) == Counter(renamed.get(name, name) for name in names(right))
    return "operator" if operands else "operand"


def _as_product(node: Node) -> Node:
    """A formula in which P(1 + r)^n is P times (1 + r)^n, and no function P of 1 + r. Where no
    number is added in the bracket, as in P(AB), the letter remains a function."""
    match node:
        case Infix("^", Call(name, (argument,)), power) if _may_be_factor(name, argument):
            return Infix("*", Name(name), Infix("^", argument, _as_product(power)))
        case Call(name, (argument,)) if _may_be_factor(name, argument):
            return Infix("*", Name(name), argument)
        case Infix(sign, left, right):
            return Infix(sign, _as_product(left), _as_product(right))
        case _:
            return node


def _may_be_factor(name: str, argument: Node) -> bool:
    match argument:
        case Infix("+" | "-", Number(), _) | Infix("+" | "-", _, Number()):
            return len(name) == 1
        case _:
            return False


@remember(FEW, length_of)
def _read(text: Text) -> Node | None:
    if len(text.raw) > _LONGEST_WRITTEN:
        return None
    tokens = _tokens(rewritten(text).strip(" .,;?!"))
    return parse(tokens) if tokens and len(tokens) <= LONGEST else None


@remember(FEW, length_of)
def rewritten(text: Text) -> str:
    """The normal form with LaTeX, Greek names and spoken signs as plain signs.

    Nothing is rewritten in a text of more than 2,000 characters.
    """
    if len(text.raw) > _LONGEST_REWRITTEN:
        return text.normal
    spelled = plain_reactions(text.raw)
    raised = _RAISED.sub(lambda run: f"^({unicodedata.normalize('NFKC', run.group())})", spelled)
    written = read(raised).normal
    for pattern, replacement in _REWRITES:
        written = re.sub(pattern, replacement, written)
    return written


def _tokens(plain: str) -> list[tuple[str, str]] | None:
    """Kinds and forms of the tokens, or None when something in between is no formula."""
    tokens: list[tuple[str, str]] = []
    position = 0
    while position < len(plain):
        match = TOKEN.match(plain, position)
        if match is None:
            return None if plain[position:].strip() else tokens
        tokens.append((str(match.lastgroup), match[str(match.lastgroup)]))
        position = match.end()
    return tokens


def _without_left_side(node: Node) -> Node:
    """`loss = f(x)` is asked for as often as `f(x)`."""
    if isinstance(node, Infix) and node.sign == "=" and isinstance(node.left, Name):
        return node.right
    return node


def _renaming(
    ours: list[str], theirs: list[str], same_name: Callable[[str, str], bool]
) -> Mapping[str, str]:
    missing = [name for name in dict.fromkeys(ours) if name not in theirs]
    renamed: dict[str, str] = {}
    for name in dict.fromkeys(theirs):
        if name not in ours:
            match = next((other for other in missing if same_name(other, name)), None)
            if match:
                renamed[name] = match
    return renamed


def _equal(left: Node, right: Node, renamed: Mapping[str, str], seed: str) -> bool:
    return _close(evaluate(left, Point(seed)), evaluate(right, Point(seed, renamed)))


def _close(first: float, second: float) -> bool:
    return abs(first - second) <= 1e-7 * max(1.0, abs(first), abs(second))


def _same_equation(solved: Node, other: Node, renamed: Mapping[str, str]) -> bool:
    """Whether an equation holds wherever another one does that gives a name's value, or that of
    its power: U = I R, as I = U / R."""
    if not (_is_equation(solved) and _is_equation(other)):
        return False
    assert isinstance(solved, Infix)
    for side, value in ((solved.left, solved.right), (solved.right, solved.left)):
        name, power = _unknown(side)
        if name and name not in names(value):
            return all(_holds(other, name, value, power, renamed, seed) for seed in _SEEDS)
    return False


def _is_equation(node: Node) -> bool:
    return isinstance(node, Infix) and node.sign == "="


def _unknown(side: Node) -> tuple[str, float]:
    match side:
        case Name(name):
            return name, 1.0
        case Infix("^", Name(name), Number(power)) if power:
            return name, power
    return "", 1.0


def _holds(
    equation: Node, name: str, value: Node, power: float, renamed: Mapping[str, str], seed: str
) -> bool:
    """Whether an equation holds at a random point where a name's power has a value."""
    assert isinstance(equation, Infix)
    try:
        solution = abs(evaluate(value, Point(seed))) ** (1 / power)
    except (OverflowError, ZeroDivisionError):
        return False
    point = Point(seed, renamed, {name: solution})
    return _close(evaluate(equation.left, point), evaluate(equation.right, point))
