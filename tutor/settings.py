"""Settings: `TUTOR_*` variables over `tutor.toml` over defaults, and the wiring they choose.

This is the only module that reads the environment and the only one that puts parts together.
"""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from platformdirs import user_data_path
from pydantic import Field, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    InitSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from tutor.bundled import bundled_folder
from tutor.errors import SettingsError
from tutor.grading.strictness import Policy
from tutor.once import Once
from tutor.service import Tutor
from tutor.settings_judge import JudgeSettings
from tutor.settings_sources import (
    PREFIX,
    check_environment,
    explain,
    openai_endpoint,
    read_toml,
)

if TYPE_CHECKING:
    from tutor.deck.collection import Collection
    from tutor.grading.judging.cascade import Cascade
    from tutor.grading.local import LocalGrader
    from tutor.inference.embedder import Embedder
    from tutor.store.reviews import ReviewStore


def _default_database() -> str:
    return f"sqlite:///{user_data_path('tutor', appauthor=False) / 'reviews.db'}"


def _default_cards() -> Path:
    return bundled_folder("cards")


class Settings(JudgeSettings):
    """What a person may choose. Everything works with nothing set.

    `Settings()` reads `TUTOR_<NAME>` variables, then `tutor.toml` in the working directory,
    then takes defaults; arguments come before all of them. Raises `SettingsError`, naming the
    variable or the line of the file.
    """

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_ignore_empty=True, extra="forbid", frozen=True
    )

    embedder: str = "bundled"
    """`bundled`, `none`, `sentence-transformers:NAME_OR_PATH` or `openai:MODEL`."""
    calibration: Path | None = None
    """File of a calibration to use instead of the bundled one for the embedder."""
    cards: Path = Field(default_factory=_default_cards)
    """A deck, or a folder of decks; the bundled decks by default."""
    database_url: str = Field(default_factory=_default_database)
    """`sqlite:///FILE` or `postgresql://...`; a file in the user's data folder by default."""
    policy: Policy = "standard"
    """How strictly to grade before a deck's rulings say more: lenient, standard or strict."""
    host: str = "127.0.0.1"
    """Address that `tutor serve` listens on."""
    port: int = Field(default=8000, ge=0, le=65535)
    """Port that `tutor serve` listens on; 0 takes a free one."""
    max_answer_characters: int = Field(default=20_000, ge=1)
    """Longest answer, question, reference or key point that is graded, in characters."""
    max_request_bytes: int = Field(default=256 * 1024, ge=1024)
    """Longest body of a request that grades one answer, in bytes."""

    def __init__(self, **values: Any) -> None:
        check_environment(type(self).model_fields)
        try:
            super().__init__(**values)
        except ValidationError as error:
            raise explain(error, given=values) from None

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments, then the environment, then `tutor.toml`."""
        written = InitSettingsSource(settings_cls, read_toml(cls.model_fields))
        return init_settings, env_settings, written

    @field_validator("cards", "calibration")
    @classmethod
    def _at_home(cls, path: Path | None) -> Path | None:
        return None if path is None else path.expanduser()


def open_tutor(settings: Settings | None = None) -> Tutor:
    """Return a tutor wired as the settings say, by default those of `Settings()`.

    Decks, grader and store are opened when they are first needed; close the tutor, or use
    it in a `with` block, to close the store.
    """
    chosen = Settings() if settings is None else settings
    grader, store = Once(lambda: build_grader(chosen)), Once(lambda: open_store(chosen))
    return Tutor(
        grader=grader,
        collection=lambda: _load_collection(chosen),
        store=store,
        cascade=lambda: _open_judge(chosen, grader, store),
        clock=lambda: datetime.now(UTC),
        new_id=lambda: secrets.token_hex(8),
        max_answer_characters=chosen.max_answer_characters,
        policy=chosen.policy,
    )


def build_grader(settings: Settings) -> LocalGrader:
    """Return the grader that the settings choose.

    Raises `SettingsError` for an unknown embedder, `ModelError` when its model cannot be
    loaded and `CalibrationError` when there is no calibration fitted for it.
    """
    embedder = build_embedder(settings.embedder)
    from tutor.grading.calibration import load_calibration
    from tutor.grading.local import LocalGrader

    if embedder is None:
        return LocalGrader(load_calibration(settings.calibration), policy=settings.policy)
    from tutor.inference.embedder import fingerprint
    from tutor.inference.remembered import RememberingEmbedder

    remembering = RememberingEmbedder(embedder)
    calibration = load_calibration(
        settings.calibration, settings.embedder, fingerprint(remembering)
    )
    return LocalGrader(calibration, remembering, settings.policy)


def build_embedder(choice: str) -> Embedder | None:
    """Return the embedder of that name, None for `none`; `Settings.embedder` says which exist.

    Raises `SettingsError` for an unknown name and `ModelError` when its model cannot be loaded.
    """
    kind, _, model = choice.partition(":")
    match kind:
        case "none" if not model:
            return None
        case "sentence-transformers" if model:
            from tutor.inference.sentence_transformer import SentenceTransformerEmbedder

            return SentenceTransformerEmbedder(model)
        case "openai" if model:
            from tutor.inference.openai_embedder import OpenAIEmbedder

            return OpenAIEmbedder(model)
        case "bundled" if not model:
            from tutor.inference.bundled_embedder import BundledEmbedder

            return BundledEmbedder()
    raise SettingsError(
        f"TUTOR_EMBEDDER: {choice!r} names no embedder; use bundled, none, "
        "sentence-transformers:NAME_OR_PATH or openai:MODEL"
    )


def _open_judge(
    settings: Settings, grader: Once[LocalGrader], store: Once[ReviewStore]
) -> Cascade | None:
    if settings.judge_model is None and settings.judge_replay is None:
        return None
    from tutor.open_judge import open_judge

    return open_judge(settings, openai_endpoint(), grader().escalation, store)


def _load_collection(settings: Settings) -> Collection:
    from tutor.deck.collection import load_collection

    return load_collection(settings.cards)


def open_store(settings: Settings) -> ReviewStore:
    """Return the review store that the settings choose; raises `StoreError`."""
    from tutor.store.reviews import ReviewStore

    return ReviewStore.open(settings.database_url)
