"""The labelled sets that calibrations are fitted on, and which may leave a trace in weights."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from blake3 import blake3

from evals.cases import Case, Cuts, read_cases
from tutor.errors import InvalidInputError


@dataclass(frozen=True, slots=True)
class LabelledSet:
    """One public set of graded answers.

    Sets of the same `family` hold the same answers (a translation, say): none of them is
    fitted on when another is measured. `fitted` is False where the licence is not stated:
    such a set is measured on, and no weight is fitted on it.
    """

    name: str
    files: tuple[str, ...]
    licence: str
    family: str = ""
    fitted: bool = True
    half: int | None = None
    """0 or 1: only the questions whose hash is even, or odd; None for all."""


OWN = str(Path(__file__).resolve().parents[1] / "evals" / "data" / "instructgpt.jsonl")

_SEB = "semeval2013_scientsbank"
_BEETLE = "semeval2013_beetle"
_MOHLER = "zh_mohler2009_mt"

SETS = (
    LabelledSet("scientsbank", (f"{_SEB}/train.jsonl", f"{_SEB}/test_ua.jsonl"), "CC BY-SA 3.0"),
    LabelledSet("beetle", (f"{_BEETLE}/train.jsonl", f"{_BEETLE}/test_ua.jsonl"), "CC BY-SA 3.0"),
    LabelledSet("saf", ("saf_english/train.jsonl", "saf_english/test_ua.jsonl"), "MIT"),
    LabelledSet("khan", ("khan_saq/dev.jsonl",), "CC BY 4.0"),
    LabelledSet("digiklausur", ("digiklausur/dev.jsonl",), "MPL-2.0"),
    LabelledSet("zh_ads", ("zh_ads/dev.jsonl",), "Apache-2.0"),
    LabelledSet("zh_le", ("zh_le/dev.jsonl",), "Apache-2.0"),
    LabelledSet(
        "zh_mohler",
        (f"{_MOHLER}/train.jsonl", f"{_MOHLER}/test.jsonl"),
        "Apache-2.0",
        family="mohler",
    ),
    LabelledSet(
        "ref_en_ans_zh", (f"{_MOHLER}/xling_refEN_ansZH.jsonl",), "Apache-2.0", family="mohler"
    ),
    LabelledSet(
        "ref_zh_ans_en", (f"{_MOHLER}/xling_refZH_ansEN.jsonl",), "Apache-2.0", family="mohler"
    ),
    LabelledSet("mohler", ("mohler2011/dev.jsonl",), "not stated", family="mohler", fitted=False),
    LabelledSet("powergrading", ("powergrading/dev.jsonl",), "not stated", fitted=False),
    LabelledSet("dt_grade", ("dt_grade/dev.jsonl",), "not stated", fitted=False),
    LabelledSet("own_deck_even", (OWN,), "MIT", family="own", half=0),
    LabelledSet("own_deck_odd", (OWN,), "MIT", family="own", fitted=False, half=1),
)


def read_set(folder: Path, labelled: LabelledSet) -> tuple[Case, ...]:
    """The distinct answers of a set, without empty ones and rows without a reference.

    A repeated answer to the same question counts once: Powergrading repeats 65 % of its rows.
    """
    cases = [case for name in labelled.files for case in read_cases(folder / name, Cuts()).cases]
    distinct = {
        (case.question, case.answer): case
        for case in cases
        if _usable(case) and labelled.half in (None, _half(case))
    }
    if not distinct:
        raise InvalidInputError(f"{folder}: no usable rows of {labelled.name}; check --data")
    return tuple(distinct.values())


def unrelated(target: LabelledSet) -> list[LabelledSet]:
    """The sets that may be fitted on when `target` is measured."""
    return [
        s for s in SETS if s.fitted and s != target and (not s.family or s.family != target.family)
    ]


def _half(case: Case) -> int:
    return blake3(case.question.encode()).digest()[0] % 2


def _usable(case: Case) -> bool:
    return bool(case.answer.strip()) and any(r.strip() for r in case.item.references)
