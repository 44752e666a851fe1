"""Puts the judge together from what the settings choose: model, limits, memory, cascade."""

from __future__ import annotations

import random
import secrets
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from tutor.errors import StoreError
from tutor.spending import Call, Ledger, Spent

if TYPE_CHECKING:
    from tutor.grading.escalation import Enough
    from tutor.grading.judging.cascade import Cascade
    from tutor.inference.chat import ChatModel
    from tutor.inference.openai_chat import OpenAIChat
    from tutor.inference.remembering_chat import ReplyMemory
    from tutor.settings_judge import JudgeSettings
    from tutor.store.reviews import ReviewStore

_SECRET_BYTES = 32


@dataclass(frozen=True)
class _Kept:
    """What the store lends to the judge: where calls are noted and replies kept, and a secret."""

    ledger: Ledger
    memory: ReplyMemory | None
    secret: bytes


def open_judge(
    settings: JudgeSettings,
    address: tuple[str | None, str | None],
    escalation: Sequence[Enough],
    store: Callable[[], ReviewStore],
) -> Cascade | None:
    """Return the cascade that the settings choose; None when they name no judge.

    `address` holds the server's base URL and the key, each None if unset. `escalation` is the
    table of the local grader's calibration. Without a store that can be opened the judge works
    all the same, but for what needs one: a budget by the day raises its `StoreError`. Raises
    `SettingsError` and `ModelAccessError` for what cannot be wired.
    """
    if settings.judge_replay is not None:
        return _replayed(settings, escalation)
    if settings.judge_model is None:
        return None
    from tutor.inference.limits import LimitedChat
    from tutor.inference.meter import Meter
    from tutor.inference.metered import MeteredChat
    from tutor.inference.patient import PatientChat

    client = _client(settings, settings.judge_model, *address)
    kept = _kept(settings, store)
    meter = Meter(
        kept.ledger,
        clock=_now,
        most_output=settings.judge_max_tokens,
        budget=settings.judge_budget,
        prices=settings.judge_prices,
    )
    patient = PatientChat(
        MeteredChat(client, meter), chance=random.random, deadline=settings.judge_timeout
    )
    limited = LimitedChat(
        patient,
        concurrency=settings.judge_concurrency,
        most_output=settings.judge_max_tokens,
        requests_per_minute=settings.judge_requests_per_minute,
        tokens_per_minute=settings.judge_tokens_per_minute,
    )
    model, secret = _recorded(settings, _remembered(settings, limited, kept), client, kept.secret)

    async def close() -> None:
        await meter.flush()
        await client.close()

    return _cascade(settings, escalation, model, secret, close)


def _client(
    settings: JudgeSettings, model: str, base_url: str | None, key: str | None
) -> OpenAIChat:
    from tutor.inference.openai_chat import OpenAIChat

    return OpenAIChat(
        model,
        base_url=base_url,
        api_key=key,
        headers=settings.judge_headers,
        timeout=settings.judge_timeout,
        max_tokens=settings.judge_max_tokens,
    )


def _kept(settings: JudgeSettings, store: Callable[[], ReviewStore]) -> _Kept:
    chosen = settings.judge_secret
    try:
        opened = store()
        from tutor.store.judge_replies import JudgeReplies
        from tutor.store.secret import kept_secret

        own = kept_secret(opened.database, "judge", lambda: secrets.token_hex(_SECRET_BYTES))
        return _Kept(
            ledger=opened.calls,
            memory=JudgeReplies(opened.database, _now) if settings.judge_cache else None,
            secret=(chosen.get_secret_value() if chosen else own).encode(),
        )
    except StoreError:
        budget = settings.judge_budget
        if budget.day_tokens is not None or budget.day_money is not None:
            raise
        made = chosen.get_secret_value() if chosen else secrets.token_hex(_SECRET_BYTES)
        return _Kept(_NoLedger(), None, made.encode())


class _NoLedger:
    """Stands in for a store that cannot be opened: what is noted is known to this run alone."""

    def note(self, *calls: Call) -> None:
        """Forget the calls."""

    def spent_on(self, day: date, currency: str | None = None) -> Spent:
        """Nothing that is known of."""
        return Spent()


def _remembered(settings: JudgeSettings, model: ChatModel, kept: _Kept) -> ChatModel:
    if kept.memory is None:
        return model
    from tutor.inference.remembering_chat import RememberingChat

    return RememberingChat(model, kept.memory, _parameters(settings))


def _parameters(settings: JudgeSettings) -> dict[str, int]:
    """What every request has, beside its own."""
    return {"max_tokens": settings.judge_max_tokens}


def _recorded(
    settings: JudgeSettings, model: ChatModel, client: OpenAIChat, secret: bytes
) -> tuple[ChatModel, bytes]:
    """The model that records if it is to be, and the secret that its prompts are made with."""
    if settings.judge_record is None:
        return model, secret
    from tutor.inference.recording import open_recording
    from tutor.inference.recording_chat import RecordingChat

    recorder = open_recording(
        settings.judge_record,
        # A secret of its own: whoever has the file could forge answers for it.
        secret=secrets.token_bytes(_SECRET_BYTES),
        model=client.name,
        endpoint=client.endpoint,
        parameters=_parameters(settings),
    )
    return RecordingChat(model, recorder), bytes.fromhex(recorder.header.secret)


def _replayed(settings: JudgeSettings, escalation: Sequence[Enough]) -> Cascade:
    assert settings.judge_replay is not None
    from tutor.inference.recording import read_recording
    from tutor.inference.recording_chat import ReplayedChat

    recording = read_recording(settings.judge_replay)
    secret = bytes.fromhex(recording.header.secret)
    return _cascade(settings, escalation, ReplayedChat(recording), secret)


def _cascade(
    settings: JudgeSettings,
    escalation: Sequence[Enough],
    model: ChatModel,
    secret: bytes,
    close: Callable[[], Awaitable[None]] | None = None,
) -> Cascade:
    from tutor.grading.judging.cascade import Cascade
    from tutor.grading.judging.judge import Judge
    from tutor.grading.judging.rewording import Rewording

    prices = settings.judge_prices
    judge = Judge(
        model, secret=secret, samples=settings.judge_samples, extras=settings.judge_extras
    )
    return Cascade(
        judge,
        escalation=escalation,
        agreement=settings.judge_agreement,
        accuracy=settings.judge_accuracy,
        on_failure=settings.on_judge_failure,
        prices=prices,
        rewords=Rewording(model, secret, prices) if settings.judge_feedback else None,
        close=close,
    )


def _now() -> datetime:
    return datetime.now(UTC)
