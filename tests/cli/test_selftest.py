"""The self-test over a pipe, as a program or a file of answers drives it."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli import fake_grader

ROOT = Path(__file__).parents[2]
FAKE = [sys.executable, fake_grader.__file__]


def events(text):
    return [json.loads(line) for line in text.splitlines()]


def stored(call):
    return json.loads(call("reviews", "--json").out)


def test_every_answer_is_asked_graded_and_stored(call, deck):
    outcome = call("selftest", deck, stdin=b"right\n\nhalf\nan answer\n\nwrong\n")
    assert outcome.status == 0
    assert "3/3 · letters › Two" in outcome.out
    assert "✓ Correct" in outcome.out
    assert [review["answer"] for review in stored(call)] == ["wrong", "half\nan answer", "right"]
    assert [review["deck"] for review in stored(call)] == ["letters"] * 3


def test_the_summary_counts_and_names_the_weakest_section_and_the_store(call, deck, home):
    outcome = call("selftest", deck, stdin=b"right\n\nright\n\nwrong\n\n")
    summary = outcome.out[outcome.out.index("Summary") :]
    assert "3 of 3 answered" in summary
    assert "correct 2 · partly correct 0 · incorrect 1" in summary
    assert "0%  Two" in summary
    assert "One" not in summary
    assert str(home / "store" / "reviews.db") in summary


def test_the_end_of_the_input_ends_the_sitting(call, deck):
    outcome = call("selftest", deck, stdin=b"right\n")
    assert outcome.status == 0
    assert "1 of 3 answered" in outcome.out


def test_nothing_is_prompted_for_over_a_pipe(call, deck):
    outcome = call("selftest", deck, stdin=b"maybe\n\nq\n")
    assert "Unsure: you decide" in outcome.out
    assert "Enter" not in outcome.out
    assert "\x1b" not in outcome.out


@pytest.mark.parametrize("before", [b"half\n\no c\n\nq\n", b"half\n\no c\nright\n\nq\n"])
def test_a_ruling_behind_an_answer_overrides_it(call, deck, before):
    call("selftest", deck, stdin=before)
    first = stored(call)[-1]
    assert [ruling["verdict"] for ruling in first["overrides"]] == ["correct"]


def test_a_ruling_behind_the_last_answer_counts(call, deck):
    call("selftest", deck, "--limit", 1, stdin=b"half\n\no i\n")
    assert stored(call)[0]["overrides"][0]["verdict"] == "incorrect"


def test_a_ruling_before_any_answer_is_said_to_be_one(call, deck):
    outcome = call("selftest", deck, stdin=b"o c\nq\n")
    assert "no answer to override yet" in outcome.out


def test_events_tell_a_program_everything(call, deck):
    outcome = call("selftest", deck, "--json", stdin=b"?\nhalf\n\no c\ns\nbroken\n\n")
    seen = events(outcome.out)
    assert [each["event"] for each in seen] == [
        "question", "hint", "grade", "question", "override", "skipped", "question", "error",
        "summary",
    ]  # fmt: skip
    question, _, grade = seen[:3]
    assert (question["number"], question["total"]) == (1, 3)
    assert question["section"] == ["One"]
    assert "references" not in question
    assert grade["verdict"] == "partial"
    assert grade["references"] == ["The answer to A."]
    assert seen[4]["review_id"] == grade["review_id"]
    assert seen[-2]["error"]["type"] == "model-error"
    summary = seen[-1]
    assert (summary["answered"], summary["skipped"], summary["failed"]) == (1, 1, 1)
    assert (summary["correct"], summary["overridden"]) == (1, 1)
    assert outcome.status == 1


def test_a_grade_that_a_program_reads_says_when_nothing_was_stored(call, deck):
    outcome = call("selftest", deck, "--json", "--no-store", stdin=b"right\n\nq\n")
    assert events(outcome.out)[1]["review_id"] is None
    assert stored(call) == []


def test_a_policy_can_be_chosen(call, deck):
    grades = events(call("selftest", deck, "--policy", "strict", "--json", stdin=b"half\n").out)
    assert grades[1]["receipt"]["policy"] == "strict"


def test_rulings_inform_the_next_sitting_unless_nothing_is_to_be_stored(call, deck):
    def rests_on(*options):
        shown = call("selftest", deck, "--json", *options, stdin=b"half\n\nq\n").out
        return events(shown)[1]["receipt"]["calibration"]

    call("selftest", deck, stdin=b"half\n\no c\nright\n\no i\nq\n")
    assert (rests_on(), rests_on("--no-store")) == ("fake+2", "fake+0")


def test_a_section_is_chosen_by_a_part_of_its_title(call, deck):
    outcome = call("selftest", deck, "--section", "tw", "--json")
    first = events(outcome.out)[0]
    assert (first["question"], first["total"]) == ("What is C?", 1)


def test_an_unknown_section_names_those_there_are(call, deck):
    outcome = call("selftest", deck, "--section", "Three")
    assert outcome.status == 1
    assert outcome.err == (
        "tutor: error: no section has 'Three' in its title; the sections are: One, Two\n"
    )


def test_the_same_seed_shuffles_alike(call, deck):
    def order(seed):
        outcome = call("selftest", deck, "--seed", seed, "--json", stdin=b"s\ns\ns\n")
        return [each["question"] for each in events(outcome.out) if each["event"] == "question"]

    assert order(3) == order(3)
    assert len({tuple(order(seed)) for seed in range(6)}) > 1


def test_without_a_deck_the_bundled_instructgpt_deck_is_asked(call):
    first = events(call("selftest", "--json").out)[0]
    assert first["deck"] == "InstructGPT"


@pytest.mark.parametrize("name", ["Memory-and-Learning", "memory and learning"])
def test_a_bundled_deck_is_found_by_its_file_or_its_name(call, name):
    assert events(call("selftest", name, "--json").out)[0]["deck"] == "Memory and learning"


def test_a_folder_of_decks_without_instructgpt_is_asked_whole(call, deck, home, monkeypatch):
    (home / "decks").mkdir()
    (home / "decks" / "one.md").write_text("Q: One?\nA: First.\n")
    (home / "decks" / "two.md").write_text("Q: Two?\nA: Second.\n")
    monkeypatch.setenv("TUTOR_CARDS", str(home / "decks"))
    assert events(call("selftest", "--json").out)[0]["total"] == 2


def test_naming_a_broken_deck_says_what_is_wrong_with_it(call, home, monkeypatch):
    (home / "decks").mkdir()
    (home / "decks" / "broken.md").write_text("A: no question\n")
    monkeypatch.setenv("TUTOR_CARDS", str(home / "decks"))
    assert "broken.md:1: " in call("selftest", "broken").err


def test_an_unknown_deck_name_suggests_the_nearest(call):
    outcome = call("selftest", "instructgtp")
    assert outcome.status == 1
    assert "did you mean 'instructgpt'?" in outcome.err
    assert outcome.err.count("\n") == 1


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.md", b""),
        ("prose.md", b"no cards here\n"),
        ("binary.md", b"Q: a\x00b\nA: c\n"),
        ("gbk.md", "Q: 问题\nA: 答案\n".encode("gbk")),
        ("broken.md", b"A: an answer without a question\n"),
        ("missing.md", None),
    ],
)
def test_a_deck_that_cannot_be_read_is_one_line(call, home, name, content):
    if content is not None:
        (home / name).write_bytes(content)
    outcome = call("selftest", home / name)
    assert (outcome.status, outcome.out) == (1, "")
    assert outcome.err.startswith("tutor: error: ")
    assert name in outcome.err
    assert outcome.err.count("\n") == 1


def test_a_store_that_cannot_be_opened_is_said_before_the_first_question(call, deck, home):
    (home / "store").write_text("a file where a folder should be")
    outcome = call("selftest", deck, stdin=b"right\n\n")
    assert (outcome.status, outcome.out) == (1, "")
    assert outcome.err.count("\n") == 1


def test_answers_that_are_not_utf8_end_the_sitting_with_what_was_done_kept(call, deck):
    outcome = call("selftest", deck, stdin=b"right\n\n\xff\xfe\n\n")
    assert outcome.status == 1
    assert "1 of 3 answered" in outcome.out
    assert outcome.err.startswith("tutor: error: standard input:3: ")
    assert len(stored(call)) == 1


def test_the_labels_follow_the_card_and_can_be_forced(call, home):
    (home / "zh.md").write_text("Q: 什么是对齐？\nA: 符合人的意图。\n", encoding="utf-8")
    assert "参考答案" in call("selftest", "zh.md", stdin=b"right\n\n").out
    forced = call("selftest", "zh.md", "--language", "en", stdin=b"right\n\n")
    assert "Reference answer" in forced.out


def test_a_forced_language_is_that_of_the_feedback(call, deck, grader):
    call("selftest", deck, "--language", "zh", stdin=b"right\n\n")
    call("selftest", deck, stdin=b"right\n\n")
    assert [language for _, _, language in grader.asked] == ["zh", None]


def test_an_answer_beyond_the_limit_is_not_graded_and_the_rest_goes_on(call, deck):
    outcome = call("selftest", deck, stdin=b"x" * 20_001 + b"\n\nright\n\nq\n")
    assert outcome.status == 1
    assert "20001 characters" in outcome.out
    assert len(stored(call)) == 1


def test_an_interrupt_keeps_what_was_done_and_sums_up(home, deck):
    with subprocess.Popen(
        [*FAKE, "selftest", str(deck)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
    ) as process:
        process.stdin.write(b"right\n\nslow\n\n")
        process.stdin.flush()
        while b"2/3" not in process.stdout.readline():
            pass
        time.sleep(0.3)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=10)
    assert process.returncode == 130
    assert b"1 of 3 answered" in out
    assert err == b""
    listed = subprocess.run([*FAKE, "reviews", "--json"], capture_output=True, cwd=ROOT, check=True)
    assert [review["answer"] for review in json.loads(listed.stdout)] == ["right"]


def test_at_a_terminal_there_are_prompts_and_one_word_on_how_it_works(home, deck):
    mine, theirs = pty.openpty()
    environment = {**os.environ, "TERM": "xterm", "NO_COLOR": "1"}
    with subprocess.Popen(
        [*FAKE, "selftest", str(deck)], stdin=theirs, stdout=theirs, cwd=ROOT, env=environment
    ) as process:
        os.close(theirs)
        os.write(mine, b"right\n\n\nmaybe\n\n1\nq\n")
        shown = _everything(mine)
        assert process.wait(10) == 0
    os.close(mine)
    assert shown.count("Type your answer") == 1
    assert "Enter: next" in shown
    assert "Overridden: “Correct”." in shown
    assert "2 of 3 answered" in shown
    assert "\x1b[32m" not in shown  # no green when NO_COLOR is set


def _everything(terminal: int) -> str:
    parts = []
    try:
        while part := os.read(terminal, 4096):
            parts.append(part)
    except OSError:  # how Linux ends a terminal whose other side is closed
        pass
    return b"".join(parts).decode()
