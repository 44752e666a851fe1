from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from pydantic import TypeAdapter
from sqlalchemy import create_engine, inspect, select

from tutor.errors import StoreError
from tutor.grading.item import Item
from tutor.store.migration import alembic_config
from tutor.store.reviews import ReviewStore
from tutor.store.schema import HEAD, metadata, reviews
from tutor.study.review import Override, Review

MakeReview = Callable[..., Review]


def test_head_is_the_newest_migration(store: ReviewStore) -> None:
    with store.database.reading() as connection:
        script = ScriptDirectory.from_config(alembic_config(connection))
        assert script.get_current_head() == HEAD


def test_migrations_make_the_tables_that_the_code_uses(store: ReviewStore) -> None:
    with store.database.writing() as connection:
        command.downgrade(alembic_config(connection), "base")
        command.upgrade(alembic_config(connection), "head")
    with store.database.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_a_new_database_is_what_migrations_would_have_made(store: ReviewStore) -> None:
    def described() -> dict[str, object]:
        with store.database.reading() as connection:
            seen = inspect(connection)
            return {
                table: (
                    [(c["name"], str(c["type"]), c["nullable"]) for c in seen.get_columns(table)],
                    seen.get_pk_constraint(table)["constrained_columns"],
                    sorted(
                        (u["name"] or "", *u["column_names"])
                        for u in seen.get_unique_constraints(table)
                    ),
                    sorted(
                        (
                            i["name"],
                            i["unique"],
                            *i["column_names"],
                            str(i["dialect_options"].get("sqlite_where")),
                        )
                        for i in seen.get_indexes(table)
                    ),
                    sorted((c["name"], c["sqltext"]) for c in seen.get_check_constraints(table)),
                    [
                        (f["referred_table"], f["constrained_columns"])
                        for f in seen.get_foreign_keys(table)
                    ],
                )
                for table in seen.get_table_names()
            }

    created = described()
    with store.database.writing() as connection:
        command.downgrade(alembic_config(connection), "base")
        command.upgrade(alembic_config(connection), "head")
    assert described() == created


@pytest.mark.parametrize("filled", [False, True])
def test_down_and_up_again(store: ReviewStore, make_review: MakeReview, filled: bool) -> None:
    if filled:
        store.add(make_review("old"))
    with store.database.writing() as connection:
        command.downgrade(alembic_config(connection), "base")
    with store.database.reading() as connection:
        assert set(inspect(connection).get_table_names()) - {"sqlite_sequence"} == {
            "alembic_version"
        }
    with store.database.writing() as connection:
        command.upgrade(alembic_config(connection), "head")
    store.add(make_review("new"))
    assert [review.id for review in store.find(limit=9)] == ["new"]


def test_a_database_of_the_first_schema_keeps_every_row(
    url: str, tmp_path: Path, make_review: MakeReview
) -> None:
    plain = make_review("plain", "力除以面积 🙂")
    ruling = Override(verdict="correct", note="对", created_at=plain.created_at)
    ruled = make_review("ruled", deck=None, card_id=None).model_copy(
        update={"overrides": (ruling,)}
    )
    _make_first_schema(tmp_path / "reviews.db", [plain, ruled])
    with ReviewStore.open(url) as store:
        assert store.find(limit=9) == [ruled, plain]
        assert store.add_regrade("plain", plain.grade, plain.created_at).local_grade == plain.grade
        with store.database.writing() as connection:
            assert set(connection.execute(select(reviews.c.disputed)).scalars()) == {False}
            command.downgrade(alembic_config(connection), "0001")
    assert _rows(tmp_path / "reviews.db") == _first_rows([plain, ruled])
    with ReviewStore.open(url) as store:  # what the first schema has no place for is lost
        assert store.find(limit=9) == [ruled, plain]


def _make_first_schema(file: Path, kept: list[Review]) -> None:
    with create_engine(f"sqlite:///{file}").begin() as connection:
        command.upgrade(alembic_config(connection), "0001")
    with closing(sqlite3.connect(file)) as raw:
        for name, rows in _first_rows(kept).items():
            for row in rows:
                raw.execute(f"INSERT INTO {name} VALUES ({','.join('?' * len(row))})", row)
        raw.commit()


def _first_rows(kept: list[Review]) -> dict[str, list[tuple[object, ...]]]:
    def text(value: object) -> str:
        return json.dumps(value, ensure_ascii=False)

    time = "2026-11-24 08:30:15.123456"
    return {
        "reviews": [
            (
                number, review.id, time, review.card_id, review.deck,
                text(TypeAdapter(Item).dump_python(review.item, mode="json")), review.answer,
                text(review.grade.model_dump(mode="json")), review.grade.verdict, False,
            )
            for number, review in enumerate(kept, start=1)
        ],
        "overrides": [
            (number, review.id, time, ruling.verdict, ruling.note)
            for number, (review, ruling) in enumerate(
                ((review, ruling) for review in kept for ruling in review.overrides), start=1
            )
        ],
    }  # fmt: skip


def _rows(file: Path) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(file)) as raw:
        return {
            name: raw.execute(f"SELECT * FROM {name} ORDER BY number").fetchall()
            for name in ("reviews", "overrides")
        }


def test_a_migration_that_is_rolled_back_leaves_the_database_as_it_was(
    store: ReviewStore, make_review: MakeReview
) -> None:
    review = make_review("r1")
    store.add(review)
    with store.database.trying() as connection:
        command.downgrade(alembic_config(connection), "base")
    assert store.get("r1") == review


def test_an_emptied_database_is_filled_again_at_open(url: str, make_review: MakeReview) -> None:
    with ReviewStore.open(url) as store, store.database.writing() as connection:
        command.downgrade(alembic_config(connection), "base")
    with ReviewStore.open(url) as store:
        store.add(make_review("r1"))
        assert len(store.find(limit=9)) == 1


def test_a_newer_schema_is_refused_and_left_alone(tmp_path: Path, url: str) -> None:
    ReviewStore.open(url).close()
    with closing(sqlite3.connect(tmp_path / "reviews.db")) as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
        raw.commit()
    with pytest.raises(StoreError, match=r"reviews\.db was made by a newer tutor \(schema 9999"):
        ReviewStore.open(url)
    with closing(sqlite3.connect(tmp_path / "reviews.db")) as raw:
        assert raw.execute("SELECT version_num FROM alembic_version").fetchall() == [("9999",)]


def test_a_database_of_another_program_is_refused_and_left_alone(tmp_path: Path, url: str) -> None:
    with closing(sqlite3.connect(tmp_path / "reviews.db")) as raw:
        raw.execute("CREATE TABLE reviews (grade text)")
    with pytest.raises(StoreError, match=r"belongs to another program .* table 'reviews'"):
        ReviewStore.open(url)
    with closing(sqlite3.connect(tmp_path / "reviews.db")) as raw:
        assert raw.execute("SELECT name FROM sqlite_master").fetchall() == [("reviews",)]


def test_several_programs_may_open_a_new_database_at_once(url: str) -> None:
    with ThreadPoolExecutor(6) as pool:
        for store in pool.map(lambda _: ReviewStore.open(url), range(6)):
            assert store.find(limit=1) == []
            store.close()


def test_a_database_at_head_opens_without_alembic(url: str) -> None:
    ReviewStore.open(url).close()
    code = (
        "import sys; from tutor.store.reviews import ReviewStore; "
        f"ReviewStore.open({url!r}).close(); sys.exit('alembic' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
