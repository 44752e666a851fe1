from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import insert

import tutor.store.database
import tutor.store.engine
from tutor.errors import StoreError
from tutor.store.database import Database
from tutor.store.schema import secrets

WRITERS = 30


@pytest.fixture
def database(tmp_path, monkeypatch):
    monkeypatch.setattr(tutor.store.engine, "_PATIENCE_SECONDS", 0.1)
    with Database.open(f"sqlite:///{tmp_path}/reviews.db") as opened:
        yield opened


def write(database, number):
    with database.writing() as connection:
        connection.execute(insert(secrets), {"name": str(number), "value": "x"})
        time.sleep(0.02)


def test_many_that_write_at_once_take_turns(database):
    # 30 of 0.02 s take 0.6 s: six times as long as one waits for another program's lock.
    with ThreadPoolExecutor(WRITERS) as threads:
        list(threads.map(lambda number: write(database, number), range(WRITERS)))
    with database.reading() as connection:
        assert len(connection.execute(secrets.select()).all()) == WRITERS


def test_a_turn_that_never_comes_is_an_error(database, monkeypatch):
    monkeypatch.setattr(tutor.store.database, "_TURN_SECONDS", 0.05)
    with ThreadPoolExecutor(1) as threads, database.writing():
        with pytest.raises(StoreError, match=r"reviews\.db is busy"):
            threads.submit(write, database, 1).result()
    write(database, 2)  # the turn is given back


def test_a_failure_gives_the_turn_back(database):
    write(database, 1)
    with pytest.raises(StoreError):
        write(database, 1)
    write(database, 2)
