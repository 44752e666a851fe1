"""What a grader is made of, as a hash: outcomes of a grader that has changed are not reused."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import evals
import tutor
from evals.cases import Cuts
from evals.running.sources import own_sources
from tutor.bundled import bundled_folder
from tutor.settings import Settings
from tutor.settings_sources import openai_endpoint

_DOORS = {"api", "cli"}
_GRADING = ("baselines", "similarity", "configured", "judged", "mock_judges")
"""Modules of evals that make grades."""
_ELSEWHERE = {
    "cards", "database_url", "host", "port", "max_request_bytes", "judge_headers", "judge_secret",
    "judge_timeout", "judge_concurrency", "judge_requests_per_minute", "judge_tokens_per_minute",
    "judge_price_input", "judge_price_output", "judge_price_cached", "judge_currency",
    "judge_budget_run_tokens", "judge_budget_run_money", "judge_budget_day_tokens",
    "judge_budget_day_money", "judge_cache", "judge_record",
}  # fmt: skip
"""Settings that change no grade; whatever is not named here is taken to change some."""


def identity_of_ours(name: str, settings: Settings) -> str:
    """A hash of tutor's code and data, the prompts, and the settings that reach this grader.

    A grader that asks no judge does not depend on the settings of one.
    """
    asks_judge = name.startswith(("judge", "cascade"))
    elsewhere = _ELSEWHERE if asks_judge else {*_ELSEWHERE, *_judge_settings(), "on_judge_failure"}
    named = [path for path in (settings.calibration, settings.judge_replay) if path is not None]
    return _hash(
        name,
        settings.model_dump_json(exclude=elsewhere),
        openai_endpoint()[0] or "",
        _code_of_ours(),
        _content(path for path in named if path.is_file()),
    )


def identity_of_own(reference: str, cuts: Cuts) -> str:
    """A hash of the source of a grader of the user's own and of what it imports of her own.

    A model that it loads or asks is not seen, nor is a library.
    """
    module = reference.partition(":")[0]
    return _hash(reference, repr(cuts), _content(own_sources(module)))


def _judge_settings() -> set[str]:
    return {name for name in Settings.model_fields if name.startswith("judge_")}


@cache
def _code_of_ours() -> str:
    """A hash of the files that grade: tutor without its doors, the prompts, the baselines."""
    ours = Path(tutor.__file__).parent
    grading = [path for path in ours.rglob("*") if not _DOORS & set(path.relative_to(ours).parts)]
    prompts = bundled_folder("prompts").rglob("*")
    here = Path(evals.__file__).parent
    beside = [*(here / f"{name}.py" for name in _GRADING), *here.glob("calibrations/*.json")]
    return _content(sorted({*grading, *prompts, *beside}))


def _content(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        if path.is_file() and "__pycache__" not in path.parts:
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _hash(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
