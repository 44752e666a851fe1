from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tutor.errors import StoreError
from tutor.store import engine
from tutor.store.reviews import ReviewStore
from tutor.study.review import Review

MakeReview = Callable[..., Review]
NOBODY = 65534


@pytest.fixture
def short_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "_PATIENCE_SECONDS", 0.1)


@contextmanager
def ordinary_user() -> Iterator[None]:
    """The superuser may write everything, so permissions are tried as somebody else."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every user may enter, unlike pytest's."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o777)
        yield folder
        folder.chmod(0o700)


def one_line(error: pytest.ExceptionInfo[StoreError]) -> str:
    message = str(error.value)
    assert "\n" not in message
    return message


def test_a_missing_folder_is_made(tmp_path: Path, make_review: MakeReview) -> None:
    with ReviewStore.open(f"sqlite:///{tmp_path}/a/b c/评.db") as store:
        store.add(make_review("r1"))
    assert (tmp_path / "a" / "b c" / "评.db").is_file()


def test_a_tilde_is_the_home_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    ReviewStore.open("sqlite:///~/reviews.db").close()
    assert (tmp_path / "reviews.db").is_file()


def test_a_file_in_the_way_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("not a folder")
    with pytest.raises(StoreError, match="cannot create the folder") as error:
        ReviewStore.open(f"sqlite:///{tmp_path}/a/b/reviews.db")
    one_line(error)


def test_a_folder_in_place_of_the_file(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be opened; check") as error:
        ReviewStore.open(f"sqlite:///{tmp_path}")
    assert str(tmp_path) in one_line(error)


def test_a_read_only_folder(open_folder: Path) -> None:
    open_folder.chmod(0o555)
    with ordinary_user(), pytest.raises(StoreError, match="cannot be opened; check") as error:
        ReviewStore.open(f"sqlite:///{open_folder}/reviews.db")
    one_line(error)


def test_a_read_only_file_can_be_read_but_not_added_to(
    open_folder: Path, make_review: MakeReview
) -> None:
    file = open_folder / "reviews.db"
    review = make_review("r1")
    with ReviewStore.open(f"sqlite:///{file}") as store:
        store.add(review)
    file.chmod(0o444)
    with ordinary_user(), ReviewStore.open(f"sqlite:///{file}") as store:
        with pytest.raises(StoreError, match=r"reviews\.db cannot be written; make") as error:
            store.add(make_review("r2"))
        with pytest.raises(StoreError, match="cannot be written"):
            store.check_writable()
        assert store.find(limit=9) == [review]
    one_line(error)


@pytest.mark.usefixtures("short_patience")
def test_another_writer_holds_the_database(
    tmp_path: Path, url: str, make_review: MakeReview
) -> None:
    review = make_review("r1")
    with ReviewStore.open(url) as store, closing(_connect(tmp_path)) as other:
        store.add(review)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="is locked by another program") as error:
            store.add(make_review("r2"))
        with pytest.raises(StoreError, match="is locked"):
            store.check_writable()
        assert store.get("r1") == review  # reading goes on
        other.rollback()
        store.check_writable()
        store.add(make_review("r2"))
    one_line(error)


@pytest.mark.usefixtures("short_patience")
def test_a_new_database_that_is_locked(tmp_path: Path, url: str) -> None:
    with closing(_connect(tmp_path)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreError, match="is locked by another program"):
            ReviewStore.open(url)
        other.rollback()
        ReviewStore.open(url).close()


def test_checking_that_the_store_is_writable_changes_nothing(
    store: ReviewStore, make_review: MakeReview
) -> None:
    review = make_review("r1")
    store.add(review)
    store.check_writable()
    assert store.find(limit=9) == [review]


@pytest.mark.parametrize("content", [b"# a deck, not a database\n" * 400, b"SQLite format 3\0junk"])
def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path, url: str, content: bytes) -> None:
    file = tmp_path / "reviews.db"
    file.write_bytes(content)
    with pytest.raises(StoreError, match=r"is not a tutor database|is damaged") as error:
        ReviewStore.open(url)
    one_line(error)
    assert file.read_bytes() == content


def test_a_corrupt_database(tmp_path: Path, url: str, make_review: MakeReview) -> None:
    with ReviewStore.open(url) as store:
        store.add_many([make_review(f"r{n}", "answer " * 200) for n in range(50)])
    file = tmp_path / "reviews.db"
    content = bytearray(file.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)  # all pages but the first
    file.write_bytes(content)
    with pytest.raises(StoreError, match="is damaged; restore it from a backup") as error:
        ReviewStore.open(url)
    one_line(error)
    assert file.read_bytes() == content


def test_a_full_disk_keeps_what_is_stored(store: ReviewStore, make_review: MakeReview) -> None:
    review = make_review("r1")
    store.add(review)
    with store.database.writing() as connection:  # SQLite's own limit stands for the disk's
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StoreError, match="the disk is full") as error:
        store.add(make_review("r2", "long " * 100_000))
    one_line(error)
    assert store.find(limit=9) == [review]


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("reviews.db", "is not a database URL"),
        ("", "is not a database URL"),
        ("mysql://localhost/x", "'mysql' databases are not supported"),
        ("sqlite://", "keeps nothing; name a file"),
        ("sqlite:///:memory:", "keeps nothing; name a file"),
        ("postgresql+nodriver://ann:secret@host/db", "needs a driver"),
    ],
)
def test_urls_that_cannot_be_used(url: str, message: str) -> None:
    with pytest.raises(StoreError, match=message) as error:
        ReviewStore.open(url)
    assert "secret" not in one_line(error)


def _connect(folder: Path) -> sqlite3.Connection:
    return sqlite3.connect(folder / "reviews.db", isolation_level=None, timeout=0.1)
