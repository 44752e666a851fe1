from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

import tutor.calibrating.calibrate
from tutor.calibrating.comparison import Change
from tutor.cli.main import run
from tutor.grading.calibration import load_calibration
from tutor.settings import Settings, open_tutor

START = load_calibration().name
OWN = Path(__file__).parents[2] / "evals" / "data" / "instructgpt.jsonl"


def as_lines(rows: list[dict]) -> bytes:
    return b"".join(json.dumps(row).encode() + b"\n" for row in rows)


@pytest.fixture(scope="module")
def rows():
    """Answers as graded by people who give nothing for half an answer."""
    found = [json.loads(line) for line in OWN.read_text("utf-8").splitlines()]
    return [
        row | {"label": "incorrect" if row["label"] == "partial" else row["label"]}
        for row in found[:150]
    ]


@pytest.fixture
def data(home, rows):
    path = home / "graded.jsonl"
    path.write_bytes(as_lines(rows))
    return path


@pytest.fixture
def called(home, monkeypatch, capsysbinary):
    """Runs `tutor ARGUMENTS` with the real grader, without an embedder."""
    monkeypatch.setenv("TUTOR_EMBEDDER", "none")
    monkeypatch.delenv("TUTOR_CALIBRATION", raising=False)

    def _called(*arguments, stdin=b""):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        with pytest.raises(SystemExit) as stop:
            run([str(argument) for argument in arguments])
        out, err = capsysbinary.readouterr()
        return stop.value.code or 0, out.decode(), err.decode()

    return _called


@pytest.fixture
def always_worse(monkeypatch):
    """Every fit is worse in accuracy."""
    compare = tutor.calibrating.calibrate.compare

    def worse(*arguments) -> dict[str, Change]:
        found = compare(*arguments)
        was = found["accuracy"]
        return {**found, "accuracy": Change(was.before, was.after, was.gap, "worse")}

    monkeypatch.setattr(tutor.calibrating.calibrate, "compare", worse)


def test_a_fit_is_shown_and_written(called, data, home):
    output = home / "own.json"
    status, out, err = called("calibrate", "--data", data, "--output", output)
    assert (status, err) == (0, "")
    assert out.startswith("150 labelled answers over ")
    assert f"fitted: thresholds, cuts, starting from {START}\n" in out
    table = [line.split("  ")[0] for line in out.splitlines()[2:9]]
    assert table[1:] == [
        "Accuracy", "Macro-F1", "ECE of the confidence", "Log loss", "Share sure",
        "Right when sure",
    ]  # fmt: skip
    assert "\nAfter is better in " in out
    decides = (
        "What decides: accuracy, macro-F1, log loss, and right when sure where it is below 85%."
    )
    assert decides in out
    assert "flatters" not in out
    assert load_calibration(output).name in out


def test_the_file_is_used_and_every_receipt_names_it(called, data, home, monkeypatch):
    output = home / "own.json"
    called("calibrate", "--data", data, "--output", output)
    monkeypatch.setenv("TUTOR_CALIBRATION", str(output))
    name = load_calibration(output).name
    assert name.startswith("own-")
    line = {"id": 1, "question": "Why?", "references": ["Because it rains."], "answer": "rain"}
    status, out, _ = called("grade", stdin=as_lines([line]))
    assert status == 0
    assert json.loads(out)["receipt"]["calibration"] == name
    # What it was fitted on cannot be measured on again.
    status, _, err = called("calibrate", "--data", data)
    assert status == 1
    assert f"calibration {name} was fitted on these very answers" in err


def test_json_holds_figures_and_the_calibration(called, data):
    status, out, _ = called("calibrate", "--data", data, "--json", "--policy", "strict")
    found = json.loads(out)
    assert status == 0
    assert set(found) == {
        "answers", "questions", "moved", "overrides", "figures", "better", "worse", "calibration",
        "written",
    }  # fmt: skip
    assert found["written"] is None
    accuracy = found["figures"]["accuracy"]
    for side in ("before", "after", "difference"):
        assert accuracy[side]["low"] <= accuracy[side]["value"] <= accuracy[side]["high"]
    assert found["calibration"]["provenance"]["policy"] == "strict"


def test_standard_input_is_read(called, rows):
    assert called("calibrate", "--data", "-", stdin=as_lines(rows))[0] == 0


def test_too_little_is_refused_with_what_is_needed(called, rows):
    status, out, err = called("calibrate", "--data", "-", stdin=as_lines(rows[:20]))
    assert (status, out) == (1, "")
    assert err.startswith("tutor: error: too little to fit on: 20 labelled answers over ")
    assert "needed are 30 over 8 questions" in err


def test_one_language_alone(called, rows):
    english = {"question": "Why is that?", "references": ["It is so."], "label": "correct"}
    mixed = [*rows, *({**english, "id": n, "answer": f"because of {n}"} for n in range(3))]
    status, out, _ = called(
        "calibrate", "--data", "-", "--language", "zh", "--json", stdin=as_lines(mixed)
    )
    assert status == 0
    chinese = json.loads(out)["calibration"]["provenance"]
    assert chinese["languages"] == {"zh": chinese["answers"]}
    status, out, _ = called("calibrate", "--data", "-", "--json", stdin=as_lines(mixed))
    both = json.loads(out)["calibration"]["provenance"]
    assert both["answers"] == len(mixed)
    assert both["languages"]["zh"] == chinese["answers"]
    assert both["languages"]["en"] == len(mixed) - chinese["answers"] >= 3


def test_a_bad_line_is_named(called, rows):
    bad = [*rows[:3], rows[3] | {"label": "so-so"}]
    status, _, err = called("calibrate", "--data", "-", stdin=as_lines(bad))
    assert status == 1
    assert err.startswith('tutor: error: -:4: "label" is "so-so"')


def test_what_is_there_is_not_replaced_without_force(called, data, home):
    output = home / "own.json"
    output.write_text("mine")
    status, _, err = called("calibrate", "--data", data, "--output", output)
    assert status == 1
    assert err == f"tutor: error: {output} is there already; name another file or use --force\n"
    assert output.read_text() == "mine"
    assert called("calibrate", "--data", data, "--output", output, "--force")[0] == 0
    assert load_calibration(output).name.startswith("own-")


def test_a_worse_fit_is_not_written_unless_asked_for(called, data, home, always_worse):
    output = home / "own.json"
    status, out, err = called("calibrate", "--data", data, "--output", output)
    assert status == 1
    assert "worse in accuracy. What decides" in out
    assert err == (
        f"tutor: error: {output} is not written: after is worse in accuracy; label more "
        "answers, or use --anyway\n"
    )
    assert not output.exists()
    assert called("calibrate", "--data", data, "--output", output, "--anyway")[0] == 0
    assert output.exists()


@pytest.mark.parametrize(
    "arguments",
    [(), ("--data", "a", "--deck", "b"), ("--data", "a", "--output", "a"), ("--policy", "mild")],
)
def test_usage(called, home, arguments):
    (home / "a").touch()
    assert called("calibrate", *arguments)[0] == 2


@pytest.fixture
def ruled(home, rows, monkeypatch):
    """A deck of the questions, where people ruled on every answer; how many these are."""
    free = [row for row in rows if row["kind"] == "free"]
    references = {row["question"]: row["references"][0] for row in free}
    cards = (f"Q: {asked}\nA: {said}\n\n" for asked, said in references.items())
    (home / "mine.md").write_text("".join(cards), "utf-8")
    monkeypatch.setenv("TUTOR_CARDS", str(home / "mine.md"))
    with open_tutor(Settings()) as tutor:
        by_question = {card.question: card for card in tutor.cards}
        for row in free:
            review = tutor.review_card(by_question[row["question"]].id, row["answer"])
            tutor.override(review.id, row["label"])
    return len(free)


def test_rulings_on_a_deck_are_fitted_to(called, ruled, home):
    output = home / "own.json"
    status, out, err = called("calibrate", "--deck", "mine", "--output", output)
    assert (status, err) == (0, "")
    assert out.startswith(f"{ruled} labelled answers over ")
    assert f"fitted: thresholds, starting from {START}\n" in out
    assert "so this flatters the fit" in out
    assert load_calibration(output).provenance["source"] == "overrides of a deck"


def test_a_deck_without_rulings_has_too_little(called):
    status, _, err = called("calibrate", "--deck", "nowhere")
    assert status == 1
    assert "0 labelled answers over 0 questions" in err
