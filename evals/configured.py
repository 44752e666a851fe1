"""A grader with the judge that the settings choose, as a learner meets it."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from tutor.errors import SettingsError
from tutor.grading.grade import Grade, Language
from tutor.grading.item import Item
from tutor.settings import Settings, open_tutor


class ConfiguredGrader:
    """Grades as `tutor` does with a judge, from several threads at once.

    With `always` a judge that fails leaves no grade but its failure; with `auto` the settings
    say what becomes of it. Raises `SettingsError` when there is no judge.
    """

    def __init__(self, settings: Settings, use: Literal["auto", "always"]) -> None:
        if settings.judge_model is None and settings.judge_replay is None:
            raise SettingsError(
                "no judge is configured; set TUTOR_JUDGE_MODEL, or replay a recording"
            )
        on_failure = "error" if use == "always" else settings.on_judge_failure
        chosen = settings.model_copy(update={"on_judge_failure": on_failure})
        self._tutor = open_tutor(chosen)
        self._tutor.check_grader()
        self._use: Literal["auto", "always"] = use
        self.at_once = settings.judge_concurrency
        """How many answers are worth grading at the same time."""

    def grade(self, item: Item, answer: str, language: Language | None = None) -> Grade:
        """Grade one answer; raises what `Tutor.grade` raises."""
        return self._tutor.draft(item, answer, language=language, judge=self._use).grade

    def close(self) -> None:
        """Close the judge's connections and the store."""
        self._tutor.close()


def with_recording(settings: Settings, record: Path | None, replay: Path | None) -> Settings:
    """The settings with the files that were named; raises `SettingsError` for both at once."""
    if record and replay:
        raise SettingsError("a replay sends nothing, so there is nothing to record; name one file")
    if not (record or replay):
        return settings
    return settings.model_copy(update={"judge_record": record, "judge_replay": replay})
