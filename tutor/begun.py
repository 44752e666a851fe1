"""A review that has its local grade, and may still get the judge's."""

from __future__ import annotations

import asyncio
from concurrent.futures import Future
from dataclasses import dataclass

from tutor.study.review import Review


@dataclass(frozen=True, slots=True)
class Begun:
    """A locally graded review; `judged` is there when the judge was asked about it.

    It goes on whether anybody waits or not. Its result is the review with the grade of both, and
    it raises `ModelError` when the judge fails and a failure is to be an error, `StoreError`
    when a grade that is to be kept cannot be.
    """

    review: Review
    judged: Future[Review] | None = None

    def wait(self) -> Review:
        """The review with its last grade; blocks until the judge has spoken."""
        return self.review if self.judged is None else self.judged.result()

    async def finished(self) -> Review:
        """The review with its last grade; whoever stops waiting stops nothing else."""
        if self.judged is None:
            return self.review
        return await asyncio.shield(asyncio.wrap_future(self.judged))
