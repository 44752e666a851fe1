"""The exception tree: every expected failure says what, where, and what to do.

    TutorError
    ├── DeckError            a deck cannot be read or parsed (file and line in the message)
    ├── NotFoundError        no such card, deck or review
    ├── InvalidInputError    a request or a line of input is malformed
    │   └── TooLargeError    an answer or a request is longer than the limit
    ├── StoreError           the review store cannot be opened, read or written
    ├── ModelError           a model is missing, failed to load or failed to answer
    │   ├── CalibrationError a calibration is damaged or was fitted for another embedder
    │   ├── ModelNotAskedError   nothing was sent to the model
    │   │   ├── ModelPausedError     it failed too often lately and is left alone for a while
    │   │   ├── OverBudgetError      the tokens or the money for this run or day are spent
    │   │   └── NotRecordedError     a replayed recording does not hold this request
    │   ├── ModelCallError       something was sent and no reply came
    │   │   ├── ModelTimeoutError      none within the deadline
    │   │   ├── ModelUnreachableError  no connection, or one that broke
    │   │   ├── ModelBusyError         too many requests, still after waiting
    │   │   ├── ModelServerError       the server failed
    │   │   ├── ModelAccessError       the key is missing, wrong or not allowed to
    │   │   ├── ModelNotFoundError     the server has no such model or address
    │   │   └── ModelRequestError      the server refuses the request as it is
    │   └── ReplyError           a reply came that is no judgement
    │       ├── TruncatedReplyError    it was cut off at its length limit
    │       ├── RefusedReplyError      the model declined
    │       ├── FilteredReplyError     a content filter withheld it
    │       ├── EmptyReplyError        there is nothing in it
    │       ├── MalformedReplyError    it is not the JSON object that was asked for
    │       └── UntrustedReplyError    it affirms what the answer cannot say
    ├── PromptError          a prompt's file is missing or is not what it should be
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
    spent: object | None = None
    """What the failed requests cost: `tutor.inference.chat.Usage`; None when none was sent."""
    attempts: int = 0
    """How many requests were sent before it failed."""


class CalibrationError(ModelError):
    """A calibration is damaged, or it was fitted for another embedder."""

    type = "calibration-error"


class ModelNotAskedError(ModelError):
    """Nothing was sent to the model, for a reason of our own."""

    type = "model-not-asked"


class ModelPausedError(ModelNotAskedError):
    """The model failed too often lately, and is left alone for a while."""

    type = "model-paused"


class OverBudgetError(ModelNotAskedError):
    """The tokens or the money for this run or this day are spent."""

    type = "over-budget"


class NotRecordedError(ModelNotAskedError):
    """A recording is replayed that does not hold this request."""

    type = "not-recorded"


class ModelCallError(ModelError):
    """A request was sent to a model and no reply came."""

    type = "model-call-failed"
    retry_after: float | None = None
    """Seconds that the server asks to be left alone for; None when it does not say."""


class ModelTimeoutError(ModelCallError):
    """No reply came within the deadline."""

    type = "model-timeout"
    status = 504


class ModelUnreachableError(ModelCallError):
    """There is no connection to the model's server, or it broke."""

    type = "model-unreachable"


class ModelBusyError(ModelCallError):
    """The server takes no more requests now, after waiting as long as the deadline allows."""

    type = "model-busy"


class ModelServerError(ModelCallError):
    """The model's server failed."""

    type = "model-server-error"


class ModelAccessError(ModelCallError):
    """The key for the model is missing, wrong, or not allowed to use it."""

    type = "model-access"


class ModelNotFoundError(ModelCallError):
    """The server has no such model, or the address is not that of a chat endpoint."""

    type = "model-not-found"


class ModelRequestError(ModelCallError):
    """The server refuses the request as it is."""

    type = "model-request-refused"


class ReplyError(ModelError):
    """A reply came that is no judgement. It is never read as a verdict."""

    type = "reply-unusable"


class TruncatedReplyError(ReplyError):
    """The reply was cut off at its length limit."""

    type = "reply-truncated"


class RefusedReplyError(ReplyError):
    """The model declined to answer."""

    type = "reply-refused"


class FilteredReplyError(ReplyError):
    """A content filter of the server withheld the reply."""

    type = "reply-filtered"


class EmptyReplyError(ReplyError):
    """There is nothing in the reply."""

    type = "reply-empty"


class MalformedReplyError(ReplyError):
    """The reply is not the JSON object that was asked for."""

    type = "reply-malformed"


class UntrustedReplyError(ReplyError):
    """The reply affirms what the answer cannot say, so none of it counts."""

    type = "reply-untrusted"


class PromptError(TutorError):
    """A prompt's file is missing or is not what it should be."""

    type = "prompt-error"


class SettingsError(TutorError):
    """A setting has a value that cannot be used."""

    type = "settings-error"
