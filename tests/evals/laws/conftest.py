from __future__ import annotations

import pytest

from evals.cases import Case
from evals.laws.law import REFERENCE
from tutor.grading.item import Item, PointSpec


@pytest.fixture
def make_case():
    """A case whose answer is its one reference unless another is given."""

    def make(reference, answer=None, *, question="?", points=(), verdict="correct", kind="free"):
        return Case(
            id=f"{question} {answer or reference}",
            question=question,
            item=Item(question, (reference,), tuple(map(PointSpec, points)), kind),
            answer=reference if answer is None else answer,
            language="",
            verdict=verdict,
            score={"correct": 1.0, "partial": 0.5, "incorrect": 0.0}[verdict],
            ratings=(),
            tags=(REFERENCE,) if answer is None else (),
        )

    return make
