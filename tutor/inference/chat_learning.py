"""What an endpoint has taught about how to ask it, shared by all requests to it."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from tutor.inference.chat_failure import FILTERS, error_codes, read_json
from tutor.inference.chat_format import Manner, after_refusal, is_too_long, refused_words
from tutor.inference.chat_http import HttpReply

PATIENCE_SECONDS = 0.25
"""How long others wait for the first request: a format is refused before the model runs."""
WORDS_READ = 300
"""Characters of a refusal that are read: further on it may be a copy of the request."""
_REFUSED = {400, 404, 415, 422, 501}


class LearnedManner:
    """The manner that is known to work, or the best that was not refused so far.

    It only ever goes down, whatever the order in which parallel requests come back. All its
    requests belong to one event loop.
    """

    def __init__(self) -> None:
        self.known = Manner()
        self._proven = False
        self._begun = False
        self._settled = asyncio.Event()

    async def settle(self) -> None:
        """Let the first request go ahead, and the others wait a little for what it learns."""
        if not self._begun:
            self._begun = True
        elif not self._settled.is_set():
            try:
                await asyncio.wait_for(self._settled.wait(), PATIENCE_SECONDS)
            except TimeoutError:
                self._settled.set()

    def give_up(self) -> None:
        """Nobody waits any longer for what a request may teach."""
        self._settled.set()

    def accepted(self, manner: Manner) -> None:
        """The server took a request that was made like this."""
        self.known = self.known.lower_of(manner)
        self._settled.set()

    def read(self) -> None:
        """An object came back, so that later refusals are about the request."""
        self._proven = True

    def unreadable(self, manner: Manner) -> None:
        """No object came back: where none ever has, the next request asks otherwise."""
        below = manner.below()
        if not self._proven and self.known == manner and below is not None:
            self.known = below

    def after(self, manner: Manner, reply: HttpReply) -> Manner | None:
        """How to ask again after a failing status; None when asking otherwise cannot help."""
        if (known := self.known.lower_of(manner)) != manner:
            return known
        if reply.status not in _REFUSED and not (reply.status == 500 and not self._proven):
            return None
        body = read_json(reply.body)
        said, field = refused_words(body)
        codes = error_codes(body)
        if codes & FILTERS or is_too_long(f"{said[:WORDS_READ]} {' '.join(codes)}"):
            return None
        if (named := after_refusal(manner, said[:WORDS_READ], field)) is not None:
            self.accepted(named)
            return named
        return self._guess(manner, reply.status)

    def _guess(self, manner: Manner, status: int) -> Manner | None:
        """A refusal without a reason may be about the format while that never worked."""
        if self._proven or status == 404 or manner.format == "text":
            return None
        return replace(manner, format="text")
