"""Chat models around a recording: one that makes it, and one that replays it without network."""

from __future__ import annotations

from tutor.errors import ModelError, ModelNotAskedError, NotRecordedError
from tutor.inference.chat import ChatModel, ChatReply, ChatRequest
from tutor.inference.chat_key import request_key
from tutor.inference.recording import Recorder, Recording


class RecordingChat:
    """Asks a model and records what comes, replies and failures.

    Goes around everything else, a cache too, so that the recording is whole. A failure to ask
    (paused, over budget) is none of the model's and is not recorded. A file that cannot be
    written costs nobody a reply: `trouble` says why, and a replay will lack it.
    """

    def __init__(self, inner: ChatModel, recorder: Recorder) -> None:
        self._inner = inner
        self._recorder = recorder
        self._trouble: str | None = None

    @property
    def name(self) -> str:
        """The wrapped model's name."""
        return self._inner.name

    @property
    def endpoint(self) -> str:
        """The wrapped model's endpoint."""
        return self._inner.endpoint

    @property
    def trouble(self) -> str | None:
        """Why something could not be recorded, in one line; None as long as all could be."""
        return self._trouble

    async def ask(self, request: ChatRequest) -> ChatReply:
        """Ask the model, and record what comes."""
        key = request_key(request, self._inner, self._recorder.header.parameters)
        try:
            reply = await self._inner.ask(request)
        except ModelNotAskedError:
            raise
        except ModelError as error:
            self._record(key, error)
            raise
        self._record(key, reply)
        return reply

    def _record(self, key: str, outcome: ChatReply | ModelError) -> None:
        try:
            if isinstance(outcome, ChatReply):
                self._recorder.add_reply(key, outcome)
            else:
                self._recorder.add_failure(key, outcome)
        except OSError as error:
            self._trouble = f"{self._recorder.path}: not everything is recorded: {error.strerror}"


class ReplayedChat:
    """Answers what a recording holds as its model did; raises `NotRecordedError` for the rest."""

    def __init__(self, recording: Recording) -> None:
        self._recording = recording

    @property
    def name(self) -> str:
        """The recorded model's name."""
        return self._recording.header.model

    @property
    def endpoint(self) -> str:
        """The recorded model's endpoint; nothing is sent to it."""
        return self._recording.header.endpoint

    async def ask(self, request: ChatRequest) -> ChatReply:
        """Return the recorded reply, or raise the recorded failure."""
        key = request_key(request, self, self._recording.header.parameters)
        if key in self._recording.replies:
            return self._recording.replies[key]
        if key in self._recording.failures:
            failure = self._recording.failures[key]
            raise type(failure)(str(failure))
        raise NotRecordedError(
            f"the recording of {self.name} at {self.endpoint} does not hold this request (key "
            f"{key[:12]}): card, answer, prompt or samples are not those of then; record again"
        )
