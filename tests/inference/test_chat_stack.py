"""The wrappers of a chat model together, in the order in which settings put them."""

from __future__ import annotations

import asyncio
import gc

import pytest

from tests.inference.fake_chat import FakeChat, asking, failing, replying
from tests.inference.fake_ledger import FakeClock, FakeLedger
from tests.inference.virtual_time import now, run
from tutor.errors import (
    ModelBusyError,
    ModelError,
    ModelPausedError,
    ModelServerError,
    ModelUnreachableError,
    OverBudgetError,
)
from tutor.inference.limits import LimitedChat
from tutor.inference.meter import Meter
from tutor.inference.metered import MeteredChat
from tutor.inference.patient import PatientChat
from tutor.inference.recording import open_recording, read_recording
from tutor.inference.recording_chat import RecordingChat, ReplayedChat
from tutor.inference.remembering_chat import RememberingChat
from tutor.spending import Budget, Spent


class Memory(dict):
    put = dict.setdefault


class Stack:
    """A fake model with everything around it."""

    def __init__(self, *script, concurrency=50, budget=None, deadline=30.0):
        self.inner = FakeChat(*script)
        self.ledger = FakeLedger()
        self.meter = Meter(self.ledger, clock=FakeClock(), most_output=100, budget=budget)
        patient = PatientChat(
            MeteredChat(self.inner, self.meter), chance=lambda: 0.0, deadline=deadline
        )
        self.chat = LimitedChat(patient, concurrency=concurrency, most_output=100)

    def ask(self, number):
        async def story():
            start = now()
            asked = [self.chat.ask(asking(str(one))) for one in range(number)]
            came = await asyncio.gather(*asked, return_exceptions=True)
            await self.meter.flush()
            return came, now() - start

        return run(story())


def kinds(came):
    return [type(one).__name__ for one in came]


def test_five_hundred_take_no_longer_than_their_places_allow():
    stack = Stack((1.0, replying()), concurrency=50)
    came, seconds = stack.ask(500)
    assert kinds(came) == ["ChatReply"] * 500
    assert seconds == pytest.approx(10.0)
    assert stack.inner.most_at_once == 50
    assert len(stack.ledger.calls) == 500


def test_waiting_for_a_place_is_not_part_of_the_deadline():
    came, seconds = Stack((4.0, replying()), concurrency=1, deadline=5.0).ask(20)
    assert kinds(came) == ["ChatReply"] * 20
    assert seconds == pytest.approx(80.0)
    assert {round(reply.latency_ms) for reply in came} == {4000}


def test_every_attempt_is_in_the_ledger_and_the_reply_counts_them_all():
    stack = Stack(failing(ModelServerError), failing(ModelBusyError), replying())
    ((reply,), _) = stack.ask(1)
    assert [call.outcome for call in stack.ledger.calls] == [
        "model-server-error",
        "model-busy",
        "ok",
    ]
    assert reply.attempts == 3


def test_a_budget_ends_a_run_in_the_middle_of_it():
    stack = Stack((1.0, replying()), concurrency=4, budget=Budget(run_tokens=1000))
    came, _ = stack.ask(100)
    assert set(kinds(came)) == {"ChatReply", "OverBudgetError"}
    assert kinds(came).count("ChatReply") == 25  # of 40 tokens
    assert stack.meter.spent == Spent(1000)
    assert isinstance(came[-1], OverBudgetError)


def test_a_server_whose_plug_is_pulled_costs_seconds_and_is_found_again():
    stack = Stack(*[(0.1, failing(ModelUnreachableError))] * 28, (0.1, replying()), concurrency=4)

    async def story():
        outcomes, took = [], []
        for number in range(100):
            start = now()
            try:
                await stack.chat.ask(asking(str(number)))
                outcomes.append("ok")
            except ModelError as error:
                outcomes.append(error.type)
            took.append(now() - start)
            await asyncio.sleep(20)  # the learner reads, thinks and types
        return outcomes, took

    outcomes, took = run(story())
    assert outcomes[:6] == ["model-unreachable"] * 5 + ["model-paused"]
    assert outcomes[-1] == "ok"
    assert max(took) == pytest.approx(8.0)  # five attempts of 0.1 s and 7.5 s between them
    assert outcomes.count("model-paused") > outcomes.count("model-unreachable")
    assert ModelPausedError.type not in outcomes[outcomes.index("ok") :]


def test_a_program_that_ends_in_the_middle_loses_no_call_and_says_nothing(caplog):
    stack = Stack((60.0, replying()), concurrency=20, budget=Budget(day_tokens=10**6))
    chat = RememberingChat(stack.chat, Memory(), {})

    async def story():
        asked = [asyncio.create_task(chat.ask(asking(str(number)))) for number in range(50)]
        await asyncio.sleep(0.1)
        return len(asked)

    asyncio.run(story())
    gc.collect()
    assert stack.inner.running == 0
    assert [call.outcome for call in stack.ledger.calls] == ["model-timeout"] * 20
    assert stack.meter.unwritten == 0
    assert caplog.text == ""


def test_a_recorded_run_is_replayed_without_a_model(tmp_path):
    path = tmp_path / "judge.jsonl"
    parameters = {"max_tokens": 100}

    def recorded(memory, *script):
        stack = Stack(*script)
        remembering = RememberingChat(stack.chat, memory, parameters)
        recorder = open_recording(
            path,
            secret=b"secret",
            model=remembering.name,
            endpoint=remembering.endpoint,
            parameters=parameters,
        )
        return RecordingChat(remembering, recorder)

    requests = [asking(str(number)) for number in range(5)]

    def outcomes(chat):
        async def story():
            return await asyncio.gather(*map(chat.ask, requests), return_exceptions=True)

        return [getattr(one, "value", None) or str(one) for one in run(story())]

    memory = Memory()
    refused = failing(ModelBusyError, "busy; wait", retry_after=99.0)
    live = outcomes(recorded(memory, replying(), replying(), refused))
    assert live.count({"points": []}) == 2
    path.unlink()
    # What comes from the cache is recorded as well.
    again = outcomes(recorded(memory, refused))
    assert again == live
    assert outcomes(ReplayedChat(read_recording(path))) == live
