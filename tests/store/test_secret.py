from __future__ import annotations

import subprocess
import sys
from itertools import count

import pytest

from tutor.store.reviews import ReviewStore
from tutor.store.secret import kept_secret


def test_a_secret_is_made_once(store: ReviewStore, url: str) -> None:
    made = count(1)

    def make() -> str:
        return f"s{next(made)}"

    assert kept_secret(store.database, "judge", make) == "s1"
    assert kept_secret(store.database, "other", make) == "s2"
    with ReviewStore.open(url) as another:
        assert kept_secret(another.database, "judge", make) == "s1"
    assert next(made) == 3


def test_a_maker_that_fails_leaves_nothing(store: ReviewStore) -> None:
    def fail() -> str:
        raise RuntimeError("no chance left")

    with pytest.raises(RuntimeError):
        kept_secret(store.database, "judge", fail)
    assert kept_secret(store.database, "judge", lambda: "made") == "made"


def test_programs_that_start_at_once_get_the_same_secret(url: str) -> None:
    code = (
        "import secrets; from tutor.store.database import Database; "
        "from tutor.store.secret import kept_secret; "
        f"print(kept_secret(Database.open({url!r}), 'judge', lambda: secrets.token_hex(16)))"
    )
    started = [
        subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) for _ in range(4)
    ]
    said = {program.communicate()[0] for program in started}
    assert len(said) == 1
    assert len(said.pop().strip()) == 32
