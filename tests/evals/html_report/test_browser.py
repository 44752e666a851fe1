"""The page of five graders on ten data sets, as a browser shows it."""

from __future__ import annotations

import shutil

import pytest

from evals.html_report.page import page
from tests.evals.html_report.chromium import opened_page
from tutor.grading.grade import KeyPoint

CHROMIUM = shutil.which("chromium")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine")

WORDS = "gradient descent follows the slope 梯度下降沿着坡度走 "
VERDICTS = ("correct", "partial", "incorrect")
GRADERS = ("local", "overlap", "cosine", "my_own_module:a_rather_long_name", "judge")
MOST_BYTES = 5_000_000
MOST_SECONDS = 2.0


@pytest.fixture(scope="module")
def answers():
    """Rows of a data set with long words, and what five graders say of them."""
    rows = [
        {
            "label": VERDICTS[n % 3], "question": f"{WORDS * 3}{n // 6}", "answer": WORDS * 8,
            "references": [WORDS * 4, "x" * 300], "lang": "zh" if n % 2 else "en",
            "ratings": {"ann": VERDICTS[n % 3], "bob": VERDICTS[n % 2]}, "tags": ["t" * 40],
        }
        for n in range(120)
    ]  # fmt: skip
    point = KeyPoint(text=WORDS, status="covered", quote=WORDS[:8], span=(0, 8))
    said = {
        grader: [
            (VERDICTS[(n + (n % 6 > n // 15)) % 3], {"confidence": n / 120, "key_points": (point,)})
            for n in range(120)
        ]
        for grader in GRADERS
    }
    return rows, said


@pytest.fixture
def written(make_report, answers, tmp_path):
    """The report on ten data sets that are told apart by nothing but their names."""
    one = make_report(answers)
    sets = [one.sets[0].model_copy(update={"name": f"data-set-{n}"}) for n in range(10)]
    path = tmp_path / "report.html"
    path.write_text(page(one.model_copy(update={"sets": tuple(sets)})), "utf-8")
    return path


def test_the_page_opens_fast_and_alone_and_fits_a_phone(written, tmp_path):
    assert written.stat().st_size < MOST_BYTES
    with opened_page(CHROMIUM, tmp_path / "profile") as shown:
        shown.ask(
            "Emulation.setDeviceMetricsOverride",
            width=360, height=740, deviceScaleFactor=2, mobile=True,
        )  # fmt: skip
        shown.open(written.as_uri())
        taken = shown.value("performance.getEntriesByType('navigation')[0].loadEventEnd")
        assert 0.0 < taken < 1000.0 * MOST_SECONDS
        width = "document.documentElement.scrollWidth"
        assert shown.value(width) == 360
        unfold = "document.querySelectorAll('details').forEach((each) => { each.open = true; })"
        shown.value(unfold)
        # Wide tables are wider than their frame, and scroll in it; the page does not.
        assert shown.value(width) == 360
        wide = (
            "[...document.querySelectorAll('.scroll')].some((s) => s.scrollWidth > s.clientWidth)"
        )
        assert shown.value(wide)
        said = shown.reported(
            "Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Log.entryAdded"
        )
        assert said == []
        asked = shown.reported("Network.requestWillBeSent")
        assert {request["request"]["url"] for request in asked} == {written.as_uri()}


def test_a_table_sorts_by_the_column_that_is_pressed(written, tmp_path):
    with opened_page(CHROMIUM, tmp_path / "profile") as shown:
        shown.open(written.as_uri())
        pressed = "table.sortable thead th:nth-child(2) button"
        column = "[...document.querySelector('table.sortable').tBodies].at(-1).rows"
        read = f"[...{column}].slice(1).map((row) => row.cells[1].textContent.slice(0, 5))"
        before = shown.value(read)
        assert len(set(before)) > 1
        for descending in (False, True):
            shown.value(f"document.querySelector('{pressed}').click()")
            assert shown.value(read) == sorted(before, reverse=descending)


def test_a_link_unfolds_its_data_set(written, tmp_path):
    with opened_page(CHROMIUM, tmp_path / "profile") as shown:
        shown.open(f"{written.as_uri()}#set-data-set-3")
        unfolded = "[...document.querySelectorAll('details.data-set[open]')].map((d) => d.id)"
        assert shown.value(unfolded) == ["set-data-set-3"]


def test_what_a_learner_wrote_runs_nothing(make_report, tmp_path):
    answer = (
        "<script>document.title = 'taken'</script><img src=x onerror=\"document.title='taken'\">"
    )
    rows = [{"label": "correct", "answer": answer, "question": answer, "references": [answer]}] * 2
    rows = [{**row, "question_id": f"{answer}{n}"} for n, row in enumerate(rows)]
    path = tmp_path / "report.html"
    path.write_text(page(make_report((rows, {"one": ["partial"] * 2}))), "utf-8")
    with opened_page(CHROMIUM, tmp_path / "profile") as shown:
        shown.open(path.as_uri())
        assert shown.value("document.title") == "How far one agree with people"
        assert shown.reported("Runtime.exceptionThrown", "Log.entryAdded") == []
