"""How often a grader breaks each law."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pydantic import BaseModel, ConfigDict

from evals.cases import CaseFile
from evals.laws.law import Law, Must
from evals.laws.runs import REORDERED, REPEATED, LawRun
from evals.laws.trials import Trials
from evals.laws.verdicts import Tried
from evals.result import DataFile, Maker
from evals.shares import Share, share
from evals.splits import Split
from tutor.grading.language import language_of


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class LawRates(_Value):
    """One law on one grader; shares are over the trials that could fail, the lower the better."""

    law: str
    says: str
    must: Must
    concerned: int
    """Answers that the law concerns."""
    applied: int
    """Those of them that were changed and graded."""
    broken: Share
    grave: Share
    """Breaks after which the grader is sure, or by which a better verdict is won; a grader that
    states no confidence is sure of all that it says."""
    questions: Share
    """Questions with a break, of those with a trial: these are independent of each other."""
    languages: dict[str, Share]
    """Breaks by the language of the base."""


class GraderOnLaws(_Value):
    """One grader on all laws."""

    grader: str
    makers: tuple[Maker, ...]
    ungraded: dict[str, int]
    """Answers without a grade, by kind of failure; no share counts them."""
    laws: tuple[LawRates, ...]


class LawsResult(_Value):
    """What a run over laws leaves behind."""

    data: DataFile
    split: Split
    answers: int
    questions: int
    limit: int | None
    """The most trials of a law; None for all."""
    seed: int
    graders: tuple[GraderOnLaws, ...]
    command: str
    date: date
    tutor: str
    """Version of the package."""


def laws_result(
    bases: CaseFile,
    split: Split,
    graders: Sequence[GraderOnLaws],
    *,
    limit: int | None,
    seed: int,
    command: str,
    today: date,
    version: str,
) -> LawsResult:
    """The rates of graders beside what they were tried on."""
    return LawsResult(
        data=DataFile(name=bases.file, sha256=bases.sha256),
        split=split,
        answers=len(bases.cases),
        questions=len({case.question for case in bases.cases}),
        limit=limit,
        seed=seed,
        graders=tuple(graders),
        command=command,
        date=today,
        tutor=version,
    )


def grader_on_laws(trials: Trials, laws: Sequence[Law], run: LawRun) -> GraderOnLaws:
    """The rates of one grader by law; the two of steadiness come last."""
    concerned = {**trials.concerned, **dict.fromkeys(_STEADINESS, len(trials.bases))}
    return GraderOnLaws(
        grader=run.grader,
        makers=run.makers,
        ungraded=run.ungraded,
        laws=tuple(
            law_rates(
                law, concerned[law.name], [tried for tried in run.tried if tried.trial.law == law]
            )
            for law in (*laws, REPEATED, REORDERED)
        ),
    )


_STEADINESS = (REPEATED.name, REORDERED.name)


def law_rates(law: Law, concerned: int, made: Sequence[Tried]) -> LawRates:
    """The rates of one law, over those of its trials that could fail."""
    counted = [tried for tried in made if tried.can_fail]
    return LawRates(
        law=law.name,
        says=law.says,
        must=law.must,
        concerned=concerned,
        applied=len(made),
        broken=share(tried.is_broken for tried in counted),
        grave=share(tried.is_grave for tried in counted),
        questions=_by_question(counted),
        languages={
            language: share(t.is_broken for t in counted if _language(t) == language)
            for language in ("zh", "en")
        },
    )


def _by_question(made: Sequence[Tried]) -> Share:
    broken: dict[str, bool] = {}
    for tried in made:
        question = tried.trial.base.item.question
        broken[question] = broken.get(question, False) or tried.is_broken
    return share(broken.values())


def _language(tried: Tried) -> str:
    return language_of(tried.trial.base.answer)
