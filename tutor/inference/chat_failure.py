"""Which named error a server's refusal or a broken connection is."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from typing import Any

from tutor.errors import (
    FilteredReplyError,
    ModelAccessError,
    ModelBusyError,
    ModelCallError,
    ModelError,
    ModelNotFoundError,
    ModelRequestError,
    ModelServerError,
    ModelTimeoutError,
    ModelUnreachableError,
)
from tutor.inference.chat_address import ChatAddress
from tutor.inference.chat_format import refused_words
from tutor.inference.chat_http import HttpReply
from tutor.inference.failure import first_line

# Waiting fills no account, so these are not retried, though their status says "busy".
UNPAID = {"insufficient_quota", "billing_hard_limit_reached", "billing_not_active"}
FILTERS = {"content_filter", "content_policy_violation"}


def failed_status(reply: HttpReply, address: ChatAddress) -> ModelError:
    """The error of a reply whose status is 400 or above."""
    body = read_json(reply.body)
    said, _ = refused_words(body)
    codes = error_codes(body)
    if codes & FILTERS:
        return FilteredReplyError(
            address.line(
                "its content filter refused the request", "grade this card without it", said
            )
        )
    if codes & UNPAID:
        return ModelAccessError(
            address.line("the account has nothing left to spend", "add credit to it", said)
        )
    error = _by_status(reply.status, said, address)
    error.retry_after = retry_after(reply.headers)
    return error


def _by_status(status: int, said: str, address: ChatAddress) -> ModelCallError:
    kind, what, do = _kind(status)
    return kind(address.line(f"{what} (status {status})", do, said))


def _kind(status: int) -> tuple[type[ModelCallError], str, str]:
    match status:
        case 401 | 402 | 403:
            return ModelAccessError, "no access", "check OPENAI_API_KEY and what it may use"
        case 404 | 405 | 410:
            return (
                ModelNotFoundError,
                "no such model or address",
                "check TUTOR_JUDGE_MODEL, and OPENAI_BASE_URL, which usually ends in /v1",
            )
        case 408:
            return ModelTimeoutError, "the server gave up waiting", "try again"
        case 409 | 429:
            return ModelBusyError, "too many requests", "lower TUTOR_JUDGE_CONCURRENCY or wait"
        case _ if status >= 500:
            return ModelServerError, "the server failed", "look into its log, or try again later"
        case _:
            return (
                ModelRequestError,
                "the request is refused",
                "check that the model takes chats of this length, and TUTOR_JUDGE_MAX_TOKENS",
            )


def broken_connection(error: Exception, address: ChatAddress) -> ModelUnreachableError:
    """The error of a connection that was not made, or that broke before the reply was whole."""
    return ModelUnreachableError(
        address.line(
            "the connection failed", "start the server or check OPENAI_BASE_URL", _cause(error)
        )
    )


def out_of_time(seconds: float, address: ChatAddress) -> ModelTimeoutError:
    """The error of a reply that was not whole in time."""
    return ModelTimeoutError(
        address.line(f"no whole reply within {seconds:g} s", "raise TUTOR_JUDGE_TIMEOUT")
    )


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds that the server asks to wait: a number, or a date beside the server's own."""
    if (milliseconds := _seconds(headers.get("retry-after-ms"))) is not None:
        return milliseconds / 1000
    told = headers.get("retry-after")
    if told is None or (seconds := _seconds(told)) is not None:
        return seconds if told else None
    try:
        now = parsedate_to_datetime(headers.get("date", ""))
        return max(0.0, (parsedate_to_datetime(told) - now).total_seconds())
    except (ValueError, TypeError):
        return None


def read_json(body: bytes) -> Any:
    """The JSON value of a body; None when it is none."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def _seconds(text: str | None) -> float | None:
    try:
        seconds = float(text or "")
    except ValueError:
        return None
    return max(0.0, seconds) if math.isfinite(seconds) else None


def error_codes(body: Any) -> set[str]:
    """The names that the body of an error gives to it: its `code` and its `type`."""
    error = body.get("error", body) if isinstance(body, Mapping) else None
    if not isinstance(error, Mapping):
        return set()
    return {value for key in ("code", "type") if isinstance(value := error.get(key), str)}


def _cause(error: Exception) -> str:
    """The words of the first failure: those about it often only say that there was one."""
    words, earlier = first_line(error), error.__cause__ or error.__context__
    while isinstance(earlier, Exception):
        words = first_line(earlier) if str(earlier) else words
        earlier = earlier.__cause__ or earlier.__context__
    return words
