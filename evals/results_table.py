"""The tables of results in the README, written from the committed results.

    python -m evals.results_table

Rewrites what stands between the two marks in `README.md`, so that no figure there is typed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from evals.files import read_bytes, write_text
from evals.near_copy_rates import NearCopyResult
from evals.shares import Share
from tutor.errors import InvalidInputError

README = Path(__file__).resolve().parents[1] / "README.md"
RESULTS = Path(__file__).parent / "results"
BEGIN = "<!-- results: written by python -m evals.results_table -->"
END = "<!-- end of results -->"

TITLES = {
    "scientsbank": "SciEntsBank, school science",
    "beetle": "Beetle, electricity",
    "saf": "SAF, networks",
    "khan": "Khan, reading and maths",
    "digiklausur": "DigiKlausur, neural networks",
    "zh_ads": "ADS, data structures, Chinese",
    "zh_le": "LE, logistics lists, Chinese",
    "zh_mohler": "Mohler 2009 in Chinese",
    "ref_en_ans_zh": "English reference, Chinese answer",
    "ref_zh_ans_en": "Chinese reference, English answer",
    "mohler": "Mohler 2011, computer science",
    "powergrading": "Powergrading, citizenship",
    "dt_grade": "DT-Grade, physics",
    "own_deck_even": "our InstructGPT deck, half of it",
    "own_deck_odd": "our InstructGPT deck, other half",
}
_NOTHING = "–"
_WANTED = "a file in evals/results"
Entry = Mapping[str, Any]
"""One set of `leave-one-set-out.json`: what `training.leave_one_out` wrote."""


def main() -> None:
    """Write the tables into the README."""
    write_text(README, updated(README.read_text("utf-8"), block(RESULTS)))


def updated(readme: str, tables: str) -> str:
    """The README with the tables between its marks; raises `InvalidInputError` without them."""
    before, begin, rest = readme.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise InvalidInputError(
            f"README.md: no place for the results; write {BEGIN} and {END} on lines of their own"
        )
    return f"{before}{BEGIN}\n{tables}{END}{after}"


def block(results: Path) -> str:
    """The tables of the results in a folder."""
    sets = _read(results / "leave-one-set-out.json")
    minilm = _read(results / "leave-one-set-out-minilm.json")
    # Guards were built on the other half of the near copies; these nobody looked at.
    path = results / "near-copies-test.json"
    near_copies = NearCopyResult.model_validate_json(read_bytes(path, _WANTED))
    parts = (ranking(sets, minilm), verdicts(sets), confidence(sets), near_copy_rates(near_copies))
    return "\n" + "\n".join(parts) + "\n"


def ranking(sets: Mapping[str, Entry], minilm: Mapping[str, Entry]) -> str:
    """How well scores rank correct answers above others: AUROC of every set and grader."""
    head = (
        "AUROC", "answers", "questions", "tutor", "cosine, bundled", "cosine, MiniLM",
        "cosine, characters", "token overlap",
    )  # fmt: skip
    rows = []
    for name, entry in sets.items():
        graders, other = entry["graders"], minilm.get(name, {}).get("graders", {})
        rows.append(
            (
                TITLES.get(name, name),
                f"{entry['answers']:,}",
                str(entry["questions"]),
                _interval(graders["local"], "auroc"),
                _value(graders.get("embedder cosine", {}), "auroc"),
                _value(other.get("embedder cosine", {}), "auroc"),
                _value(graders["character cosine"], "auroc"),
                _value(graders["token overlap"], "auroc"),
            )
        )
    return _table(head, rows)


def verdicts(sets: Mapping[str, Entry]) -> str:
    """Verdicts on an unseen deck and after 20 rulings, beside overlap and a rater's against the
    others'."""
    head = (
        "macro-F1, correct or not", "tutor", "after 20 verdicts", "cosine, bundled",
        "token overlap", "its after 20", "raters",
    )  # fmt: skip
    rows = []
    for name, entry in sets.items():
        mine, after = entry["graders"]["local"], entry["after"]
        rows.append(
            (
                TITLES.get(name, name),
                _interval(mine, "macro_f1_two_way"),
                _mean(after["local"], "macro_f1_two_way"),
                _value(entry["graders"].get("embedder cosine", {}), "macro_f1_two_way"),
                _value(entry["graders"]["token overlap"], "macro_f1_two_way"),
                _mean(after["token overlap"], "macro_f1_two_way"),
                _value(entry["people"] or {}, "macro_f1_two_way"),
            )
        )
    return _table(head, rows)


def confidence(sets: Mapping[str, Entry]) -> str:
    """How far confidence can be trusted on an unseen deck, and on one with 20 rulings."""
    head = (
        "three verdicts", "sure", "right when sure", "right of surest 40 %", "right of all",
        "ECE", "after 20: sure", "right when sure", "right of surest 40 %", "right of all", "ECE",
    )  # fmt: skip
    rows = []
    for name, entry in sets.items():
        mine, after = entry["graders"]["local"], entry["after"]["local"]
        rows.append(
            (
                TITLES.get(name, name),
                _percent(mine["share_sure"].get("value")),
                _interval(mine, "accuracy_of_sure"),
                *(_value(mine, metric) for metric in ("accuracy_at_40", "accuracy", "ece")),
                _percent(after.get("share_sure")),
                _mean(after, "accuracy_of_sure"),
                *(_mean(after, metric) for metric in ("accuracy_at_40", "accuracy", "ece")),
            )
        )
    return _table(head, rows)


def near_copy_rates(result: NearCopyResult) -> str:
    """How often a decisive edit of a reference passes, and a harmless one costs marks."""
    named = {
        "decisive_correct_and_sure": "decisive edit called correct and sure",
        "harmless_incorrect": "harmless edit called incorrect",
        "harmless_incorrect_or_unsure": "harmless edit called incorrect or unsure",
    }
    head = (f"near copies, {result.rows} unseen rows", *(one.grader for one in result.graders))
    rows = [
        (title, *(_share(getattr(one.overall, field)) for one in result.graders))
        for field, title in named.items()
    ]
    return _table(head, rows)


def _read(path: Path) -> Mapping[str, Entry]:
    found = json.loads(read_bytes(path, _WANTED))
    if not isinstance(found, dict):
        raise InvalidInputError(f"{path}: not a table of results; make it with training")
    return found


def _value(figures: Mapping[str, Mapping[str, float]], name: str) -> str:
    value = figures.get(name, {}).get("value")
    return _NOTHING if value is None else f"{value:.2f}"


def _interval(figures: Mapping[str, Mapping[str, float]], name: str) -> str:
    figure = figures.get(name, {})
    if "low" not in figure:
        return _value(figures, name)
    return f"{figure['value']:.2f} ({figure['low']:.2f}–{figure['high']:.2f})"


def _mean(figures: Mapping[str, float], name: str) -> str:
    return f"{figures[name]:.2f}" if name in figures else _NOTHING


def _percent(value: float | None) -> str:
    return _NOTHING if value is None else f"{100 * value:.0f} %"


def _share(share: Share) -> str:
    return f"{_percent(share.value)} ({share.count} of {share.of})"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    return "".join(_lines(head, rows))


def _lines(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    for cells in (head, ["---"] * len(head), *rows):
        yield f"| {' | '.join(cells)} |\n"


if __name__ == "__main__":
    main()
