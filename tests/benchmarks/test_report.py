from __future__ import annotations

import json

from benchmarks.figure import Figure
from benchmarks.report import Origin, as_json, as_markdown

ORIGIN = Origin("python -m benchmarks", "2026-11-24", "a processor", 2, "3.11.0", "abc1234", 2, 0.5)
FAST = Figure("fast", "1/s", (900.0, 1000.0))
SLOW = Figure("slow", "1/s", (4.0, 5.0)).over(FAST)


def test_the_page_says_where_the_figures_come_from() -> None:
    page = as_markdown(ORIGIN, [FAST])
    for said in ("python -m benchmarks", "2026-11-24", "a processor", "2 cores", "abc1234"):
        assert said in page


def test_a_small_ratio_is_a_fraction() -> None:
    # 5 / 1000 = 1/200
    assert "| slow | 5 1/s | 1/200 of fast |" in as_markdown(ORIGIN, [SLOW])


def test_every_run_is_kept() -> None:
    [row] = json.loads(as_json(ORIGIN, [SLOW]))["figures"]
    assert row["runs"] == [4.0, 5.0]
    assert row["best"] == 5.0
    assert row["ratios"] == {"fast": 0.005}
