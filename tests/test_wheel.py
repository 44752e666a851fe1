"""The wheel holds all that `tutor` needs where it is installed, and nothing else."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).resolve().parents[1]

pytestmark = pytest.mark.skipif(
    find_spec("hatchling") is None,
    reason="hatchling builds the wheel and is not installed; install the extra named test",
)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ZipFile]:
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "-d", str(folder)]
    built = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert built.returncode == 0, built.stderr
    [path] = folder.glob("*.whl")
    with ZipFile(path) as archive:
        yield archive


@pytest.fixture(scope="module")
def installed(wheel: ZipFile, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("installed")
    wheel.extractall(folder)
    return folder


def _tutor(installed: Path, tmp_path: Path, *arguments: str, given: str = "") -> str:
    """What the command prints when only the wheel's files can be found, far from the checkout."""
    environment = {name: value for name, value in os.environ.items() if name[:6] != "TUTOR_"}
    environment["PYTHONPATH"] = str(installed)
    environment["TUTOR_DATABASE_URL"] = f"sqlite:///{tmp_path / 'reviews.db'}"
    command = [sys.executable, "-m", "tutor.cli.main", *arguments]
    done = subprocess.run(
        command, cwd=tmp_path, env=environment, input=given.encode(), capture_output=True
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


def test_all_of_tutor_is_inside(wheel: ZipFile) -> None:
    files = [path for path in (ROOT / "tutor").rglob("*") if path.is_file()]
    wanted = {str(p.relative_to(ROOT)) for p in files if "__pycache__" not in p.parts}
    # The data, the migrations and the mark of a typed package are files like any other.
    assert {"tutor/py.typed", "tutor/grading/data/lexicon.tsv.gz"} <= wanted
    assert wanted - set(wheel.namelist()) == set()


def test_the_decks_are_inside(wheel: ZipFile) -> None:
    decks = {f"tutor/bundled/cards/{path.name}" for path in (ROOT / "cards").glob("*.md")}
    assert "tutor/bundled/cards/instructgpt.md" in decks
    assert decks - set(wheel.namelist()) == set()


def test_the_prompts_are_inside(wheel: ZipFile) -> None:
    prompts = {f"tutor/bundled/prompts/{path.name}" for path in (ROOT / "prompts").iterdir()}
    assert {f"tutor/bundled/prompts/judge.{language}.md" for language in ("en", "zh")} <= prompts
    assert prompts - set(wheel.namelist()) == set()


def test_nothing_else_is_inside(wheel: ZipFile) -> None:
    tops = {name.partition("/")[0] for name in wheel.namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"tutor"}
    assert not [name for name in wheel.namelist() if "__pycache__" in name or "test_" in name]


def test_the_command_and_the_licence_come_along(wheel: ZipFile, installed: Path) -> None:
    [metadata] = installed.glob("tutor-*.dist-info")
    assert "tutor = tutor.cli.main:run" in (metadata / "entry_points.txt").read_text()
    assert (metadata / "licenses" / "LICENSE").is_file()


def test_the_bundled_deck_is_found_where_it_is_installed(installed: Path, tmp_path: Path) -> None:
    sitting = ("selftest", "instructgpt", "--limit", "1", "--no-store", "--json")
    events = [json.loads(line) for line in _tutor(installed, tmp_path, *sitting).splitlines()]
    assert [event["deck"] for event in events if event["event"] == "question"] == ["InstructGPT"]


def test_the_judges_prompt_is_found_where_it_is_installed(installed: Path, tmp_path: Path) -> None:
    code = (
        "from tutor.grading.judging.request import judge_prompt; print(judge_prompt('zh').identity)"
    )
    environment = {"PYTHONPATH": str(installed), "PATH": os.environ["PATH"]}
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert done.stdout.startswith("judge.zh-"), done.stderr


def test_it_grades_and_keeps_reviews_where_it_is_installed(installed: Path, tmp_path: Path) -> None:
    line = {"id": 1, "question": "Capital of France?", "references": ["Paris"], "answer": "Paris"}
    # Keeping one runs the migrations that came along.
    [graded] = _tutor(installed, tmp_path, "grade", "--record", given=json.dumps(line)).splitlines()
    assert json.loads(graded)["verdict"] == "correct"
    assert (tmp_path / "reviews.db").is_file()
