from __future__ import annotations

import pytest

from evals.markdown_report import markdown, plain
from evals.outcomes import Failure

HOSTILE = "</p><script>alert(1)</script> | `x` **b** [a](javascript:x)\n\n# Heading"


def test_hostile_text_is_one_line_without_markup():
    assert plain("a | b\n# c `d`") == r"a \| b \# c \`d\`"
    assert plain("<script>") == r"&lt;script\>"
    assert plain("mine:grade, 1.5-2 (http://a)") == r"mine:grade, 1.5-2 (http\://a)"


def test_the_report_has_every_part(make_report):
    rows = [{"label": "correct", "question": f"q{n}", "lang": lang} for n in range(3)
            for lang in ("zh", "en")]  # fmt: skip
    failed = Failure(type="model-timeout", detail="late")
    said = {"one": ["correct"] * 5 + [failed], "two": ["partial"] * 6}
    text = markdown(make_report((rows, said)))
    for part in (
        "6 answers to 3 questions.",
        "| one | 5 | 1 (model-timeout 1) |",
        "two, AUROC, scores: every row is positive.",
        "### two minus one",
        "### Verdicts of people (rows) and two (columns)",
        "### What the confidence of one is worth",
        "| language | zh | 3 | 3 |",
        "### The worst disagreements of two",
        "**a0**: people correct, grader partial",
        "`python -m evals run --data set0.jsonl --grader one",
    ):
        assert part in text, part


@pytest.mark.parametrize("field", ["question", "answer", "lang", "question_id"])
def test_learners_text_cannot_become_markup(make_report, field):
    rows = [{"label": "correct", field: HOSTILE}, {"label": "correct"}]
    text = markdown(make_report((rows, {"one": ["partial", "correct"]})))
    assert "<script" not in text
    assert "\n# Heading" not in text
    assert "[a](" not in text
