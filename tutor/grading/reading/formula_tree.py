"""The syntax tree of a formula: parsing tokens, and its value at a random point."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Number:
    value: float


@dataclass(frozen=True, slots=True)
class Name:
    """A variable with its index, or words that stand for one."""

    name: str


@dataclass(frozen=True, slots=True)
class Call:
    """A function of its arguments; a bare bracket with several entries has no name."""

    name: str
    arguments: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Infix:
    sign: str
    left: Node
    right: Node


Node = Number | Name | Call | Infix
Token = tuple[str, str]

_RELATIONS = ("=", "<", ">", "<=", ">=", "!=", "||", "|", ":", "~", "→")
FUNCTIONS = frozenset("log ln exp sqrt sin cos tan tanh max min softmax relu".split())
_FUNCTION_LETTERS = frozenset("efghopqrcdvuπσφψ")


class _Unreadable(Exception):
    """The tokens are no formula."""


def parse(tokens: list[Token]) -> Node | None:
    """The tree of a formula, or None when the tokens do not make one."""
    parser = _Parser(tokens)
    try:
        node = parser.relation()
        return node if parser.done() else None
    except (_Unreadable, RecursionError):
        return None


class _Parser:
    """Recursive descent over the tokens; each method reads what its name says."""

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._position = 0

    def done(self) -> bool:
        return self._position == len(self._tokens)

    def relation(self) -> Node:
        node = self._sum()
        while self._peek() in _RELATIONS:
            sign = self._next()[1]
            node = Infix(sign, node, self._sum())
        return node

    def _sum(self) -> Node:
        node = self._term_with_sign()
        while self._peek() in ("+", "-", "±"):
            sign = self._next()[1]
            node = Infix(sign, node, self._product())
        return node

    def _term_with_sign(self) -> Node:
        if self._peek() == "-":
            self._next()
            return Infix("-", Number(0.0), self._product())
        if self._peek() == "+":
            self._next()
        return self._product()

    def _product(self) -> Node:
        node = self._power()
        while self._peek() in ("*", "/") or self._starts_factor():
            sign = self._next()[1] if self._peek() in ("*", "/") else "*"
            node = Infix(sign, node, self._power())
        return node

    def _starts_factor(self) -> bool:
        return not self.done() and (self._kind() in ("number", "name") or self._peek() == "(")

    def _power(self) -> Node:
        node = self._factor()
        if self._peek() != "^":
            return node
        self._next()
        return Infix("^", node, self._exponent())

    def _exponent(self) -> Node:
        if self._peek() == "-":
            self._next()
            return Infix("-", Number(0.0), self._exponent())
        return self._power()

    def _factor(self) -> Node:
        kind, form = self._next()
        if kind == "number":
            return Number(float(form.rstrip("%")) / (100 if form.endswith("%") else 1))
        if kind == "name":
            return self._named(form)
        if form == "(":
            return self._bracket("")
        raise _Unreadable

    def _named(self, form: str) -> Node:
        if form in FUNCTIONS and self._peek() != "(":
            return Call(form, (self._power(),))
        name = self._indexed(self._phrase(form))
        if self._peek() != "(" or _is_words(name):
            return Name(name)
        self._next()
        call = self._bracket(name)
        return call if _is_call(call) else _applied(name, call)

    def _phrase(self, form: str) -> str:
        """Neighbouring words are one operand: `KL 惩罚`, `small model`."""
        while _is_word(form) and not self.done() and self._kind() == "name":
            word = self._tokens[self._position][1]
            if not _is_word(word) or word in FUNCTIONS:
                break
            self._next()
            form += f" {word}" if form[-1].isascii() and word[0].isascii() else word
        return form

    def _indexed(self, name: str) -> str:
        while self._peek() == "_":
            self._next()
            name += "_" + self._index()
        return name

    def _index(self) -> str:
        form = self._next()[1]
        if form != "(":
            return form
        parts: list[str] = []
        while (form := self._next()[1]) != ")":
            parts.append(form)
        return "".join(parts)

    def _bracket(self, name: str) -> Node:
        """The rest of a bracket that has been opened."""
        entries = [self.relation()]
        while self._peek() == ",":
            self._next()
            entries.append(self.relation())
        if self._next()[1] != ")":
            raise _Unreadable
        return entries[0] if not name and len(entries) == 1 else Call(name, tuple(entries))

    def _peek(self) -> str | None:
        """The next token if it is a sign."""
        if self.done() or self._kind() != "sign":
            return None
        return self._tokens[self._position][1]

    def _kind(self) -> str:
        return self._tokens[self._position][0]

    def _next(self) -> Token:
        if self.done():
            raise _Unreadable
        self._position += 1
        return self._tokens[self._position - 1]


def _is_word(form: str) -> bool:
    return len(form) > 1 or "\u4e00" <= form <= "\u9fff"


def _is_words(name: str) -> bool:
    return any("\u4e00" <= char <= "\u9fff" for char in name)


def _is_call(node: Node) -> bool:
    """Whether a name before a bracket is a function: `n(n-1)` is a product, `f(n)` is none."""
    if not isinstance(node, Call) or len(node.arguments) > 1 or len(node.name) > 1:
        return True
    return node.name in _FUNCTION_LETTERS


def _applied(name: str, call: Node) -> Node:
    assert isinstance(call, Call)
    return Infix("*", Name(name), call.arguments[0])


def names(node: Node) -> list[str]:
    """Names of variables, functions and numbers in a formula, in order of appearance."""
    match node:
        case Number(value):
            return [f"{value:g}"] if value else []
        case Name(name):
            return [name]
        case Call(name, arguments):
            return [name, *(each for argument in arguments for each in names(argument))]
        case Infix(_, left, right):
            return names(left) + names(right)


@dataclass(frozen=True, slots=True)
class Point:
    """A random point, the same for the same seed: names stand for numbers drawn from their
    spelling, or from that of the name they are `renamed` to, or for their `given` values."""

    seed: str
    renamed: Mapping[str, str] = field(default_factory=dict)
    given: Mapping[str, float] = field(default_factory=dict)

    def value_of(self, name: str) -> float:
        """The number that a name stands for."""
        own = self.renamed.get(name, name)
        return self.given[own] if own in self.given else _drawn(self.seed, own)


def evaluate(node: Node, point: Point) -> float:
    """Value of a formula at a point; nan where it has none."""
    match node:
        case Number(value):
            return value
        case Name(name):
            return point.value_of(name)
        case Call(name, arguments):
            return _called(name, [evaluate(each, point) for each in arguments], point.seed)
        case Infix(sign, left, right):
            return _combined(sign, evaluate(left, point), evaluate(right, point), point.seed)


def _called(name: str, values: list[float], seed: str) -> float:
    match name, values:
        case (("log" | "ln"), [value]) if value:
            return math.log(abs(value))
        case "sqrt", [value]:
            return math.sqrt(abs(value))
        case "c", [n, k] if n > k - 1 > -1:
            return _binomial(n, k)
        case _:
            return _drawn(seed, name, *(f"{value:.6g}" for value in values))


def _combined(sign: str, left: float, right: float, seed: str) -> float:
    try:
        match sign:
            case "+":
                return left + right
            case "±":  # as if one of the two signs were drawn
                return left + _drawn(seed, sign) * right
            case "-":
                return left - right
            case "*":
                return left * right
            case "/":
                return left / right
            case "^":
                return math.pow(abs(left), right)
            case "=" | "!=":  # a = b is b = a
                first, second = sorted((left, right))
                return _drawn(seed, sign, f"{first:.6g}", f"{second:.6g}")
            case ">" | ">=":  # a > b is b < a
                return _drawn(seed, sign.replace(">", "<"), f"{right:.6g}", f"{left:.6g}")
            case _:
                return _drawn(seed, sign, f"{left:.6g}", f"{right:.6g}")
    except (OverflowError, ValueError, ZeroDivisionError):  # math.pow(0, -1) is a ValueError
        return math.nan


def _binomial(n: float, k: float) -> float:
    try:
        return math.exp(math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1))
    except OverflowError:
        return math.nan


def _drawn(seed: str, *parts: str) -> float:
    """A number between 1 and 3 that depends on nothing but the arguments."""
    digest = hashlib.blake2b("\0".join((seed, *parts)).encode(), digest_size=6).digest()
    return 1.0 + 2.0 * int.from_bytes(digest, "big") / 2**48
