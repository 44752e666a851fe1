"""The format: Dzikovska et al. 2013, aclanthology.org/S13-2045, and github.com/myrosia/semeval-2013-task7."""

from __future__ import annotations

import pytest

from evals.importing.semeval import semeval_rows
from tutor.errors import InvalidInputError

ANSWER = '<studentAnswer id="{id}" {accuracy}>{text}</studentAnswer>'


def write(folder, *answers, name="q.xml", question='id="Q" module="M"'):
    path = folder / name
    path.write_text(
        f"<question {question}><questionText>Why?</questionText>"
        "<referenceAnswers><referenceAnswer>So.</referenceAnswer></referenceAnswers>"
        f"<studentAnswers>{''.join(answers)}</studentAnswers></question>",
        encoding="utf-8",
    )
    return path


def answer(id="a", accuracy='accuracy="correct"', text="so"):
    return ANSWER.format(id=id, accuracy=accuracy, text=text)


def test_five_ways_become_verdicts_and_stay_as_tags(files, sorted_out):
    rows, bad, left_out = sorted_out(semeval_rows([files / "semeval" / "training"]))
    assert [(row.label, row.tags[0]) for row in rows] == [
        ("correct", "label:correct"),
        ("partial", "label:partially_correct_incomplete"),
        ("incorrect", "label:contradictory"),
        ("incorrect", "label:irrelevant"),
        ("incorrect", "label:non_domain"),
    ]
    assert (bad, left_out) == ([], [])


def test_question_references_and_answer_are_one_line_each(files, sorted_out):
    (first, second, *_), _, _ = sorted_out(semeval_rows([files / "semeval" / "training"]))
    assert first.question == "Why does a kettle whistle?"
    # The best first, whatever their order in the file: BEST, MINIMAL, KEYWORD.
    assert first.references == [
        "Steam is pressed through two small holes.",
        "Steam goes through a hole.",
        "steam",
    ]
    assert second.answer == "there is steam & it is hot"
    assert (first.id, first.question_id) == ("Kitchen-KETTLE_WHY.s1.a1", "KETTLE_WHY")


def test_set_and_split_come_from_the_folders(files, sorted_out):
    rows, _, _ = sorted_out(semeval_rows([files / "semeval"]))
    assert {(row.dataset, row.split) for row in rows} == {
        ("semeval2013_beetle", "train"),
        ("semeval2013_scientsbank", "test_ua"),
    }
    assert len(rows) == 8


def test_a_file_may_hold_several_questions_and_lack_ids(tmp_path, sorted_out):
    one = write(tmp_path, '<studentAnswer accuracy="correct">so</studentAnswer>').read_text()
    two = one.replace('id="Q" module="M"', "")
    path = tmp_path / "both.xml"
    path.write_text(f"<questions>{one}{two}</questions>", encoding="utf-8")
    rows, _, _ = sorted_out(semeval_rows([path]))
    assert [(row.id, row.question_id) for row in rows] == [("Q.1", "Q"), ("both.1", "both")]


@pytest.mark.parametrize(
    ("accuracy", "complaint"),
    [("", "answer a has no accuracy"), ('accuracy="meh"', "label 'meh' is unknown")],
)
def test_an_answer_without_a_known_label_is_named(tmp_path, sorted_out, accuracy, complaint):
    path = write(tmp_path, answer(accuracy=accuracy), answer(id="b"))
    rows, (message,), _ = sorted_out(semeval_rows([path]))
    assert [row.id for row in rows] == ["b"]
    assert message.startswith(f"{path}:1: ")
    assert complaint in message


def test_a_question_without_a_reference_is_named(tmp_path, sorted_out):
    path = write(tmp_path, answer())
    path.write_text(path.read_text().replace("So.", " "), encoding="utf-8")
    _, (message,), _ = sorted_out(semeval_rows([path]))
    assert "references" in message


def test_the_same_answers_in_two_ways_are_refused(tmp_path):
    paths = [write(tmp_path, answer(), name=name) for name in ("2way.xml", "3way.xml")]
    with pytest.raises(InvalidInputError, match=r"answer a is also at .*2way\.xml:1; import 2-"):
        list(semeval_rows(paths))
