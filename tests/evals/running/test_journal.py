from __future__ import annotations

import random

import pytest

from evals.cases import Cuts, read_cases
from evals.outcomes import Failure, brief, read_brief_outcomes
from evals.running.journal import open_journal
from evals.running.run import Run
from tutor.errors import InvalidInputError

ROWS = [(f"q{n}", f"answer {n}", {"label": "correct"}) for n in range(4)]
ASLEEP = Failure(type="model-timeout", detail="asleep")


class Yes:
    def __init__(self, make_grade):
        self._grade = make_grade("correct")

    def grade(self, item, answer, language=None):
        return self._grade


@pytest.fixture
def start(write_cases, tmp_path, make_grade):
    """The cases of some rows, a run over them, and the place of its outcomes."""

    def start_(rows=ROWS, identity="v1"):
        data = read_cases(write_cases(rows), Cuts())
        return data, Run("set", "yes", Yes(make_grade), identity), tmp_path / "out" / "o.jsonl"

    return start_


def grade_all(data, run, path):
    with open_journal(path) as journal:
        for case in data.cases:
            journal.append(run.outcome(case))


def resume(data, run, path):
    with open_journal(path) as journal:
        return journal.resume([data], [run])


def ids(places):
    return {case for _, _, case in places}


def test_what_was_graded_is_there_again(start):
    data, run, path = start()
    assert resume(data, run, path).grades == {}
    grade_all(data, run, path)
    kept = resume(data, run, path)
    assert list(kept.grades.values()) == [brief(run.outcome(case)) for case in data.cases]
    assert (kept.changed, kept.failed) == (set(), set())


def test_a_changed_answer_and_a_changed_grader_do_not_count(start):
    grade_all(*start())
    data, run, path = start([("q0", "another", ROWS[0][2]), *ROWS[1:]])
    kept = resume(data, run, path)
    assert (ids(kept.grades), ids(kept.changed)) == ({"a1", "a2", "a3"}, {"a0"})
    data, run, path = start(identity="v2")
    assert ids(resume(data, run, path).changed) == {"a0", "a1", "a2", "a3"}


def test_a_case_without_a_grade_is_to_be_graded_again_and_its_last_line_counts(start):
    data, run, path = start()
    grade_all(data, run, path)
    asleep = run.outcome(data.cases[2]).model_copy(update={"grade": None, "error": ASLEEP})
    with open_journal(path) as journal:
        journal.append(asleep)
    assert ids(resume(data, run, path).failed) == {"a2"}
    with open_journal(path) as journal:
        journal.append(run.outcome(data.cases[2]))
    assert len(resume(data, run, path).grades) == 4


def test_lines_of_other_graders_and_of_cases_outside_a_sample_are_left_alone(start, make_grade):
    data, run, path = start()
    grade_all(data, run, path)
    before = path.read_bytes()
    other = Run("set", "other", Yes(make_grade), "v1")
    assert resume(data, other, path).grades == {}
    sample = start(ROWS[:2])[0]
    assert ids(resume(sample, run, path).grades) == {"a0", "a1"}
    assert path.read_bytes() == before


def test_a_case_that_people_judge_otherwise_by_now_keeps_its_grade(start):
    grade_all(*start())
    relabelled = [("q0", "answer 0", {"label": "partial"}), *ROWS[1:]]
    data, run, path = start(relabelled)
    kept = resume(data, run, path)
    assert (len(kept.grades), len(kept.changed)) == (4, 0)
    assert kept.grades["set", "yes", "a0"].human.verdict == "partial"
    assert [o.human.verdict for o in read_brief_outcomes(path)] == ["partial", *["correct"] * 3]
    lines = path.read_bytes()
    assert resume(data, run, path).grades == kept.grades
    assert path.read_bytes() == lines, "said once, it is not said again"


def test_a_kill_at_any_byte_loses_no_line_before_it(start):
    data, run, path = start()
    grade_all(data, run, path)
    content = path.read_bytes()
    lengths = [0, 1, len(content) - 1, *random.Random(0).sample(range(len(content)), 20)]
    for length in lengths:
        path.write_bytes(content[:length])
        whole = content[: length + 1].count(b"\n")  # one that lacks but its line break counts
        assert len(resume(data, run, path).grades) == whole
        missing = [c for c in data.cases if c.id not in {o.id for o in read_brief_outcomes(path)}]
        with open_journal(path) as journal:
            for case in missing:
                journal.append(run.outcome(case))
        assert len(path.read_bytes().splitlines()) == 4
        assert len(resume(data, run, path).grades) == 4


@pytest.mark.parametrize("content", ["notes", "notes\n", '{"id": "a0"}\n', '{"id": "a0"}'])
def test_a_file_of_something_else_is_refused_and_not_touched(start, content):
    data, run, path = start()
    path.parent.mkdir()
    path.write_text(content)
    with pytest.raises(InvalidInputError, match=r"o\.jsonl"):
        resume(data, run, path)
    assert path.read_text() == content


def test_a_place_that_cannot_be_written_is_named(tmp_path):
    with pytest.raises(InvalidInputError, match="cannot be written"), open_journal(tmp_path):
        pass
