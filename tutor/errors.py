"""The exception tree: every expected failure says what, where, and what to do.

    TutorError
    ├── DeckError            a deck cannot be read or parsed (file and line in the message)
    ├── NotFoundError        no such card, deck or review
    ├── InvalidInputError    a request or a line of input is malformed
    │   └── TooLargeError    an answer or a request is longer than the limit
    ├── StoreError           the review store cannot be opened, read or written
    ├── ModelError           a model is missing, failed to load or failed to answer
    │   └── CalibrationError a calibration is damaged or was fitted for another embedder
    └── SettingsError        a setting has a value that cannot be used

The doors translate these: the command line prints one line and exits 1, the API answers
`application/problem+json` with `status`. Anything else is a bug and may show a traceback.
"""

from __future__ import annotations


class TutorError(Exception):
    """Base of all expected failures; `str(error)` is one line fit for a person."""

    type = "error"
    """Stable name of the kind of failure, used in `{"error": {"type", "detail"}}`."""
    status = 500
    """HTTP status that the API answers with."""


class DeckError(TutorError):
    """A deck cannot be read or parsed."""

    type = "deck-error"
    status = 422


class NotFoundError(TutorError):
    """No card, deck or review has this id."""

    type = "not-found"
    status = 404


class InvalidInputError(TutorError):
    """A request, an argument or a line of input is malformed."""

    type = "invalid-input"
    status = 422


class TooLargeError(InvalidInputError):
    """An answer or a request is longer than the limit."""

    type = "too-large"
    status = 413


class StoreError(TutorError):
    """The review store cannot be opened, read or written; nothing in it was changed."""

    type = "store-error"
    status = 503


class ModelError(TutorError):
    """A model is missing, failed to load or failed to answer."""

    type = "model-error"
    status = 503


class CalibrationError(ModelError):
    """A calibration is damaged, or it was fitted for another embedder."""

    type = "calibration-error"


class SettingsError(TutorError):
    """A setting has a value that cannot be used."""

    type = "settings-error"
