from __future__ import annotations

import hashlib
import json

import pytest

from evals.cases import Cuts, consensus, read_cases, read_data
from tutor.errors import InvalidInputError
from tutor.grading.item import PointSpec

ROW = {"id": "a1", "question": "Why?", "references": ["Because."], "answer": "So.", "score": 1.0}


def write(folder, *rows, name="set.jsonl"):
    path = folder / name
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def read_one(folder, **fields):
    (case,) = read_cases(write(folder, {**ROW, **fields}), Cuts()).cases
    return case


@pytest.mark.parametrize(
    ("label", "verdict"),
    [
        ("correct", "correct"),
        ("Correct", "correct"),
        ("partial", "partial"),
        ("Partially correct", "partial"),
        ("partially_correct_incomplete", "partial"),
        ("correct_but_incomplete", "partial"),
        ("contradictory", "incorrect"),
        ("irrelevant", "incorrect"),
        ("non_domain", "incorrect"),
        ("incorrect", "incorrect"),
        ("正确", "correct"),
        ("部分正确", "partial"),
        ("错误", "incorrect"),
    ],
)
def test_labels_of_the_public_sets_become_verdicts(tmp_path, label, verdict):
    assert read_one(tmp_path, label=label).verdict == verdict


@pytest.mark.parametrize(
    ("score", "verdict"),
    [
        (1.0, "correct"),
        (0.85, "correct"),
        (0.84, "partial"),
        (0.25, "partial"),
        (0.24, "incorrect"),
    ],
)
def test_a_score_alone_is_cut_into_a_verdict(tmp_path, score, verdict):
    case = read_one(tmp_path, score=score)
    assert (case.verdict, case.score) == (verdict, score)


def test_a_label_decides_over_a_score_and_the_score_stays(tmp_path):
    case = read_one(tmp_path, label="partial", score=0.9)
    assert (case.verdict, case.score) == ("partial", 0.9)


def test_a_label_alone_implies_a_score(tmp_path):
    assert read_one(tmp_path, label="partial", score=None).score == 0.5


def test_cuts_out_of_order_are_refused():
    with pytest.raises(InvalidInputError, match=r"cuts 0\.9 and 0\.5 are not in order"):
        Cuts(correct_at=0.5, incorrect_below=0.9)


def test_the_question_id_is_the_cluster_and_else_the_question(tmp_path):
    assert read_one(tmp_path, question_id="q7").question == "q7"
    assert read_one(tmp_path, qid=3).question == "3"
    assert read_one(tmp_path).question == "Why?"


def test_key_points_and_kind_reach_the_item(tmp_path):
    points = ["must say", {"text": "may say", "required": False}]
    item = read_one(tmp_path, key_points=points, kind="cloze").item
    assert item.key_points == (PointSpec("must say"), PointSpec("may say", required=False))
    assert item.kind == "cloze"


def test_named_ratings_are_kept_and_settle_a_missing_label(tmp_path):
    ratings = {"b": "incorrect", "a": "Correct", "c": "correct"}
    case = read_one(tmp_path, score=None, ratings=ratings)
    assert [(r.rater, r.verdict, r.score) for r in case.ratings] == [
        ("a", "correct", 1.0),
        ("b", "incorrect", 0.0),
        ("c", "correct", 1.0),
    ]
    assert case.verdict == "correct"


def test_raw_scores_become_ratings_on_the_scale_of_the_score(tmp_path):
    # Marks 4 and 3 with a score of 0.7 are out of 5.
    case = read_one(tmp_path, score=0.7, raw_scores=[4.0, 3.0])
    assert [rating.score for rating in case.ratings] == pytest.approx([0.8, 0.6])
    case = read_one(tmp_path, score=0.7, raw_scores=[8, 6], raw_max=10)
    assert [rating.score for rating in case.ratings] == pytest.approx([0.8, 0.6])
    case = read_one(tmp_path, score=0.0, raw_scores=[0, 0])
    assert [rating.verdict for rating in case.ratings] == ["incorrect", "incorrect"]
    assert read_one(tmp_path, raw_scores=[5.0]).ratings == ()


def test_numbers_of_raters_are_read_on_their_scale(tmp_path):
    # Of 1 to 5, a 5 is all and a 3 is half: together 0.75, which is partial.
    case = read_one(tmp_path, score=None, ratings={"a": 5, "b": 3}, scale=[1, 5])
    assert [(r.rater, r.score, r.verdict) for r in case.ratings] == [
        ("a", 1.0, "correct"),
        ("b", 0.5, "partial"),
    ]
    assert (case.score, case.verdict) == (0.75, "partial")


def test_a_label_stands_beside_numbers_of_raters(tmp_path):
    # One says correct (1.0) and one gives 0 of 2: together 0.5.
    case = read_one(tmp_path, score=None, ratings={"a": "correct", "b": 0}, scale=[0, 2])
    assert [rating.score for rating in case.ratings] == [1.0, 0.0]
    assert case.score == 0.5


def test_split_and_tags_are_kept(tmp_path):
    case = read_one(tmp_path, split="dev", tags=["negation"])
    assert (case.split, case.tags) == ("dev", ("negation",))
    case = read_one(tmp_path, tags=["negation"], written_as="paraphrase")
    assert case.tags == ("negation", "paraphrase")


def test_consensus_is_the_majority_and_a_tie_is_in_the_middle():
    assert consensus(["correct", "incorrect", "correct"]) == "correct"
    assert consensus(["correct", "incorrect"]) == "partial"
    assert consensus(["correct", "partial"]) == "partial"
    # Where people never say partial there is no middle: the first rater decides.
    assert consensus(["incorrect", "correct"], ["incorrect", "correct"]) == "incorrect"


def test_the_data_is_named_and_hashed(tmp_path):
    path = write(tmp_path, {**ROW, "dataset": "school"}, name="dev.jsonl")
    data = read_cases(path, Cuts())
    assert (data.name, data.file) == ("school-dev", "dev.jsonl")
    assert data.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert read_cases(write(tmp_path, ROW, name="own.jsonl"), Cuts()).name == "own"


@pytest.mark.parametrize(
    ("fields", "complaint"),
    [
        ({"label": "meh"}, "label 'meh' is unknown"),
        ({"score": None}, "no label, score or ratings"),
        ({"score": 7}, "score: "),
        ({"references": []}, "references: "),
        ({"answer": None}, "answer: "),
        ({"id": "a0"}, "id a0 is taken by line 1"),
        ({"ratings": {"x": "fine"}}, "label 'fine' is unknown"),
        ({"ratings": {"x": 4}}, "x rated 4 and there is no scale"),
        ({"ratings": {"x": 6}, "scale": [0, 5]}, "x rated 6, outside the scale [0.0, 5.0]"),
        ({"scale": [5, 0]}, "scale [5.0, 0.0] must be [lowest, highest]"),
    ],
)
def test_a_bad_row_is_named_by_file_and_line(tmp_path, fields, complaint):
    path = write(tmp_path, {**ROW, "id": "a0"}, {**ROW, **fields})
    with pytest.raises(InvalidInputError) as caught:
        read_cases(path, Cuts())
    message = str(caught.value)
    assert message.startswith(f"{path}:2: ")
    assert complaint in message
    assert "\n" not in message


@pytest.mark.parametrize(("line", "complaint"), [("{", "not JSON"), ("[1]", "not a JSON object")])
def test_a_line_that_is_no_object_is_named(tmp_path, line, complaint):
    path = tmp_path / "bad.jsonl"
    path.write_text(f"\n{line}\n", encoding="utf-8")
    with pytest.raises(InvalidInputError, match=rf":2: {complaint}"):
        read_cases(path, Cuts())


def test_a_file_without_cases_and_a_missing_file(tmp_path):
    empty = tmp_path / "empty.jsonl"
    empty.touch()
    with pytest.raises(InvalidInputError, match="no cases"):
        read_cases(empty, Cuts())
    with pytest.raises(InvalidInputError, match="No such file"):
        read_cases(tmp_path / "none.jsonl", Cuts())


def test_a_folder_gives_every_file_with_grading_rows(tmp_path):
    (tmp_path / "deep").mkdir()
    write(tmp_path, ROW, name="a.jsonl")
    write(tmp_path / "deep", ROW, name="b.jsonl")
    write(tmp_path, {"a": "x", "b": "y"}, name="pairs.jsonl")
    notes = []
    files = read_data(tmp_path, Cuts(), notes.append)
    assert [file.name for file in files] == ["a", "b"]
    assert notes == [f"{tmp_path / 'pairs.jsonl'}: no grading rows, skipped"]


def test_a_folder_without_grading_rows_is_refused(tmp_path):
    with pytest.raises(InvalidInputError, match=r"no \.jsonl file with grading rows"):
        read_data(tmp_path, Cuts(), lambda note: None)
