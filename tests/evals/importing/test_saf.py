"""The format: Filighera et al. 2022, github.com/SebOchs/SAF."""

from __future__ import annotations

import pytest

from evals.importing.saf import saf_rows

ANSWER = """<studentAnswer id="{id}"><response>{id}</response><score>{score}</score>
<verification_feedback>{label}</verification_feedback></studentAnswer>"""


def write(folder, *answers, module=""):
    path = folder / "q.xml"
    path.write_text(
        f'<question id="4.3" {module}><questionText>Why?</questionText><referenceAnswers>'
        "<referenceAnswer>So.</referenceAnswer></referenceAnswers><studentAnswers>"
        + "".join(ANSWER.format(id=i, score=s, label=v) for i, s, v in answers)
        + "</studentAnswers></question>",
        encoding="utf-8",
    )
    return path


def test_scores_are_of_the_highest_that_was_called_correct(files, sorted_out):
    rows, bad, _ = sorted_out(saf_rows([files / "saf"]))
    # 2.5 is the full score in both files, though nobody has it in the second: 1.25 is a half.
    assert [(row.id, row.label, row.score) for row in rows] == [
        ("3.1_TEA/train/TEA_3.1.1", "correct", 1.0),
        ("3.1_TEA/train/TEA_3.1.2", "partial", pytest.approx(0.4)),
        ("3.1_TEA/train/3", "incorrect", 0.0),
        ("3.1_TEA/test_ua/TEA_3.1.1", "partial", 0.5),
    ]
    assert bad == []


def test_lines_of_an_answer_stay_and_those_of_a_question_do_not(files, sorted_out):
    (first, *_), _, _ = sorted_out(saf_rows([files / "saf"]))
    assert first.answer == "- water of 80 °C\n- a short time"
    assert first.question == "Name two things that green tea needs, and why."
    assert first.references == ["Water below the boil, or it turns bitter, and a short time."]


def test_the_highest_score_may_be_told(tmp_path, sorted_out):
    path = write(tmp_path, ("a", "1", "Correct"), ("b", "2", "Correct"))
    rows, _, _ = sorted_out(saf_rows([path], highest=4.0))
    assert [row.score for row in rows] == [0.25, 0.5]


def test_without_a_correct_answer_scores_are_of_one_at_least(tmp_path, sorted_out):
    path = write(tmp_path, ("a", "0.25", "Partially correct"), ("b", "0", "Incorrect"))
    rows, _, _ = sorted_out(saf_rows([path]))
    assert [row.score for row in rows] == [0.25, 0.0]


def test_a_score_or_a_label_is_enough(tmp_path, sorted_out):
    answers = ("a", "", "Correct"), ("b", "0,5", ""), ("c", "", ""), ("d", "much", "Correct")
    path = write(tmp_path, *answers)
    rows, (neither, no_number), _ = sorted_out(saf_rows([path]))
    assert [(row.label, row.score) for row in rows] == [("correct", None), (None, 0.5)]
    assert "no label, score or ratings" in neither
    assert "score 'much' is no number from 0 up" in no_number


def test_a_question_of_two_modules_is_two_questions(tmp_path, sorted_out):
    ids = []
    for module in ("", 'module="LM"'):
        rows, _, _ = sorted_out(saf_rows([write(tmp_path, ("a", "1", "Correct"), module=module)]))
        ids += [row.question_id for row in rows]
    assert ids == ["4.3", "4.3_LM"]
