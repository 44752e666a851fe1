"""What a judge says about an answer, checked, and how it came about."""

from __future__ import annotations

from dataclasses import dataclass

from tutor.grading.grade import PointStatus
from tutor.inference.chat import Format, Usage

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class JudgedPoint:
    """What was found about one key point.

    `span` holds offsets in the learner's answer where the quote stands; it is None for a missing
    point. `stability` in (0, 1] is the share of valid judgements behind this status. `unproved`:
    the judge called the point covered or contradicted and no quote of its was found in the
    answer, so the status is `missing` and a person should look.
    """

    status: PointStatus
    span: Span | None = None
    stability: float = 1.0
    unproved: bool = False


@dataclass(frozen=True, slots=True)
class Judgement:
    """The judge's findings: one for each key point, in order, and wrong claims beyond them.

    `wrong` are spans in the answer that state something false which belongs to no key point.
    """

    points: tuple[JudgedPoint, ...]
    wrong: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Judged:
    """A judgement with how it came about.

    Of `samples` judgements that were asked for `valid` came; `stability` in (0, 1] is the mean
    of the points'. `usage` and `attempts` count all requests, also those of samples that failed;
    `latency_ms` is that of the slowest sample. `remembered`: no request was sent. `cut`: the
    judge saw only the first part of a long answer.
    """

    judgement: Judgement
    stability: float
    samples: int
    valid: int
    model: str
    format: Format
    usage: Usage
    attempts: int
    latency_ms: float
    remembered: bool
    prompt: str
    prompt_hash: str
    cut: bool = False
