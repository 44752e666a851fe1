from __future__ import annotations

import json
from pathlib import Path

import pytest

CARDS = """\
# Title

## One

Q: What is A?
A: First claim; second claim.

C: [x] and [y]

Q: What is B?
A: Something.
R: one point
R: ~ another
R: = Something else
"""


@pytest.fixture
def cards(home):
    path = home / "cards.md"
    path.write_text(CARDS, encoding="utf-8")
    return path


def test_cards_as_data_follow_the_contract(call, cards):
    listed = json.loads(call("cards", "list", cards, "--json").out)
    assert set(listed[0]) == {
        "id", "hash", "kind", "deck", "section", "file", "line", "question", "references",
        "key_points", "blank",
    }  # fmt: skip
    assert [(card["line"], card["kind"], card["blank"]) for card in listed] == [
        (5, "basic", None),
        (8, "cloze", 0),
        (8, "cloze", 1),
        (10, "basic", None),
    ]
    assert listed[0]["key_points"] == ["First claim", "second claim"]
    assert (listed[1]["question"], listed[1]["references"]) == ("[...] and y", ["x"])
    assert listed[3]["references"] == ["Something.", "Something else"]
    assert listed[3]["key_points"] == ["one point", "another"]


def test_a_person_gets_a_line_a_card(call, cards):
    lines = call("cards", "list", cards).out.splitlines()
    assert lines[0].split() == ["id", "line", "section", "question", "reference"]
    assert len(lines) == 1 + 4 + 1
    assert lines[-1] == "4 cards"


def test_strict_reading_takes_rubric_lines_as_text(call, home):
    (home / "plain.md").write_text("Q: a?\nA: b\nR: one point\n", encoding="utf-8")
    (card,) = json.loads(call("cards", "list", "plain.md", "--json", "--strict").out)
    assert card["references"] == ["b\nR: one point"]


def test_strict_reading_refuses_what_hashcards_refuses(call, cards):
    outcome = call("cards", "check", cards, "--strict")
    assert outcome.status == 1
    assert "cards.md:1: error: " in outcome.out


def test_the_seed_deck_counts(call):
    seed = Path(__file__).parents[2].parent / "shared" / "decks" / "instructgpt-seed.md"
    if not seed.exists():
        pytest.skip("the seed deck is not beside this checkout")
    summary = call("cards", "check", seed).out.splitlines()[-1]
    assert summary.startswith("1 deck: 50 questions, 58 blanks in 31 cloze texts; 0 errors")


def test_problems_say_where_and_how_bad(call, home):
    (home / "bad.md").write_text("Q: Why?\nA: it depends\n", encoding="utf-8")
    outcome = call("cards", "check", "bad.md")
    assert outcome.status == 0
    assert outcome.out.startswith("bad.md:1: warning: ")


def test_only_errors_fail_the_check_and_other_decks_are_checked_still(call, home, cards):
    (home / "broken.md").write_text("A: no question\n", encoding="utf-8")
    outcome = call("cards", "check", home)
    assert outcome.status == 1
    assert "broken.md:1: error: " in outcome.out
    assert "1 deck: 2 questions, 2 blanks in 1 cloze text; 1 error" in outcome.out


def test_problems_are_data_too(call, home):
    (home / "broken.md").write_text("A: no question\n", encoding="utf-8")
    outcome = call("cards", "check", "broken.md", "--json")
    found = json.loads(outcome.out)
    assert outcome.status == 1
    assert found["decks"] == []
    (problem,) = found["problems"]
    assert (problem["severity"], problem["line"]) == ("error", 1)


@pytest.mark.parametrize("command", ["check", "list"])
def test_a_path_that_is_not_there_fails_in_one_line(call, command):
    outcome = call("cards", command, "none.md")
    assert outcome.status == 1
    assert "none.md" in outcome.out + outcome.err
    assert "Traceback" not in outcome.err


def test_text_of_a_deck_cannot_act_on_the_terminal(call, home):
    (home / "red.md").write_text("Q: \x1b[31mred?\nA: [bold]yes[/bold] indeed\n", encoding="utf-8")
    shown = call("cards", "list", "red.md")
    assert "\x1b" not in shown.out + shown.err
    assert "[bold]yes[/bold]" in shown.out
