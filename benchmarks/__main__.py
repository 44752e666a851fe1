"""Measure everything in one run: `python -m benchmarks [--runs N] [--folder FOLDER]`.

Linux only, in a checkout with `tutor` and its dependencies. Writes `results.json` and
`results.md` and prints the latter. Nothing here is a test: a busy machine must fail nobody.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from benchmarks import bad_input, evaluating, grading, judging, parsing, serving, starting
from benchmarks.origin import find_origin
from benchmarks.report import as_json, as_markdown


def main() -> None:
    """Measure, write, print."""
    wanted = _arguments()
    wanted.folder.mkdir(parents=True, exist_ok=True)
    origin = find_origin(wanted.runs)
    figures = []
    for topic in (starting, grading, bad_input, serving, judging, parsing, evaluating):
        print(f"{topic.__name__} ...", file=sys.stderr)
        figures += topic.measure(wanted.runs)
    page = as_markdown(origin, figures)
    (wanted.folder / "results.json").write_text(as_json(origin, figures) + "\n", encoding="utf-8")
    (wanted.folder / "results.md").write_text(page, encoding="utf-8")
    print(page, end="")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--runs", type=int, default=5, help="how often to measure each; 5")
    parser.add_argument(
        "--folder", type=Path, default=Path(__file__).parent, help="where the results go"
    )
    return parser.parse_args()


main()
