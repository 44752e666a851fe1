from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evals.metrics import Resampling
from training.answers import local_answers
from training.escalation import AGREEMENTS, FILLS, NEAR_COPIES, find, raters_agreement, with_table
from training.escalation_choice import Part, choose, lower_bound, lowest, mean_rate
from training.escalation_measure import family_mean, left_out_of, routes, witness
from training.escalation_report import as_json, markdown, total
from training.examine import examine, untrained
from training.sets import OWN, SETS, LabelledSet, read_set
from training.standing import Cell, Stated, StatedSet, stated_rows
from tutor.grading.calibration import load_calibration
from tutor.grading.escalation import Enough, is_enough
from tutor.grading.local import LocalGrader

CALIBRATION = load_calibration()
FREE = Cell("free", "correct")
FILES = Path(OWN).parent
OWN_EVEN = next(s for s in SETS if s.files == (OWN,) and s.half == 0)


def stated(right: list[bool], confidence: list[float], *, settled: bool = False) -> Stated:
    """Sure grades of correct on free answers, every one to a question of its own."""
    size = len(right)
    return Stated(
        rows=np.arange(size),
        questions=np.array([f"q{i}" for i in range(size)]),
        cloze=np.zeros(size, dtype=np.bool_),
        human=np.where(right, 2, 1),
        verdict=np.full(size, 2, dtype=np.intp),
        confidence=np.array(confidence, dtype=np.float64),
        settled=np.full(size, settled),
        sure=np.ones(size, dtype=np.bool_),
    )


def stated_set(name: str, one: Stated, family: str = "", half: int | None = None) -> StatedSet:
    return StatedSet(LabelledSet(name, ("rows.jsonl",), "MIT", family, half=half), one, one)


def part(right: list[bool], family: str = "a", each: int = 1, confidence: float = 0.9) -> Part:
    """Answers of one confidence, `each` to a question."""
    questions = np.array([f"{family}{i // each}" for i in range(len(right))])
    rows = np.arange(len(right))
    return Part(family, rows, questions, np.full(len(right), confidence), np.array(right))


GOOD = stated([True] * 20 + [False] * 20, [0.9] * 20 + [0.7] * 20)
"""All right at .9, all wrong at .7."""
DECKS = [stated_set(f"set {i}", GOOD) for i in range(4)]


def test_the_walk_stops_where_people_no_longer_agree():
    # At .9 all of three sets agree, at .7 half of them do.
    assert choose(DECKS[:3], 0.9, "each") == {FREE: 0.72}
    assert choose(DECKS[:3], 0.5, "each") == {FREE: 0.5}


def test_an_answer_that_is_graded_again_is_no_other_answer():
    again = [part([True] * 20, n)._replace(rows=np.arange(20) % 5) for n in "abc"]
    assert lowest([again], 0.9, mean_rate, 3) is None


def test_two_sets_have_no_say_about_free_answers():
    assert choose(DECKS[:2], 0.5, "each") == {}


def test_a_lower_confidence_after_a_failure_is_not_looked_at():
    # 10 of 20 right at .9 would stop the walk, however many are right at .6.
    parts = [part([True, False] * 10, n) for n in "abc"]
    late = [p._replace(confidence=np.r_[p.confidence, np.full(200, 0.6)],
                       right=np.r_[p.right, np.ones(200, dtype=bool)],
                       rows=np.arange(220),
                       questions=np.r_[p.questions, [f"{p.family}late{i}" for i in range(200)]])
            for p in parts]  # fmt: skip
    assert lowest([late], 0.9, mean_rate, 3) is None


def test_both_states_of_a_deck_must_agree():
    bad = [stated_set(f"set {i}", GOOD)._replace(learned=stated([False] * 20, [0.9] * 20))
           for i in range(3)]  # fmt: skip
    assert choose(bad, 0.9, "each") == {}


def test_families_weigh_alike_whatever_their_sets_and_answers():
    # a: (1 + 0) / 2, b: 1; in all 3/4.
    parts = [part([True] * 10), part([False] * 30), part([True] * 50, "b")]
    assert mean_rate(parts) == pytest.approx(0.75)


def test_the_bound_is_that_of_independent_answers():
    # 0.05^(1/60) = 0.9513: sixty right ones in a row have this chance of .05.
    assert lower_bound([part([True] * 60)]) == pytest.approx(0.05 ** (1 / 60))


def test_answers_to_one_question_count_as_one_where_they_stand_and_fall_together():
    assert lower_bound([part([True] * 60, each=6)]) == pytest.approx(0.05 ** (1 / 10))
    mixed = [True] * 54 + [False] * 6
    assert lower_bound([part(mixed, each=6)]) < lower_bound([part(mixed)])


@given(st.lists(st.booleans(), min_size=1, max_size=60), st.integers(1, 6))
@settings(deadline=None, max_examples=100)
def test_the_bound_lies_below_the_rate(right, each):
    assert 0 <= lower_bound([part(right, each=each)]) <= mean_rate([part(right, each=each)]) + 1e-9


def test_one_confidence_for_all_lets_settled_grades_make_up_for_others():
    proved = stated([True] * 60, [0.97] * 60, settled=True)
    mixed = Stated(*(np.concatenate(pair) for pair in zip(
        vars(proved).values(), vars(GOOD).values(), strict=True)))  # fmt: skip
    decks = [stated_set(f"set {i}", mixed) for i in range(3)]
    # All together 80 of 100 agree at .7, of the correct ones alone 20 of 40.
    assert choose(decks, 0.8, "all together")[FREE] == 0.5
    assert choose(decks, 0.8, "each") == {FREE: 0.72}


def test_nothing_is_chosen_on_the_questions_that_are_measured():
    made = {
        (family, half): stated_set(f"{family}{half}", GOOD, family, half)
        for family, half in [("own", 0), ("own", 1), ("own", None), ("mohler", None), ("", None)]
    }
    kept = left_out_of(list(made.values()), made["own", 0])
    assert kept == [made["own", 1], made["mohler", None], made["", None]]
    assert made["own", 0] not in left_out_of(list(made.values()), made["own", None])


def test_what_stands_is_what_is_enough_for_the_grader():
    cases = read_set(FILES, FILLS[0])[:40] + read_set(FILES, OWN_EVEN)[:40]
    examined = examine(cases, untrained(None))
    answers = local_answers(examined, CALIBRATION.signals)
    rows = np.arange(len(cases))
    found = stated_rows(examined, answers, rows, CALIBRATION, CALIBRATION.learn(()))
    stands = found.standing({Cell("cloze", "incorrect"): 0.85, FREE: 0.75})
    table = (
        Enough(
            agreement=0.9,
            free={"correct": 0.75},
            cloze={"incorrect": 0.85},
            kept=0.5,
            measured=0.9,
        ),
    )
    grader = LocalGrader(CALIBRATION)
    for case, standing in zip(cases, stands, strict=True):
        local = grader.grade(case.item, case.answer)
        assert is_enough(local, case.item.kind, table, 0.9) == standing
    assert 0 < stands.sum() < len(cases)


@pytest.fixture(scope="module")
def findings():
    decks = [*DECKS, stated_set(NEAR_COPIES.name, GOOD)._replace(labelled=NEAR_COPIES)]
    return decks, find(decks, Resampling(resamples=20), raters=0.85)


def test_the_table_holds_what_every_verdict_reaches_by_itself(findings):
    decks, found = findings
    shipped = with_table(CALIBRATION, decks, found)
    assert [row.agreement for row in shipped.escalation] == list(AGREEMENTS)
    for row in shipped.escalation:
        assert row.free == {"correct": max(0.72, CALIBRATION.sure_correct_from)}
        # Half of the answers stand, and people agree with all of them.
        assert (row.kept, row.measured) == (0.5, 1.0)


def test_no_least_confidence_lies_below_that_of_a_sure_grade(findings):
    decks, found = findings
    careful = CALIBRATION.model_copy(update={"sure_correct_from": 0.95})
    assert with_table(careful, decks, found).escalation[0].free == {"correct": 0.95}


def test_the_report_shows_every_set_and_the_set_that_is_measured_only(findings):
    decks, found = findings
    shipped = with_table(CALIBRATION, decks, found)
    text = markdown(found, shipped, "none")
    assert all(f"| {one.labelled.name} |" in text for one in decks)
    assert "--embedder" not in text
    assert "--embedder bundled" in markdown(found, shipped, "bundled")
    assert as_json(found, shipped)["raters"] == 0.85


def test_the_total_of_a_cascade_is_arithmetic(findings):
    _, found = findings
    # One half stands and is right, the judge is right in .8 of the other: 0.5 + 0.4.
    assert total(found.of_shipped(0.95), 0.8) == pytest.approx(0.9)


def test_sure_grades_are_told_by_how_they_come_about():
    proved = stated([True] * 30, [0.97] * 30, settled=True)
    by_name = {one.name: one for one in routes([*DECKS, stated_set("proved", proved)])}
    assert set(by_name) == {"free: accepted", "free: correct, sure"}
    assert by_name["free: accepted"].pooled == 1.0
    # 80 of 160 agree.
    assert by_name["free: correct, sure"].answers == 160
    assert by_name["free: correct, sure"].pooled == by_name["free: correct, sure"].by_family == 0.5


def test_verdicts_of_people_spread_by_confidence():
    found = witness(DECKS)
    # Half of all grades are correct with .9 and right, the others with .7 and partial to people.
    assert found["0.8 to 1.0"]["correct"] == [0.5, 0.0, 0.0, 1.0]
    assert found["0.7 to 0.8"]["correct"] == [0.5, 0.0, 1.0, 0.0]
    assert found["settled"] == {}


def test_a_mean_over_families_leaves_out_what_is_unknown():
    assert family_mean([("a", 0.5), ("a", 0.7), ("b", 1.0), ("c", None)]) == pytest.approx(0.8)


def test_raters_are_measured_on_sets_that_people_labelled():
    cases = read_set(FILES, OWN_EVEN)[:20]
    examples = {one.name: examine(cases, untrained(None)) for one in SETS}
    # The same rows under other names: language models labelled them, nearly as one.
    assert 0.9 < raters_agreement(examples) <= 1.0
