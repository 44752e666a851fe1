"""Where a chat model is served, and how to speak of it without giving its key away."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from tutor.errors import ModelAccessError, SettingsError

OPENAI = "https://api.openai.com/v1"
NO_KEY = "none"  # a server that needs no key takes any
MOST_QUOTED = 80
"""Characters of a server's own words in a message: it may have copied the request into them."""

_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")


@dataclass(frozen=True, slots=True)
class ChatAddress:
    """A model's name, its server's base URL and the key; `endpoint` is the URL without secrets."""

    model: str
    base_url: str
    key: str = field(repr=False)
    endpoint: str

    def line(self, what: str, do: str, said: str = "") -> str:
        """One line on a failure: the model and where it is, what happened, what to do."""
        quoted = self.quote(said)
        told = f' ("{quoted}")' if quoted else ""
        return f"model {self.model} at {self.endpoint}: {what}{told}; {do}"

    def quote(self, said: str) -> str:
        """The start of what a server said, on one line and without the key."""
        safe = said if self.key == NO_KEY else said.replace(self.key, "***")
        said = " ".join(safe.split())
        return said if len(said) <= MOST_QUOTED else said[: MOST_QUOTED - 1] + "…"


def chat_address(model: str, base_url: str | None, api_key: str | None) -> ChatAddress:
    """The address of a model, by default at OpenAI.

    Raises `SettingsError` for a URL that is none and `ModelAccessError` without a key for
    OpenAI, or with one that no header can carry.
    """
    key = (api_key or "").strip()
    if not key and not base_url:
        raise ModelAccessError(
            f"model {model} needs an endpoint: set OPENAI_API_KEY, and OPENAI_BASE_URL for any "
            "server but OpenAI's"
        )
    if not all("!" <= char <= "~" for char in key):
        raise ModelAccessError(
            f"model {model}: the key has a blank or a letter in it that no key has; copy "
            "OPENAI_API_KEY again"
        )
    url = (base_url or OPENAI).strip()
    return ChatAddress(model, url, key or NO_KEY, _without_secrets(url))


def checked_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """The same headers. Raises `SettingsError` for one that a request cannot carry."""
    for name, value in headers.items():
        if not _NAME.fullmatch(name) or not all(" " <= char <= "~" for char in value):
            raise SettingsError(
                f"the header {name!r} cannot be sent; give TUTOR_JUDGE_HEADERS names and values "
                "of plain letters, without line breaks"
            )
    return dict(headers)


def _without_secrets(url: str) -> str:
    if not all("!" <= char <= "~" for char in url):
        raise SettingsError(_no_url(""))
    try:
        parts = urlsplit(url)
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        raise SettingsError(_no_url("")) from None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise SettingsError(_no_url(f" {url!r}" if "@" not in url else ""))
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{parts.scheme}://{host}{port}{parts.path.rstrip('/')}"


def _no_url(url: str) -> str:
    return (
        f"the endpoint{url} is no URL of a server; set OPENAI_BASE_URL to one like "
        "http://localhost:8080/v1"
    )
