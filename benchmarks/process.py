"""Running programs in a clean surrounding: chosen settings, a folder that is thrown away."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PYTHON = (sys.executable,)
TUTOR = (sys.executable, "-m", "tutor.cli.main")


@dataclass(frozen=True, slots=True)
class Program:
    """A command line by the name it is reported under, and what it reads."""

    name: str
    arguments: tuple[str, ...]
    given: str = ""


NOTHING_SET: Mapping[str, str] = {}


@contextmanager
def surrounding(
    settings: Mapping[str, str] = NOTHING_SET,
) -> Iterator[tuple[Path, dict[str, str]]]:
    """An empty folder to run in, and an environment with these settings and a store there."""
    with tempfile.TemporaryDirectory() as folder:
        names = [name for name in os.environ if not name.startswith(("TUTOR_", "OPENAI_"))]
        environment = {name: os.environ[name] for name in names}
        environment["PYTHONPATH"] = str(ROOT)
        environment["TUTOR_DATABASE_URL"] = f"sqlite:///{Path(folder) / 'reviews.db'}"
        yield Path(folder), environment | dict(settings)


def wall_seconds(program: Program) -> float:
    """Seconds from start to exit; raises `CalledProcessError` when it fails."""
    with surrounding() as (folder, environment):
        started = time.perf_counter()
        _run(program, folder, environment)
        return time.perf_counter() - started


def printed(code: str, settings: Mapping[str, str] = NOTHING_SET) -> str:
    """What a new interpreter prints for the code; nothing is cached from an earlier run."""
    with surrounding(settings) as (folder, environment):
        return _run(Program("code", (*PYTHON, "-c", code)), folder, environment)


def resident(process: int) -> float:
    """Resident memory of a process in MiB; Linux only."""
    status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    [kibibytes] = re.findall(r"^VmRSS:\s+(\d+) kB$", status, re.MULTILINE)
    return int(kibibytes) / 1024


def processor_seconds(process: int) -> float:
    """Processor time that a process has used; Linux only."""
    _, _, fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(") ")
    user, system = fields.split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def _run(program: Program, folder: Path, environment: dict[str, str]) -> str:
    return subprocess.run(
        program.arguments,
        input=program.given,
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        check=True,
    ).stdout
