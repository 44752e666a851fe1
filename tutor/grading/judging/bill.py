"""What one judgement took: every reply that came for it and every request that failed."""

from __future__ import annotations

from dataclasses import dataclass, field

from tutor.errors import ModelError
from tutor.inference.chat import ChatReply, Usage


@dataclass
class Bill:
    """Gathers replies and failures while a judgement is made.

    A reply from a cache or a recording cost nothing now, so it counts only where all are such:
    then the bill says what it took when it was made.
    """

    replies: list[ChatReply] = field(default_factory=list)
    failures: list[ModelError] = field(default_factory=list)

    @property
    def remembered(self) -> bool:
        """Whether no request was sent."""
        return not self.failures and all(reply.remembered for reply in self.replies)

    @property
    def usage(self) -> Usage:
        """Tokens of all requests together."""
        spent = [failure.spent for failure in self.failures]
        known = [usage for usage in spent if isinstance(usage, Usage)]
        return sum((reply.usage for reply in self._counted()), sum(known, Usage()))

    @property
    def attempts(self) -> int:
        """Requests that were sent."""
        replied = sum(reply.attempts for reply in self._counted())
        return replied + sum(failure.attempts for failure in self.failures)

    @property
    def latency_ms(self) -> float:
        """Time that the replies took, one after the other."""
        return sum(reply.latency_ms for reply in self._counted())

    def _counted(self) -> list[ChatReply]:
        return [reply for reply in self.replies if self.remembered or not reply.remembered]
