"""Laws on graders: one that keeps them all, and for each law one that breaks it."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from evals.cases import CaseFile
from evals.laws.bases import read_bases
from evals.laws.book import LAWS
from evals.laws.law import Must
from evals.laws.rates import grader_on_laws
from evals.laws.report import worst_breaks
from evals.laws.runs import REORDERED, REPEATED, run_laws
from evals.laws.trials import trials_on
from evals.splits import Split
from tutor.errors import ModelError

LIST = "说出奖励模型的三点作用，列出三个。"
POINTS = ["因为它模仿人写的示范", "用 3 个监督微调模型打分", "输出标量分数"]
STACKS = "栈和队列有什么不同？"
ROWS = [
    (LIST, ["；".join(POINTS)], "用 3 个监督微调模型打分；输出标量分数", "partial"),
    (LIST, ["；".join(POINTS)], "它画图", "incorrect"),
    (STACKS, ["栈后进先出；队列先进先出。"], "队列先进先出；栈后进先出", "correct"),
    ("How fast does it grow?", ["The rust grows 3 mm a year; the paint peels off."], "It is slow.", "incorrect"),
]  # fmt: skip


@pytest.fixture
def trials(tmp_path):
    path = tmp_path / "set.jsonl"
    rows = [
        {
            "id": f"a{n}",
            "question": question,
            "references": references,
            "answer": answer,
            "label": label,
            "key_points": POINTS if question == LIST else [],
        }
        for n, (question, references, answer, label) in enumerate(ROWS)
    ]
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return trials_on(read_bases(None, [path], Split.ALL), LAWS, None, seed=0)


class Knowing:
    """Knows what every answer of the trials deserves; `wrong` maps answers to other verdicts."""

    def __init__(self, trials, make_grade, wrong=None):
        self._make_grade = make_grade
        self._verdicts = {}
        for trial in trials.made:
            self._verdicts[self._key(trial.base)] = trial.base.verdict
        for trial in trials.made:
            self._verdicts.setdefault(self._key(trial.changed), self._deserved(trial))
        self._verdicts |= wrong or {}

    @staticmethod
    def _key(case):
        return case.item, case.answer

    @staticmethod
    def _deserved(trial):
        match trial.law.must:
            case Must.NOT_CORRECT | Must.INCORRECT | Must.SCORE_NOT_HIGHER:
                return "incorrect"
        return trial.base.verdict

    def grade(self, item, answer, language=None):
        return self._make_grade(self._verdicts[item, answer])


def broken(trials, grader):
    found = grader_on_laws(trials, LAWS, run_laws(trials, "fake", grader, None, seed=0))
    return {law.law: law.broken.count for law in found.laws if law.broken.count}


def test_every_law_is_tried(trials):
    assert {trial.law.name for trial in trials.made} == {law.name for law in LAWS}


def test_a_grader_that_knows_breaks_no_law(trials, make_grade):
    assert broken(trials, Knowing(trials, make_grade)) == {}


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.name)
def test_a_grader_that_breaks_a_law_is_caught(trials, make_grade, law):
    wrong = {}
    for trial in trials.made:
        if trial.law is law:
            better = "correct" if trial.base.verdict == "incorrect" else "incorrect"
            verdicts = {
                Must.SAME_VERDICT: better,
                Must.SCORE_NOT_HIGHER: "correct",
                Must.NOT_CORRECT: "correct",
                Must.CORRECT: "partial",
                Must.INCORRECT: "partial",
            }
            wrong[trial.changed.item, trial.changed.answer] = verdicts[law.must]
    caught = broken(trials, Knowing(trials, make_grade, wrong))
    assert caught[law.name] > 0


class Tiring:
    """Grades worse with every answer."""

    def __init__(self, make_grade):
        self._make_grade = make_grade
        self._graded = 0

    def grade(self, item, answer, language=None):
        self._graded += 1
        return self._make_grade("partial", score=0.5 + 0.4 / self._graded)


class Comparing:
    """Grades an answer by the one before it."""

    def __init__(self, make_grade):
        self._make_grade = make_grade
        self._last = ""

    def grade(self, item, answer, language=None):
        score = 0.6 if self._last < answer else 0.5
        self._last = answer
        return self._make_grade("partial", score=score)


def test_a_grader_that_tires_is_not_steady(trials, make_grade):
    caught = broken(trials, Tiring(make_grade))
    assert caught[REPEATED.name] == len(trials.bases)


def test_a_grader_that_compares_depends_on_the_order(trials, make_grade):
    assert broken(trials, Comparing(make_grade))[REORDERED.name] > 0


def test_a_law_counts_only_what_could_fail(trials, make_grade):
    class Mean:
        def grade(self, item, answer, language=None):
            return make_grade("incorrect")

    found = grader_on_laws(trials, LAWS, run_laws(trials, "fake", Mean(), None, seed=0))
    by_name = {law.law: law for law in found.laws}
    # What it never called correct it cannot leave correct; padding can still raise its zeros.
    assert (by_name["negation"].applied > 0, by_name["negation"].broken.of) == (True, 0)
    assert by_name["padding"].broken.of == by_name["padding"].applied > 0


def test_what_cannot_be_graded_is_counted_apart(trials, make_grade):
    class Asleep(Knowing):
        def grade(self, item, answer, language=None):
            if not answer.strip():
                raise ModelError("the model is asleep; wake it")
            return super().grade(item, answer)

    run = run_laws(trials, "fake", Asleep(trials, make_grade), None, seed=0)
    found = grader_on_laws(trials, LAWS, run)
    empties = sum(trial.law.name == "empty answer" for trial in trials.made)
    assert found.ungraded == {"model-error": empties}
    assert {law.law for law in found.laws if law.applied == 0} == {"empty answer"}


def test_the_worst_breaks_are_listed_with_both_grades(trials, make_grade):
    wrong = {
        (trial.changed.item, trial.changed.answer): "correct"
        for trial in trials.made
        if trial.law.name == "negation"
    }
    grader = Knowing(trials, make_grade, wrong)
    text = worst_breaks(run_laws(trials, "fake", grader, None, seed=0), LAWS, Split.ALL)
    assert "negation (not correct)" in text
    assert "correct 1.00, sure 0.90" in text
    assert f"  question:  {STACKS}\n" in text


def test_a_falsehood_that_is_another_reference_is_none(make_case):
    case = make_case("46 条", question="几条？")
    item = replace(case.item, references=("46 条", "138 条"))
    (number,) = [law for law in LAWS if law.name == "number"]
    made = [trials_on(CaseFile("n", "f", "0", (each,)), [number], None, 0).made for each in
            (case, replace(case, item=item))]  # fmt: skip
    assert [len(trials) for trials in made] == [1, 0]


def test_a_limit_draws_trials_by_seed(trials):
    few = trials_on(trials.cases, LAWS, 1, seed=5)
    again = trials_on(trials.cases, LAWS, 1, seed=5)
    assert [t.changed.answer for t in few.made] == [t.changed.answer for t in again.made]
    assert max(sum(t.law is law for t in few.made) for law in LAWS) == 1
