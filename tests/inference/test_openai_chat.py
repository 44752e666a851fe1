from __future__ import annotations

import asyncio

import pytest

from tests.chat_server import (
    ChatServer,
    answering,
    calling_tool,
    calling_tool_in_text,
    failing,
    plain,
    refusing_fields,
    refusing_value,
    reply,
    saying,
    slow,
    truncated,
)
from tests.inference.asking import SCHEMA, ask, outcome, with_model
from tutor.errors import (
    EmptyReplyError,
    MalformedReplyError,
    ModelAccessError,
    ModelRequestError,
    ModelServerError,
    SettingsError,
    TruncatedReplyError,
)
from tutor.inference.chat import ChatReply, ChatRequest, Message, Usage
from tutor.inference.openai_chat import OpenAIChat

YES = {"verdict": "yes"}
NO_SCHEMA = "Invalid parameter: 'response_format' of type 'json_schema' is not supported"


def without_schemas(then):
    """Knows `response_format`, but no schema in it."""

    def answer(body, headers):
        return (
            failing(400, NO_SCHEMA)(body, headers)
            if "response_format" in body
            else then(body, headers)
        )

    return answer


def formats(server: ChatServer) -> list[str]:
    """How each request asked for its object."""
    return [
        "schema" if "response_format" in body else "tool" if "tools" in body else "text"
        for body in server.requests
    ]


def test_a_server_that_knows_schemas_is_asked_with_one():
    with ChatServer(answering(YES)) as server:
        replies = ask(server, times=2)
    assert [(r.value, r.format, r.attempts) for r in replies] == [(YES, "schema", 1)] * 2
    body = server.requests[0]
    assert body["response_format"]["json_schema"] == {
        "name": "judgement", "schema": SCHEMA, "strict": True,
    }  # fmt: skip
    assert (body["model"], body["temperature"], body["max_tokens"]) == ("judge", 0.0, 500)
    assert [turn["role"] for turn in body["messages"]] == ["system", "user"]


def test_a_reply_tells_what_it_took():
    usage = {
        "prompt_tokens": 90, "completion_tokens": 7, "prompt_tokens_details": {"cached_tokens": 64},
    }  # fmt: skip
    with ChatServer(answering(YES, usage=usage, model="judge-7b-q4")) as server:
        (told,) = ask(server)
    assert (told.model, told.usage) == ("judge-7b-q4", Usage(90, 7, 64))
    assert told.latency_ms > 0
    assert not told.remembered


@pytest.mark.parametrize("usage", [None, {}, {"prompt_tokens": "many"}, {"prompt_tokens": -1}])
def test_a_server_that_counts_nothing_cost_nothing_known(usage):
    with ChatServer(answering(YES, usage=usage)) as server:
        assert ask(server)[0].usage == Usage()


def test_a_server_without_schemas_is_asked_by_tool_call():
    with ChatServer(without_schemas(calling_tool(YES))) as server:
        replies = ask(server, times=3)
    assert [(r.value, r.format, r.attempts) for r in replies] == [
        (YES, "tool", 2), (YES, "tool", 1), (YES, "tool", 1),
    ]  # fmt: skip
    assert formats(server) == ["schema", "tool", "tool", "tool"]
    assert server.requests[1]["tool_choice"]["function"]["name"] == "judgement"


def test_a_tool_may_be_offered_where_it_cannot_be_demanded():
    named = refusing_value("tool_choice", lambda choice: choice == "auto", calling_tool(YES))
    with ChatServer(without_schemas(named)) as server:
        replies = ask(server, times=2)
    assert [r.value for r in replies] == [YES, YES]
    assert [body.get("tool_choice") == "auto" for body in server.requests] == [
        False,
        False,
        True,
        True,
    ]


def test_a_server_without_schemas_and_tools_is_asked_in_text():
    with ChatServer(without_schemas(refusing_fields("tools", then=answering(YES)))) as server:
        replies = ask(server, times=2)
    assert [(r.format, r.attempts) for r in replies] == [("text", 3), ("text", 1)]
    assert formats(server) == ["schema", "tool", "text", "text"]


@pytest.mark.parametrize("status", [400, 415, 422, 501, 500])
def test_a_plain_server_refuses_one_request_ever(status):
    only_chat = refusing_fields("response_format", "tools", then=answering(YES), status=status)
    with ChatServer(only_chat) as server:
        replies = ask(server, times=3)
    assert [r.value for r in replies] == [YES] * 3
    assert formats(server) == ["schema", "text", "text", "text"]


def test_a_plain_server_may_refuse_as_fastapi_does():
    fault = {
        "type": "extra_forbidden",
        "loc": ["body", "response_format"],
        "msg": "Extra inputs",
        "input": {"type": "json_schema"},
    }

    def answer(body, headers):
        if "response_format" not in body:
            return reply('{"verdict": "yes"}')
        return failing(422, {"detail": [fault]})(body, headers)

    with ChatServer(answer) as server:
        assert ask(server)[0].value == YES
    assert formats(server) == ["schema", "text"]


def test_a_plain_server_may_refuse_without_a_word():
    def answer(body, headers):
        return failing(400, {})(body, headers) if "response_format" in body else reply('{"a": 1}')

    with ChatServer(answer) as server:
        assert [r.attempts for r in ask(server, times=3)] == [2, 1, 1]


def test_a_server_that_ignores_the_format_is_read_without_another_request():
    with ChatServer(saying('Sure:\n```json\n{"verdict": "yes",}\n```')) as server:
        replies = ask(server, times=2)
    assert [(r.value, r.attempts) for r in replies] == [(YES, 1)] * 2


@pytest.mark.parametrize(
    "behaviour",
    [
        answering(YES),
        calling_tool_in_text(YES),
        calling_tool('{"verdict": "yes",}'),
        calling_tool(YES, finish_reason="stop"),
        lambda body, headers: reply(None, function_call={"name": "judgement", "arguments": '{"verdict": "yes"}'}),
        lambda body, headers: reply(None, tool_calls=[{"function": {"name": "judgement", "arguments": YES}}]),
        lambda body, headers: reply([{"type": "text", "text": '{"verdict":'}, {"type": "text", "text": ' "yes"}'}]),
    ],
)  # fmt: skip
def test_a_tool_is_called_in_many_ways(behaviour):
    with ChatServer(without_schemas(behaviour)) as server:
        (told,) = ask(server)
    assert (told.value, told.format) == (YES, "tool")


def test_a_request_that_is_wrong_in_every_format_is_refused_once_for_all():
    with ChatServer(failing(400, "temperature must not be nice")) as server:
        (error,) = ask(server)
    assert type(error) is ModelRequestError
    # schema with a temperature, schema without one, text without one
    assert error.attempts == len(server.requests) == 3


def test_what_works_is_not_given_up_for_a_request_that_is_wrong():
    with ChatServer(answering(YES), failing(400, "bad"), answering(YES)) as server:
        first, second, third = ask(server, times=3)
    assert type(second) is ModelRequestError
    assert (first.format, second.attempts, third.format) == ("schema", 1, "schema")


def test_too_long_a_chat_is_no_matter_of_format():
    words = "This model's maximum context length is 4096 tokens; max_tokens is too large"
    with ChatServer(failing(400, words)) as server:
        (error,) = ask(server)
    assert type(error) is ModelRequestError
    assert len(server.requests) == 1
    assert "TUTOR_JUDGE_MAX_TOKENS" in str(error)


def test_a_server_that_is_down_is_not_asked_in_another_format():
    with ChatServer(failing(503)) as server:
        assert type(ask(server)[0]) is ModelServerError
        assert len(server.requests) == 1


@pytest.mark.parametrize("name", ["max_tokens", "temperature"])
@pytest.mark.parametrize("status", [400, 422])
def test_a_parameter_that_is_refused_is_left_out_from_then_on(name, status):
    with ChatServer(refusing_fields(name, then=answering(YES), status=status)) as server:
        replies = ask(server, times=3)
    assert [(r.value, r.attempts, r.format) for r in replies] == [
        (YES, 2, "schema"), (YES, 1, "schema"), (YES, 1, "schema"),
    ]  # fmt: skip
    swapped = [body.get("max_completion_tokens") for body in server.requests]
    assert swapped == ([None, 500, 500, 500] if name == "max_tokens" else [None] * 4)


def test_no_limit_is_sent_where_each_name_for_it_is_refused():
    names = ("max_tokens", "max_completion_tokens")
    with ChatServer(refusing_fields(*names, then=answering(YES))) as server:
        assert [r.attempts for r in ask(server, times=2)] == [3, 1]


def test_a_server_that_refuses_nearly_everything_is_still_asked():
    names = ("response_format", "tools", "temperature", "max_tokens", "max_completion_tokens")
    with ChatServer(refusing_fields(*names, then=answering(YES))) as server:
        assert [r.attempts for r in ask(server, times=2)] == [5, 1]
    assert set(server.requests[-1]) == {"model", "messages"}


def test_a_format_that_never_gave_an_object_is_left_for_the_next_request():
    def answer(body, headers):
        return reply("" if "response_format" in body else '{"verdict": "yes"}')

    with ChatServer(answer) as server:
        first, second = ask(server, times=2)
    assert type(first) is EmptyReplyError
    assert (second.value, second.format) == (YES, "tool")
    assert len(server.requests) == 2


def test_a_format_that_gave_an_object_is_kept_after_a_reply_without_one():
    with ChatServer(answering(YES), saying("hm"), answering(YES)) as server:
        _, second, third = ask(server, times=3)
    assert type(second) is MalformedReplyError
    assert third.format == "schema"


def test_a_reply_cut_off_says_nothing_about_the_format():
    with ChatServer(truncated('{"verdict": "y'), answering(YES)) as server:
        first, second = ask(server, times=2)
    assert type(first) is TruncatedReplyError
    assert first.spent == Usage(100, 20)
    assert second.format == "schema"


def together(server: ChatServer, number: int, **options) -> list[ChatReply]:
    async def all_at_once(model: OpenAIChat):
        return await asyncio.gather(*(outcome(model) for _ in range(number)))

    return with_model(server, all_at_once, **options)


def test_two_hundred_first_requests_learn_from_one():
    with ChatServer(plain(slow(0.3, answering(YES)))) as server:
        replies = together(server, 200, timeout=60)
    assert all(r.value == YES and r.format == "text" for r in replies)
    assert len(server.requests) == 201


def test_a_slow_first_reply_does_not_hold_the_others_up():
    # One after the other would never have two at once.
    with ChatServer(slow(0.6, answering(YES))) as server:
        replies = together(server, 20)
    assert all(r.value == YES for r in replies)
    assert len(server.requests) == server.most_at_once == 20


def test_late_refusals_of_parallel_requests_do_not_take_turns():
    def late(body, headers):
        answer = (
            slow(0.4, answering(YES))
            if "response_format" not in body
            else slow(0.4, failing(400, NO_SCHEMA))
        )
        return answer(body, headers)

    with ChatServer(late) as server:
        replies = together(server, 30)
        again = together(server, 1)
    assert all(r.value == YES and r.format == "tool" for r in replies)
    assert len(again) == 1
    # Each of the 30 at most once in vain, then one request each; two more of the new model.
    assert len(server.requests) <= 62


def test_the_key_and_the_headers_are_sent():
    with ChatServer(answering(YES)) as server:
        ask(server, api_key="sk-1", headers={"X-Team": "tutors"})
        ask(server)
    assert server.headers[0]["authorization"] == "Bearer sk-1"
    assert server.headers[0]["x-team"] == "tutors"
    assert server.headers[1]["authorization"] != "Bearer sk-1"


def test_half_a_surrogate_pair_in_an_answer_is_no_bug():
    request = ChatRequest((Message("user", "half: \ud83d"),), SCHEMA, "judgement")
    with ChatServer(answering(YES)) as server:
        told = with_model(server, lambda model: outcome(model, request))
    assert told.value == YES


def model(**options) -> OpenAIChat:
    return OpenAIChat("judge", **{"timeout": 1, "max_tokens": 9, **options})


def test_openai_needs_a_key_and_says_which():
    with pytest.raises(ModelAccessError, match="set OPENAI_API_KEY, and OPENAI_BASE_URL"):
        model()
    assert model(api_key="sk-1").endpoint == "https://api.openai.com/v1"


@pytest.mark.parametrize("key", ["sk-1 sk-2", "sk-１", "sk\n1"])
def test_a_key_that_no_header_can_carry_is_refused_unseen(key):
    with pytest.raises(ModelAccessError, match="copy OPENAI_API_KEY again") as caught:
        model(api_key=key)
    assert "sk" not in str(caught.value).replace("tasks", "")


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("http://localhost:8080/v1/", "http://localhost:8080/v1"),
        ("https://me:secret@host/v1?key=secret", "https://host/v1"),
        ("http://[::1]:9/v1", "http://[::1]:9/v1"),
    ],
)
def test_an_endpoint_is_shown_without_secrets(url, shown):
    assert model(base_url=url).endpoint == shown


@pytest.mark.parametrize(
    "url",
    [
        "localhost:8080",
        "ftp://host/v1",
        "http://",
        "http://a b/v1",
        "http://h:99999/",
        "http://[::1/v1",
        "nonsense:p@ss",
    ],
)
def test_what_is_no_url_is_refused(url):
    with pytest.raises(SettingsError, match="set OPENAI_BASE_URL") as caught:
        model(base_url=url)
    assert "p@ss" not in str(caught.value)


@pytest.mark.parametrize("headers", [{"X": "a\nb"}, {"X Y": "a"}, {"X": "é"}, {"": "a"}])
def test_a_header_that_cannot_be_sent_is_refused(headers):
    with pytest.raises(SettingsError, match="TUTOR_JUDGE_HEADERS"):
        model(base_url="http://localhost/v1", headers=headers)


def test_the_name_is_that_which_is_asked_for():
    assert model(api_key="sk-1").name == "judge"


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (400, "System role not supported"),
        (500, "Conversation roles must alternate user/assistant/user/assistant/..."),
        (400, "messages: the role 'system' is not known to this template"),
    ],
)
def test_a_template_without_a_system_turn_gets_its_words_with_the_users(status, said):
    def template(body, headers):
        if any(turn["role"] == "system" for turn in body["messages"]):
            return failing(status, said)(body, headers)
        return answering(YES)(body, headers)

    with ChatServer(template) as server:
        assert [one.value for one in ask(server, times=2)] == [YES, YES]
        assert [len(body["messages"]) for body in server.requests] == [2, 1, 1]
        together = "Judge as JSON.\n\nthe answer of a learner"
        assert server.requests[-1]["messages"] == [{"role": "user", "content": together}]
