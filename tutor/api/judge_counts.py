"""Counts of what a judge was asked and what came of it, read off receipts and failures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from tutor.api.histogram import Histogram
from tutor.errors import ModelError, TutorError
from tutor.grading.grade import JudgeReceipt
from tutor.inference.chat import Usage
from tutor.inference.spent import spent_on

_BOUNDS = (0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)


class JudgeCounts:
    """Counts answers that a judge was asked about; one thread at a time may use it."""

    def __init__(self) -> None:
        self._outcomes: Counter[str] = Counter()
        self._usage = Usage()
        self._requests = 0
        self._disputed = 0
        self._seconds = Histogram(_BOUNDS)

    def heard(self, receipt: JudgeReceipt) -> None:
        """Count a judgement, or a failure of which the grade tells."""
        self._disputed += receipt.disputed
        if receipt.remembered:
            self._outcomes["remembered"] += 1  # its tokens were spent when it was made
            return
        tokens = receipt.tokens
        self._sent(receipt.attempts, Usage(tokens.input, tokens.output, tokens.cached))
        if receipt.error is not None:
            self._outcomes[receipt.error.type] += 1
            return
        self._outcomes["judged"] += 1
        self._seconds.add(receipt.latency_ms / 1000)

    def failed(self, error: TutorError) -> None:
        """Count a failure that is an error."""
        self._outcomes[error.type] += 1
        if isinstance(error, ModelError):
            self._sent(error.attempts, spent_on(error))

    def lines(self) -> Iterator[str]:
        """Everything counted so far, in the Prometheus text format."""
        yield "# HELP tutor_judgements_total Answers that the judge was asked about, by outcome."
        yield "# TYPE tutor_judgements_total counter"
        for outcome, count in sorted(self._outcomes.items()):
            yield f'tutor_judgements_total{{outcome="{outcome}"}} {count}'
        yield "# HELP tutor_judge_seconds Time of the requests for a judgement, without queueing."
        yield "# TYPE tutor_judge_seconds histogram"
        yield from self._seconds.lines("tutor_judge_seconds")
        for name, meaning, count in self._totals():
            yield f"# HELP {name} {meaning}"
            yield f"# TYPE {name} counter"
            yield f"{name} {count}"

    def _sent(self, requests: int, usage: Usage) -> None:
        self._requests += requests
        self._usage += usage

    def _totals(self) -> Iterator[tuple[str, str, int]]:
        used = self._usage
        yield "tutor_judge_requests_total", "Requests sent to the judge.", self._requests
        yield "tutor_judge_input_tokens_total", "Tokens sent to the judge.", used.input
        yield "tutor_judge_cached_tokens_total", "Those of them that it had cached.", used.cached
        yield "tutor_judge_output_tokens_total", "Tokens that the judge wrote.", used.output
        yield "tutor_disputed_total", "Grades that judge and grader dispute.", self._disputed
