"""A grader of the user's own, by `module:object`: a function, or an object that grades.

A function takes the question, the list of references and the answer, and returns one of

- a score from 0 (nothing right) to 1 (fully right),
- a verdict: `"correct"`, `"partial"` or `"incorrect"`; `True` and `False` are the outer two,
- a dict with `score` or `verdict` or both, and where known `confidence` (the chance in [0, 1]
  that a person gives the same verdict), `unsure` (true or false), `input_tokens`,
  `output_tokens`, `money` and `currency`,
- None where it cannot tell: the case is then counted as ungraded.

It may be `async`. An object has a method `grade(item, answer, language=None)` that returns one of
these or a `tutor.grading.grade.Grade`; a class is called without arguments to make one.
"""

from __future__ import annotations

import importlib
import inspect
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from evals.cases import Cuts
from evals.outcomes import NO_CONFIDENCE, Cost
from evals.running.own_grade import Stated, stated
from tutor.background import Background
from tutor.errors import InvalidInputError, ModelTimeoutError, ModelUnreachableError, TutorError
from tutor.grading.grade import RATINGS, Feedback, Grade, Language, Receipt
from tutor.grading.item import Item


class BrokenGraderError(TutorError):
    """A grader of the user's own has a bug, or returned what is no grade: the run stops."""

    type = "broken-grader"


class OwnGrader:
    """Asks what `reference` names, and makes a `Grade` of what it returns.

    A score becomes a verdict, and a verdict a score, by `cuts` as people's do. The object is
    asked from several threads when several answers are graded at once; coroutines all run in one
    event loop. Raises `InvalidInputError` when there is no such object.
    """

    def __init__(self, reference: str, cuts: Cuts) -> None:
        self._reference = reference
        self._cuts = cuts
        self._ask = _asking(reference, _found(reference))
        self._background = Background()

    def grade(self, item: Item, answer: str, language: Language | None = None) -> Grade:
        """Grade one answer; raises what `costed` raises."""
        return self.costed(item, answer, language)[0]

    def costed(
        self, item: Item, answer: str, language: Language | None = None
    ) -> tuple[Grade, Cost | None]:
        """A grade with what it cost, if the grader says.

        Raises `TutorError` where the grader does, or cannot tell or reach its model, and
        `BrokenGraderError` for any other exception of it and for a value that is no grade.
        """
        started = time.perf_counter()
        returned = self._returned(item, answer, language)
        elapsed_ms = 1000.0 * (time.perf_counter() - started)
        if isinstance(returned, Grade):
            return returned, None
        try:
            said = stated(returned, self._cuts)
        except ValueError as error:
            raise BrokenGraderError(f"{self._reference} returned {error}") from error
        return self._grade(said, language, elapsed_ms), said.cost

    def close(self) -> None:
        """End the event loop, if coroutines had one."""
        self._background.close()

    def _returned(self, item: Item, answer: str, language: Language | None) -> object:
        try:
            returned = self._ask(item, answer, language)
            if inspect.iscoroutine(returned):
                return self._background.submit(returned).result()
        except TutorError:
            raise
        except TimeoutError as error:
            raise ModelTimeoutError(f"{self._reference} timed out: {error}") from error
        except ConnectionError as error:
            raise ModelUnreachableError(f"{self._reference}: no connection: {error}") from error
        except Exception as error:
            raise BrokenGraderError(self._explained(error)) from error
        return returned

    def _explained(self, error: Exception) -> str:
        frame = traceback.extract_tb(error.__traceback__)[-1]
        return (
            f"{self._reference} raised {error!r} at {Path(frame.filename).name}:{frame.lineno}; "
            "mend it, or return None where a case cannot be graded"
        )

    def _grade(self, said: Stated, language: Language | None, elapsed_ms: float) -> Grade:
        return Grade(
            verdict=said.verdict,
            score=said.score,
            confidence=1.0 if said.confidence is None else said.confidence,
            unsure=said.unsure,
            key_points=(),
            reasons=(),
            # No words, so it matters not in which language.
            feedback=Feedback(language=language or "en", summary=""),
            rating=RATINGS[said.verdict],
            receipt=Receipt(
                grader=self._reference,
                embedder="none",
                calibration=NO_CONFIDENCE if said.confidence is None else "its own",
                policy="its own",
                elapsed_ms=elapsed_ms,
            ),
        )


def _found(reference: str) -> object:
    """The object; the current folder is looked in first, as with `python -m`."""
    module, _, path = reference.partition(":")
    if (here := str(Path.cwd())) not in sys.path:
        sys.path.insert(0, here)
    try:
        found: object = importlib.import_module(module)
    except ImportError as error:
        raise InvalidInputError(
            f"grader {reference}: {error}; run in the folder of {module}.py, where what it "
            "imports is installed"
        ) from error
    for name in path.split("."):
        if not hasattr(found, name):
            raise InvalidInputError(f"grader {reference}: {module} has no {path}; {_has(found)}")
        found = getattr(found, name)
    return found() if inspect.isclass(found) else found


def _has(found: object) -> str:
    names = [name for name, value in vars(found).items() if callable(value) and name[0] != "_"]
    return f"use one of {', '.join(names)}" if names else "nothing in it can be called"


def _asking(reference: str, found: Any) -> Callable[[Item, str, Language | None], object]:
    if callable(getattr(found, "grade", None)):
        return lambda item, answer, language: found.grade(item, answer, language=language)
    if not callable(found):
        raise InvalidInputError(
            f"grader {reference}: it is {type(found).__name__}; name a function of question, "
            "references and answer, or an object with a method grade"
        )
    try:
        inspect.signature(found).bind("question", ["reference"], "answer")
    except TypeError as error:
        raise InvalidInputError(
            f"grader {reference}: {error}; it must take question, references, answer"
        ) from error
    return lambda item, answer, _: found(item.question, list(item.references), answer)
