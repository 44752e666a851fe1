from __future__ import annotations

import sys

import pytest

from evals.running.sources import own_sources


@pytest.fixture
def files(tmp_path, monkeypatch):
    """Write modules below the current folder; what they import stays out of other tests."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    before = set(sys.modules)

    def write(**sources):
        for name, source in sources.items():
            path = tmp_path / f"{name.replace('__', '/')}.py"
            path.parent.mkdir(exist_ok=True)
            path.write_text(source)

    yield write
    for name in set(sys.modules) - before:
        if name.partition(".")[0] in ("mine", "part", "last", "box", "other"):
            del sys.modules[name]


def names(module, tmp_path):
    return [str(path.relative_to(tmp_path)) for path in own_sources(module)]


def test_imports_are_followed_also_those_inside_functions(files, tmp_path):
    files(mine="import part, json, numpy", part="def f():\n    from last import X", last="X = 1")
    files(other="")
    assert names("mine", tmp_path) == ["last.py", "mine.py", "part.py"]


def test_a_package_is_followed_by_its_relative_imports(files, tmp_path):
    files(
        box="", box__a="from . import b\nfrom .c import X", box__b="from .a import f", box__c="X=1"
    )
    (tmp_path / "box.py").unlink()
    (tmp_path / "box" / "__init__.py").write_text("from box import d")
    (tmp_path / "box" / "d.py").write_text("")
    found = names("box.a", tmp_path)
    assert found == ["box/__init__.py", "box/a.py", "box/b.py", "box/c.py", "box/d.py"]


def test_what_is_installed_and_what_is_ours_is_left_out(files, tmp_path):
    files(
        mine="from tutor.errors import TutorError\nimport rich.console, no_such_module, part.nothing"
    )
    files(part="")
    assert names("mine", tmp_path) == ["mine.py", "part.py"]
