"""The source files that a module of the user's own is made of, read from its imports."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from importlib.machinery import ModuleSpec
from importlib.util import find_spec, resolve_name
from pathlib import Path

_NOT_THE_USERS = {"tutor", "evals"}


def own_sources(module: str) -> list[Path]:
    """The files of a module and of all that it imports, at once or later, that are the user's.

    Those are modules of the same package, and modules below the current folder that are not
    installed there. What is loaded beside them has no say: the answer is the same in every run.
    """
    package = module.partition(".")[0]
    found: dict[str, Path] = {}
    unread = [module]
    while unread:
        name = unread.pop()
        path = None if name in found else _file(name, package)
        if path is not None:
            found[name] = path
            unread += _imports(name, path)
        # What imports `a.b` imports `a` first.
        unread += [name.rpartition(".")[0]] if "." in name else []
    return sorted(set(found.values()))


def _file(name: str, package: str) -> Path | None:
    top = name.partition(".")[0]
    if top in _NOT_THE_USERS or not _is_own(top, package):
        return None
    spec = _spec(name)
    return Path(spec.origin) if spec and spec.origin and spec.has_location else None


def _spec(name: str) -> ModuleSpec | None:
    try:
        return find_spec(name)
    # `a.b` where `b` is no module but a name in one, and `__main__`.
    except (ImportError, ValueError):
        return None


def _is_own(top: str, package: str) -> bool:
    spec = _spec(top)
    places = [] if spec is None else [*(spec.submodule_search_locations or ()), spec.origin or ""]
    below = any(Path(place).is_relative_to(Path.cwd()) for place in places)
    return top == package or (below and not any("site-packages" in place for place in places))


def _imports(name: str, path: Path) -> Iterator[str]:
    """Every name that could be a module; a package's own parts are relative to itself."""
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_bytes())) if path.suffix == ".py" else ():
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            source = resolve_name("." * node.level + (node.module or ""), package)
            yield source
            yield from (f"{source}.{alias.name}" for alias in node.names)
