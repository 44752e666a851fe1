"""Replies of the judge's model that are kept, so that the same question is not paid for twice."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime

from sqlalchemy import bindparam, select

from tutor.store.database import Database
from tutor.store.insert_once import insert_once
from tutor.store.schema import judge_replies

_BY_KEY = select(judge_replies.c.reply).where(judge_replies.c.key == bindparam("key"))


class JudgeReplies:
    """JSON texts by key; the first text of a key stays.

    Both methods may be called from several threads at once, and raise `StoreError` when the
    database fails.
    """

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    def get(self, key: str) -> str | None:
        """Return the text that is kept under a key of at most 64 characters, if there is one."""
        with self._database.reading() as connection:
            return connection.execute(_BY_KEY, {"key": key}).scalar()

    def put(self, key: str, reply: str) -> None:
        """Keep a JSON text, unless there is one already; raises `ValueError` for other text."""
        json.loads(reply)
        values = {"key": key, "created_at": self._clock(), "reply": reply}
        with self._database.writing() as connection:
            insert_once(connection, judge_replies, values)
