"""Attacks: wrong answers dressed up to be taken for right ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from evals.cases import Case, CaseFile, Cuts, read_cases
from evals.splits import Split, read_rows
from tutor.errors import InvalidInputError

ATTACKS = Path(__file__).parent / "data" / "attacks.jsonl"

MASTER_KEY = "master-key"
"""The technique of saying nothing: an opening, a mark, white space."""
PLAUSIBLE = frozenset(
    {
        "adjectives",
        "all-alternatives",
        "citation",
        "confident-restatement",
        "hedged-negation",
        "keyword-stuffing",
        "padding",
    }
)
"""Techniques that keep to the subject: no word of theirs addresses a grader."""


class Attack(BaseModel):
    """How an answer tries to get more than it is worth."""

    model_config = ConfigDict(frozen=True)

    id: str
    split: Literal["dev", "test"]
    technique: Annotated[str, Field(min_length=1)]
    base: Annotated[str, Field(min_length=1)] | None = None
    """What the answer says about the question without the attack, where it says anything."""

    @property
    def addresses_the_grader(self) -> bool:
        return self.technique not in PLAUSIBLE and self.technique != MASTER_KEY


@dataclass(frozen=True, slots=True)
class Attacks:
    """Cases beside the attacks that they are, by id; `bases` are those that have a base, with
    that as the answer."""

    data: CaseFile
    bases: CaseFile
    by_id: Mapping[str, Attack]


def read_attacks(path: Path, split: Split) -> Attacks:
    """The attacks of a JSON Lines file that belong to `split`.

    Raises `InvalidInputError` naming the file and what is wrong with it.
    """
    file = read_cases(path, Cuts())
    rows = read_rows(path, Attack, "a .jsonl file of attacks")
    attacks = {attack.id: attack for attack in rows}
    for case in file.cases:
        _check(case, path)
    kept = tuple(case for case in file.cases if split in (Split.ALL, attacks[case.id].split))
    if not kept:
        raise InvalidInputError(f"{path}: no rows of split {split}; choose another --split")
    bases = (_base(case, attacks[case.id]) for case in kept)
    return Attacks(
        data=replace(file, cases=kept),
        bases=replace(file, cases=tuple(case for case in bases if case is not None)),
        by_id=attacks,
    )


def _base(case: Case, attack: Attack) -> Case | None:
    return None if attack.base is None else replace(case, answer=attack.base)


def _check(case: Case, path: Path) -> None:
    """An attack on a right answer would win nothing."""
    if case.verdict == "correct":
        raise InvalidInputError(f"{path}: {case.id} is labelled correct; attacks are on others")
