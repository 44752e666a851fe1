"""The machine, the interpreter and the commit that figures were made with."""

from __future__ import annotations

import os
import platform
import re
import subprocess
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.process import ROOT
from benchmarks.report import Origin


def find_origin(runs: int) -> Origin:
    """Describe this run; a checkout with changes that are not committed is called dirty."""
    return Origin(
        command=f"python -m benchmarks --runs {runs}",
        date=datetime.now(UTC).date().isoformat(),
        processor=_processor(),
        cores=len(os.sched_getaffinity(0)),
        python=platform.python_version(),
        commit=_commit(),
        runs=runs,
        load=round(os.getloadavg()[0], 1),
    )


def _processor() -> str:
    text = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    found = re.search(r"^model name\s*:\s*(.+)$", text, re.MULTILINE)
    return found[1] if found else platform.machine()


def _commit() -> str:
    command = ("git", "describe", "--always", "--dirty", "--exclude=*")
    found = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    return found.stdout.strip()
