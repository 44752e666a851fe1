"""Sittings at two speeds: the local grade at once, and the judge whenever it speaks."""

from __future__ import annotations

from threading import Timer

import pytest

from tests.cli.judged_sitting import COMES, CTRL_C, HEARS, held, in_order, summary, verdicts
from tutor.errors import StoreError
from tutor.store.reviews import ReviewStore


def test_the_local_grade_is_shown_first_and_the_judges_below_it(sit_judged, judged_tutor):
    sitting, shown = sit_judged("maybe raise", "", HEARS, "q")
    assert in_order(
        shown,
        "? Unsure: you decide",
        "The judge m1 is checking",
        "✓ The judge: Partly correct → Correct",
    )
    assert verdicts(judged_tutor) == ["correct"]
    assert (sitting.tally.count("correct"), sitting.tally.unsure) == (1, 0)


def test_the_local_grade_is_committed_before_the_judge_speaks(sit_judged, judged_tutor):
    sit_judged("maybe raise", "", CTRL_C, stops=KeyboardInterrupt)
    (review,) = judged_tutor.reviews()
    assert (review.verdict, review.local_grade) == ("partial", None)


def test_a_judge_that_agrees_takes_one_line(sit_judged):
    _, shown = sit_judged("right", "", HEARS, "q", judge="always")
    news = shown[shown.index("The judge agrees") :]
    assert news.startswith("The judge agrees: Correct  score 100/100 · quite sure (95%)\n")
    assert news.strip().count("\n") == 0
    assert shown.count("you wrote: “right”") == 1


def test_what_the_judge_sees_otherwise_is_shown_with_the_learners_words(sit_judged):
    _, shown = sit_judged("maybe lower", "", HEARS, "q")
    news = shown[shown.index("Partly correct → Incorrect") :]
    assert "! the key point" in news
    assert "you wrote: “maybe lower”" in news


def test_an_unsure_judge_leaves_it_to_the_learner(sit_judged, judged_tutor):
    _, shown = sit_judged("maybe doubt", "", HEARS, "1", "q")
    assert in_order(shown, "it is unsure: you decide", "Unsure because: they are far apart.")
    assert verdicts(judged_tutor) == ["correct"]


def test_a_judge_that_settles_it_asks_her_for_nothing(sit_judged):
    _, shown = sit_judged("maybe raise", "", HEARS, "", "q")
    assert "2/3" in shown  # the one Enter went on: no ruling was asked for


def test_with_never_nobody_is_asked(sit_judged, judge):
    sit_judged("maybe", "", "", "q", judge="never")
    assert judge.asked == []


def test_enter_goes_on_and_the_judge_is_told_before_the_next_question(sit_judged, judged_tutor):
    sitting, shown = sit_judged("maybe raise", "", "", COMES, "right", "", "", "q")
    assert in_order(
        shown, "2/3", "✓ Correct", "The judge on card 1: What does the letter", "→ Correct", "3/3"
    )
    assert verdicts(judged_tutor) == ["correct", "correct"]
    assert sitting.tally.judge.changed == 1


def test_a_late_word_names_its_card_on_one_line(judged_tutor, judge):
    long = "maybe raise", "", "", COMES, "q"
    _, shown = held(judged_tutor, judge, *long, width=40)
    assert "The judge on card 1: What does the lett…\n" in shown  # 40 columns


def test_nothing_is_told_in_the_middle_of_typing(sit_judged):
    _, shown = sit_judged("maybe raise", "", "", "a first line", COMES, "right", "", "", "q")
    assert in_order(shown, "2/3", "✓ Correct", "The judge on card 1", "3/3")


def test_she_may_rule_before_the_judge_and_her_ruling_stands(sit_judged, judged_tutor):
    sitting, shown = sit_judged("maybe raise", "", "3", COMES, "", "q")
    (review,) = judged_tutor.reviews()
    assert (review.grade.verdict, review.verdict) == ("correct", "incorrect")
    assert (sitting.tally.count("incorrect"), sitting.tally.overrides) == (1, 1)
    assert in_order(shown, "The judge on card 1", "You ruled “Incorrect”, and that stands.")


@pytest.mark.parametrize("keys", [["o c"], ["o", "c"], ["c"], ["1"]])
def test_every_way_to_rule_works_while_the_judge_is_at_it(sit_judged, judged_tutor, keys):
    sit_judged("maybe lower", "", *keys, COMES, "", "q")
    assert verdicts(judged_tutor) == ["correct"]


def test_what_is_no_command_does_not_stop_waiting(sit_judged):
    _, shown = sit_judged("maybe raise", "", "what?", HEARS, "q")
    assert "→ Correct" in shown


def test_a_late_word_that_leaves_it_open_is_asked_about_at_the_end(sit_judged, judged_tutor):
    lines = ["maybe doubt", "", "", COMES, "right", "", "", "right", "", "", "3"]
    sitting, shown = sit_judged(*lines)
    assert in_order(
        shown, "3/3", "Card 1 waits for your ruling:", "What does", "“maybe doubt”", "Overridden"
    )
    assert verdicts(judged_tutor) == ["incorrect", "correct", "correct"]
    assert sitting.tally.unsure == 0


def test_who_quits_is_not_asked_about_late_words(sit_judged):
    sitting, shown = sit_judged("maybe doubt", "", "", COMES, "q")
    assert "waits for your ruling" not in shown
    assert sitting.tally.unsure == 1


def test_at_the_end_the_judge_is_waited_for_and_that_is_said(sit_judged, judged_tutor, judge):
    Timer(0.4, judge.let).start()
    _, shown = sit_judged("maybe raise", "", "q")
    assert in_order(shown, "The judge still owes 1", "Ctrl-C", "The judge on card 1", "→ Correct")
    assert verdicts(judged_tutor) == ["correct"]


def test_an_interrupt_while_waiting_keeps_every_answer(sit_judged, judged_tutor):
    sitting, _ = sit_judged("maybe raise", "", "", "half", "", CTRL_C, stops=KeyboardInterrupt)
    assert verdicts(judged_tutor) == ["partial", "partial"]
    assert (sitting.tally.judge.seen, sitting.tally.judge.unheard) == (0, 1)


def test_an_interrupt_hears_what_has_come(sit_judged, judged_tutor):
    lines = ["maybe raise", "", "", COMES, CTRL_C]
    sitting, shown = sit_judged(*lines, stops=KeyboardInterrupt)
    assert "The judge on card 1" in shown
    assert sitting.tally.judge.seen == 1


def test_without_keeping_the_judge_is_heard_and_nothing_stored(sit_judged, judged_tutor):
    sitting, _ = sit_judged("maybe raise", "", HEARS, "q", keep=False)
    assert sitting.tally.count("correct") == 1
    assert judged_tutor.reviews() == []


def test_a_store_that_cannot_keep_the_judgement_ends_the_sitting(sit_judged, monkeypatch):
    def fail(*arguments):
        raise StoreError("the disk is full; free some space")

    monkeypatch.setattr(ReviewStore, "add_regrade", fail)
    sit_judged("maybe raise", "", HEARS, stops=StoreError)


def test_the_summary_says_what_the_judge_did_and_cost(sit_judged):
    lines = ["maybe raise", "", HEARS, "", "maybe fail", "", HEARS, "", "", "q"]
    sitting, _ = sit_judged(*lines)
    # Each of the two calls cost 1,000 + 20 tokens and 0.003 USD.
    assert "the judge saw 1 · changed 1 · failed 1 · 2,000 + 40 tokens · 0.006 USD" in summary(
        sitting
    )
