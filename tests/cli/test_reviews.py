from __future__ import annotations

import json
import sqlite3

import pytest

import tutor.settings
from tutor.errors import ModelError


@pytest.fixture
def reviewed(call, deck):
    """Two reviews of the deck: one correct, one unsure."""
    call("selftest", deck, stdin=b"right\n\nmaybe\n\nq\n")
    return [review["id"] for review in json.loads(call("reviews", "--json").out)]


def test_the_latest_review_comes_first(call, reviewed):
    lines = call("reviews").out.splitlines()
    assert lines[1].startswith(reviewed[0])
    assert "partial?" in lines[1]
    assert lines[2].endswith("right")


def test_the_number_of_reviews_is_limited(call, reviewed):
    listed = json.loads(call("reviews", "--limit", 1, "--json").out)
    assert [review["id"] for review in listed] == reviewed[:1]


def test_reviews_of_one_deck_are_chosen_by_its_name(call, reviewed):
    assert len(json.loads(call("reviews", "--deck", "letters", "--json").out)) == 2
    assert call("reviews", "--deck", "numbers").out == "No reviews found.\n"


def test_the_queue_is_what_waits_for_a_person(call, reviewed):
    waiting = json.loads(call("reviews", "--queue", "--json").out)
    assert [review["id"] for review in waiting] == reviewed[:1]
    assert "partial?" in call("reviews", "--queue", "--deck", "letters").out
    call("reviews", "override", reviewed[0], "correct")
    assert call("reviews", "--queue").out == "No review waits for a person.\n"


def test_an_override_is_said_stored_and_counted(call, reviewed):
    outcome = call("reviews", "override", reviewed[1], "incorrect", "--note", "misread")
    assert outcome.out == f"{reviewed[1]}: incorrect (was correct)\n"
    (ruling,) = json.loads(call("reviews", "--json").out)[1]["overrides"]
    assert (ruling["verdict"], ruling["note"]) == ("incorrect", "misread")
    (counts,) = json.loads(call("stats", "--json").out)
    assert counts == {
        "deck": "letters", "reviews": 2, "correct": 0, "partial": 1, "incorrect": 1, "unsure": 1,
        "overridden": 1,
        "strictness": {"policy": "standard", "verdicts": 1, "than_policy": "the same"},
    }  # fmt: skip


def test_an_unknown_review_is_one_line(call):
    outcome = call("reviews", "override", "r0", "correct")
    assert outcome.status == 1
    assert outcome.err.startswith("tutor: error: no review has the id 'r0'")


def test_stats_are_a_table_for_people(call, reviewed):
    head, row, _, policy = call("stats").out.splitlines()
    assert head.split() == [
        "deck", "reviews", "correct", "partial", "incorrect", "unsure", "overridden",
    ]  # fmt: skip
    assert row.split() == ["letters", "2", "1", "1", "0", "1", "0"]
    assert policy == "Policy: standard"


def test_stats_say_on_how_many_verdicts_a_decks_strictness_rests(call, reviewed, monkeypatch):
    monkeypatch.setenv("TUTOR_POLICY", "strict")
    call("reviews", "override", reviewed[1], "incorrect")
    assert call("stats").out.splitlines()[-2:] == [
        "Policy: strict",
        "  letters: as strict as the policy, learned from 1 verdict",
    ]


def test_stats_without_a_grader_are_the_counts(call, reviewed, monkeypatch):
    def fail(settings):
        raise ModelError("the model is away; start it")

    call("reviews", "override", reviewed[1], "incorrect")
    monkeypatch.setattr(tutor.settings, "build_grader", fail)
    outcome = call("stats", "--json")
    (counts,) = json.loads(outcome.out)
    assert (outcome.status, counts["overridden"], counts["strictness"]) == (0, 1, None)
    assert outcome.err == "tutor: strictness is not shown: the model is away; start it\n"


def test_an_empty_store_is_no_error(call):
    assert call("stats").out == 'No reviews yet; "tutor selftest" makes some.\n'
    assert call("reviews").out == "No reviews found.\n"


def test_a_locked_store_is_one_line(call, reviewed, home, deck, monkeypatch):
    monkeypatch.setattr("tutor.store.engine._PATIENCE_SECONDS", 0.1)
    other = sqlite3.connect(home / "store" / "reviews.db", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    try:
        outcome = call("selftest", deck, stdin=b"right\n\n")
    finally:
        other.close()
    assert (outcome.status, outcome.out) == (1, "")
    assert outcome.err.count("\n") == 1


def test_a_file_that_is_no_database_is_one_line(call, home):
    (home / "store").mkdir()
    (home / "store" / "reviews.db").write_bytes(b"no database" * 1000)
    for command in ("stats", "reviews"):
        outcome = call(command)
        assert outcome.status == 1
        assert outcome.err.startswith("tutor: error: ")
        assert outcome.err.count("\n") == 1


def test_the_judges_verdict_is_shown_with_the_one_whose_place_it_took(call, deck, wired):
    wired()
    call("selftest", deck, stdin=b"maybe raise\n\nmaybe\n\nmaybe doubt lower\n\n")
    *_, third, second, first = call("reviews").out.splitlines()
    assert "  correct (was partial)  " in first
    assert "  partial  " in second
    assert "  incorrect? (was partial)  " in third
