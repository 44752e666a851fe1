from __future__ import annotations

from evals.html_report.page import page
from evals.outcomes import Failure
from tests.evals.html_report.test_markup import read
from tutor.grading.grade import KeyPoint, Reason

HOSTILE = "</p></script><script>alert(1)</script><img src=x onerror=alert(2)>\"'"
CASES = [
    {"label": "correct", "question": f"q{n}", "lang": "zh" if n % 2 else "en"} for n in range(6)
]


def test_learners_text_is_text_wherever_it_stands(make_report):
    row = {
        "label": "correct", "question": HOSTILE, "references": [HOSTILE], "answer": HOSTILE,
        "lang": HOSTILE, "tags": [HOSTILE], "ratings": {HOSTILE: "correct", "b": "correct"},
    }  # fmt: skip
    told = {
        "key_points": (KeyPoint(text=HOSTILE, status="covered", quote=HOSTILE, span=(0, 99)),),
        "reasons": (Reason(name=HOSTILE, detail=HOSTILE),),
    }
    failed = Failure(type=HOSTILE, detail=HOSTILE)
    text = page(
        make_report(([row, *CASES], {HOSTILE: [("partial", told), failed, *["partial"] * 5]}))
    )
    names = [name for name, _ in read(text).elements]
    assert names.count("script") == 1
    assert "img" not in names
    assert not any(key.startswith("on") for _, given in read(text).elements for key in given)
    # Question, reference, answer, key point, reason ...: it is there to be read.
    assert read(text).text.count(HOSTILE) >= 6


def test_the_page_asks_for_nothing(make_report):
    said = {"one": ["correct"] * 6, "two": ["partial"] * 6}
    found = read(page(make_report((CASES, said), (CASES, said))))
    loading = {"src", "srcset", "action", "data", "poster", "background"}
    assert not any(loading & given.keys() for _, given in found.elements)
    links = [given["href"] for _, given in found.elements if "href" in given]
    assert links == ["#set-set0", "#set-set1"]
    assert {f"#{given['id']}" for _, given in found.elements if "id" in given} == set(links)
    policy = next(g["content"] for _, g in found.elements if "http-equiv" in g)
    assert policy.startswith("default-src 'none';")


def test_every_part_is_there(make_report):
    failed = Failure(type="model-timeout", detail="late")
    said = {"one": ["correct"] * 5 + [failed], "two": ["partial"] * 6}
    text = read(page(make_report((CASES, said)))).text
    for part in (
        "one, two on 6 answers to 6 questions of one data set.",
        "1 (model-timeout 1)",
        "one agrees more by accuracy",
        "Verdicts of people and graders",
        "Reliability: two",
        "Share wrong among the surest",
        "Where it fails",
        "two: the worst 6 of 6",
        "python -m evals run --data set0.jsonl --grader two",
    ):
        assert part in text, part


def test_what_is_missing_is_said_instead(make_report):
    text = read(page(make_report((CASES, {"one": ["partial"] * 6}), told=False))).text
    assert "Nothing is known of the single grades of one" in text
    assert "give --data FILE" in text
    assert "Nobody was asked twice here" in text


def test_a_grader_without_a_single_grade_is_no_end_to_the_page(make_report):
    failed = Failure(type="model-timeout", detail="late")
    text = read(page(make_report((CASES, {"one": [failed] * 6})))).text
    assert "6 (model-timeout 6)" in text
    assert "one: it graded nothing." in text
