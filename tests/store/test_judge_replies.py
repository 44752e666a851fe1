from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from tutor.store.judge_replies import JudgeReplies
from tutor.store.reviews import ReviewStore

KEY = "0f" * 32


@pytest.fixture
def replies(store: ReviewStore) -> JudgeReplies:
    return JudgeReplies(store.database, lambda: datetime(2026, 11, 24, tzinfo=UTC))


def test_a_reply_comes_back_to_the_letter(replies: JudgeReplies) -> None:
    text = '{"quote": "力\\u0000 🙂", "cost": 0.30000000000000004}\n'
    assert replies.get(KEY) is None
    replies.put(KEY, text)
    assert replies.get(KEY) == text
    assert replies.get("1" * 64) is None


def test_the_first_reply_to_a_question_stays(replies: JudgeReplies, url: str) -> None:
    replies.put(KEY, "1")
    replies.put(KEY, "2")
    with ReviewStore.open(url) as another:
        JudgeReplies(another.database, lambda: datetime.now(UTC)).put(KEY, "3")
    assert replies.get(KEY) == "1"


def test_many_may_keep_the_same_reply_at_once(replies: JudgeReplies) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: replies.put(KEY, str(n)), range(40)))
    assert replies.get(KEY) in {str(n) for n in range(40)}


@pytest.mark.parametrize("text", ["", "{", "{'a': 1}"])
def test_what_is_no_json_is_not_kept(replies: JudgeReplies, text: str) -> None:
    with pytest.raises(ValueError, match="line 1 column"):
        replies.put(KEY, text)
    assert replies.get(KEY) is None
