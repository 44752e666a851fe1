"""The house rules, read from the source: who may import whom, and who owns which edge."""

from __future__ import annotations

import ast
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Literal

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("tutor", "evals", "training", "benchmarks")

# The house from the ground up: a row is a floor, its rooms stand side by side. A module imports
# from floors below and from its own room; a package stands for all modules in it that are not
# named on their own.
FLOORS: tuple[dict[str, str], ...] = (
    {"failures": "tutor tutor.errors"},
    {
        "words": "tutor.deck.card tutor.grading.item tutor.grading.grade tutor.study.review"
        " tutor.grading.guards.finding tutor.grading.cause tutor.grading.strictness"
        " tutor.grading.ruling tutor.spending",
        "bundled folders": "tutor.bundled",
        "statistics": "tutor.agreement",
    },
    {"reading text": "tutor.grading.reading tutor.grading.language"},
    {
        "decks": "tutor.deck",
        "answer beside reference": "tutor.grading.key_points tutor.grading.claims"
        " tutor.grading.ways tutor.grading.asked_count tutor.grading.alignment"
        " tutor.grading.quotes tutor.grading.cloze tutor.grading.fill_core"
        " tutor.grading.fill_match tutor.grading.fill_meaning tutor.grading.fill_quantity"
        " tutor.grading.fill_spelling tutor.grading.fill_wording"
        " tutor.grading.slips tutor.grading.attempt tutor.grading.extent",
        "calibration": "tutor.grading.calibration tutor.grading.escalation",
    },
    {
        "guards": "tutor.grading.guards",
        "signals": "tutor.grading.evidence tutor.grading.signals tutor.grading.cosines"
        " tutor.grading.nearness"
        " tutor.grading.point_status",
    },
    {"decision": "tutor.grading.decision", "feedback": "tutor.feedback"},
    {"models": "tutor.inference", "storage": "tutor.store"},
    {
        "graders": "tutor.grading.local tutor.grading.uncertainty"
        " tutor.grading.uncertainty_wording",
        "judge": "tutor.grading.judging",
    },
    {"calibrating": "tutor.calibrating"},
    {
        "use case": "tutor.submission tutor.once tutor.begun tutor.deck_strictness tutor.background"
        " tutor.examiner tutor.service"
    },
    {"settings": "tutor.settings tutor.settings_judge tutor.settings_sources tutor.open_judge"},
    {"REST": "tutor.api", "evaluation": "evals"},
    {"terminal": "tutor.cli", "fitting": "training"},
    {"measuring": "benchmarks"},
)
DOORS = ("tutor.api", "tutor.cli")

# A library at an edge of the program is imported by the owners of that edge and nobody else.
OWNERS = {
    "alembic": ("tutor.store",),
    "sqlalchemy": ("tutor.store",),
    "fastapi": ("tutor.api",),
    "starlette": ("tutor.api",),
    "uvicorn": ("tutor.api",),
    "rich": ("tutor.cli", "evals"),
    "typer": ("tutor.cli", "evals"),
    "openai": ("tutor.inference",),
    "sentence_transformers": ("tutor.inference", "training.embedder"),
    "torch": ("tutor.inference", "training.embedder"),
    "transformers": ("tutor.inference",),
    "platformdirs": ("tutor.settings",),
    "pydantic_settings": ("tutor.settings", "tutor.settings_judge"),
    "scipy": ("evals", "training"),
    "sklearn": ("evals", "training"),
}

ENVIRONMENT = {"os.environ", "os.environb", "os.getenv", "os.putenv"}
ENVIRONMENT_OWNERS = ("tutor.settings", "tutor.settings_sources", "benchmarks")

CLOCKS_AND_CHANCE = {
    "datetime.date.today",
    "datetime.datetime.now",
    "datetime.datetime.today",
    "datetime.datetime.utcnow",
    "random",
    "secrets",
    "time.localtime",
    "time.gmtime",
    "time.time",
    "time.time_ns",
    "uuid.uuid1",
    "uuid.uuid4",
}
# These hand a clock and chance to all others; `time.perf_counter` only measures, and is free.
CLOCK_OWNERS = ("tutor.settings", "tutor.open_judge", *DOORS, "evals", "training", "benchmarks")

LONGEST = 300
BANNED_NAMES = {"utils", "util", "helpers", "helper", "common", "manager", "managers", "misc"}
MACHINE_PATHS = tuple(f"/{name}" for name in ("work/", "root/", "tmp/w"))


@dataclass(frozen=True)
class Use:
    """A name that a module imports, and when: as it is imported, in a call, for types only."""

    name: str
    line: int
    when: Literal["at once", "in a call", "for types"]


@dataclass(frozen=True)
class Module:
    name: str
    path: Path
    tree: ast.Module

    def at(self, line: int) -> str:
        return f"{self.path.relative_to(ROOT)}:{line}"


def _name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def _modules() -> dict[str, Module]:
    paths = [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]
    trees = ((path, ast.parse(path.read_bytes(), str(path))) for path in paths)
    return {_name(path): Module(_name(path), path, tree) for path, tree in trees}


def uses(tree: ast.AST) -> Iterator[Use]:
    """Every import below a node; `from a import b` uses the name `a.b`."""
    yield from _uses(tree, "at once")


def _uses(node: ast.AST, when: Literal["at once", "in a call", "for types"]) -> Iterator[Use]:
    match node:
        case ast.Import(names=names):
            yield from (Use(alias.name, node.lineno, when) for alias in names)
        case ast.ImportFrom(level=0, module=str(source), names=names):
            yield from (Use(f"{source}.{alias.name}", node.lineno, when) for alias in names)
        case ast.ImportFrom():
            raise AssertionError(f"line {node.lineno}: write the import with its whole name")
        case ast.If(test=ast.Name(id="TYPE_CHECKING"), body=body, orelse=otherwise):
            for statement in body:
                yield from _uses(statement, "for types")
            for statement in otherwise:
                yield from _uses(statement, when)
        case _:
            inside = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
            for child in ast.iter_child_nodes(node):
                yield from _uses(child, "in a call" if inside and when == "at once" else when)


def spelt_names(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Every imported name that the code spells out, in full, with its line.

    After `import datetime as dt`, `dt.date.today` is `datetime.date.today`.
    """
    full = dict(_bindings(tree))
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute | ast.Name) and (first := _first(node)) in full:
            yield full[first] + ast.unparse(node).removeprefix(first), node.lineno


def _first(node: ast.expr) -> str:
    """`os` of `os.environ.get`; empty when a call or the like comes first."""
    while isinstance(node, ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def _bindings(tree: ast.AST) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                for alias in names:
                    top = alias.name.partition(".")[0]
                    yield (alias.asname, alias.name) if alias.asname else (top, top)
            case ast.ImportFrom(module=source, names=names):
                yield from (
                    (alias.asname or alias.name, f"{source}.{alias.name}") for alias in names
                )


def _is_in(name: str, package: str) -> bool:
    return name == package or name.startswith(f"{package}.")


def _any_in(name: str, packages: tuple[str, ...] | set[str]) -> bool:
    return any(_is_in(name, package) for package in packages)


def _target(name: str) -> str | None:
    """The module of ours that an imported name comes from."""
    for candidate in (name, name.rpartition(".")[0]):
        if candidate in _modules():
            return candidate
    return None


@cache
def _rooms() -> dict[str, tuple[int, str]]:
    return {
        entry: (floor, room)
        for floor, rooms in enumerate(FLOORS)
        for room, entries in rooms.items()
        for entry in entries.split()
    }


def _place(module: str) -> tuple[int, str] | None:
    """Floor and room: that of the nearest entry, but `tutor` stands for nothing but itself."""
    entry = module
    while entry not in _rooms() and "." in entry:
        entry = entry.rpartition(".")[0]
    return None if entry == "tutor" != module else _rooms().get(entry)


def _is_empty(module: Module) -> bool:
    """Nothing but a docstring, as a package has that only holds others."""
    return all(
        isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        for node in module.tree.body
    )


def _inner_uses() -> Iterator[tuple[Module, Use, str]]:
    for module in _modules().values():
        for use in uses(module.tree):
            target = _target(use.name)
            if target is not None and target != module.name:
                yield module, use, target


def test_every_module_has_a_place() -> None:
    homeless = [
        module.at(1)
        for module in _modules().values()
        if not _is_empty(module) and _place(module.name) is None
    ]
    assert not homeless, f"give each a room in FLOORS: {homeless}"


def test_every_place_is_lived_in() -> None:
    names = _modules()
    empty = [entry for entry in _rooms() if not any(_is_in(name, entry) for name in names)]
    assert not empty, f"FLOORS names what is not there: {empty}"


def test_imports_go_downward() -> None:
    upward = []
    for module, use, target in _inner_uses():
        here, there = _place(module.name), _place(target)
        # `tutor` offers names of the whole house to type checkers, and imports them when asked.
        lazy = module.name == "tutor" and use.when == "for types"
        if here and there and here != there and there[0] >= here[0] and not lazy:
            upward.append(f"{module.at(use.line)}: {here[1]} imports {target} of {there[1]}")
    assert not upward, "\n".join(upward)


def test_no_import_cycle() -> None:
    graph: dict[str, set[str]] = {name: set() for name in _modules()}
    for module, use, target in _inner_uses():
        if use.when == "at once":
            graph[module.name].add(target)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(f"import cycle: {' < '.join(error.args[1])}")


def test_tutor_imports_nothing_that_the_wheel_leaves_out() -> None:
    outside = [
        f"{module.at(use.line)}: {use.name}"
        for module, use, target in _inner_uses()
        if _is_in(module.name, "tutor") and not _is_in(target, "tutor")
    ]
    assert not outside, outside


def test_nothing_outside_imports_the_doors() -> None:
    through = [
        f"{module.at(use.line)}: {use.name}"
        for module, use, target in _inner_uses()
        if not _is_in(module.name, "tutor") and _any_in(target, DOORS)
    ]
    assert not through, through


@pytest.mark.parametrize("library", OWNERS)
def test_an_edge_has_one_owner(library: str) -> None:
    strangers = [
        f"{module.at(use.line)}: {use.name}"
        for module in _modules().values()
        for use in uses(module.tree)
        if _is_in(use.name, library) and not _any_in(module.name, OWNERS[library])
    ]
    assert not strangers, strangers


def _spelt_outside(names: set[str], owners: tuple[str, ...]) -> list[str]:
    return [
        f"{module.at(line)}: {name}"
        for module in _modules().values()
        for name, line in spelt_names(module.tree)
        if _any_in(name, names) and not _any_in(module.name, owners)
    ]


def test_only_settings_read_the_environment() -> None:
    assert _spelt_outside(ENVIRONMENT, ENVIRONMENT_OWNERS) == []


def test_clock_and_chance_are_passed_in() -> None:
    assert _spelt_outside(CLOCKS_AND_CHANCE, CLOCK_OWNERS) == []


def test_files_are_short() -> None:
    lengths = {m.path: len(m.path.read_bytes().splitlines()) for m in _modules().values()}
    long = {str(path.relative_to(ROOT)): n for path, n in lengths.items() if n > LONGEST}
    assert not long, f"split what has over {LONGEST} lines: {long}"


def test_names_say_what_is_inside() -> None:
    vague = [name for name in _modules() if BANNED_NAMES & set(name.split("."))]
    assert not vague, vague


def test_no_tracked_file_names_a_machine_path() -> None:
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("not a git checkout, so there is no telling which files are tracked")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    paths = [ROOT / name for name in listed.stdout.decode().split("\0") if name]
    found = [
        f"{path.relative_to(ROOT)}: {text}"
        for path in paths
        if path.is_file()
        for text in MACHINE_PATHS
        if text.encode() in path.read_bytes()
    ]
    assert not found, found


# The reading itself: a rule that sees nothing would never fail.

SAMPLE = """
import datetime as dt
import os.path
from typing import TYPE_CHECKING
if TYPE_CHECKING:
    from tutor.service import Tutor
else:
    import rich.text
class Clock:
    def now(self):
        from time import time as seconds
        return dt.datetime.now(), os.environ["TZ"], seconds()
"""


def test_imports_are_seen_with_when_they_happen() -> None:
    seen = {(use.name, use.line, use.when) for use in uses(ast.parse(SAMPLE))}
    assert seen == {
        ("datetime", 2, "at once"),
        ("os.path", 3, "at once"),
        ("typing.TYPE_CHECKING", 4, "at once"),
        ("tutor.service.Tutor", 6, "for types"),
        ("rich.text", 8, "at once"),
        ("time.time", 11, "in a call"),
    }


def test_names_are_seen_in_full() -> None:
    seen = {name for name, _ in spelt_names(ast.parse(SAMPLE))}
    assert {"datetime.datetime.now", "os.environ", "time.time"} <= seen


def test_a_room_is_found_by_the_nearest_entry() -> None:
    assert _place("tutor.deck.card") == (1, "words")
    assert _place("tutor.deck.parser") == (3, "decks")
    assert _place("tutor") == (0, "failures")
    assert _place("tutor.nowhere") is None
