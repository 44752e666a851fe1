from __future__ import annotations

from tutor.errors import ModelBusyError
from tutor.grading.judging.bill import Bill
from tutor.inference.chat import ChatReply, Usage


def reply(tokens: int, *, remembered: bool = False) -> ChatReply:
    return ChatReply({}, "m", Usage(tokens, 1), "text", 2, 10.0, remembered)


def failure(spent: Usage | None, attempts: int) -> ModelBusyError:
    error = ModelBusyError("busy")
    error.spent, error.attempts = spent, attempts
    return error


def test_replies_and_failures_add_up():
    bill = Bill([reply(100), reply(200)], [failure(Usage(7, 0), 3), failure(None, 1)])
    # 100 + 200 + 7 tokens read, two written; two attempts a reply, four that failed.
    assert (bill.usage, bill.attempts, bill.latency_ms) == (Usage(307, 2), 8, 20.0)
    assert not bill.remembered


def test_a_remembered_reply_beside_a_paid_one_costs_nothing():
    bill = Bill([reply(100, remembered=True), reply(200)])
    assert (bill.usage, bill.attempts, bill.latency_ms) == (Usage(200, 1), 2, 10.0)
    assert not bill.remembered


def test_a_bill_of_remembered_replies_is_that_of_the_time():
    bill = Bill([reply(100, remembered=True)] * 2)
    assert (bill.usage, bill.attempts) == (Usage(200, 2), 4)
    assert bill.remembered


def test_a_failure_alone_is_a_bill_too():
    bill = Bill(failures=[failure(Usage(7, 0), 3)])
    assert (bill.usage, bill.attempts, bill.remembered) == (Usage(7, 0), 3, False)
