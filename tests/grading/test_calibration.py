from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.errors import CalibrationError
from tutor.grading.calibration import (
    BUNDLED,
    Calibration,
    Probabilities,
    Weighting,
    chances_of,
    expected_score,
    load_calibration,
)
from tutor.grading.signals.panel import SIGNALS
from tutor.grading.strictness import Threshold, Weighed

BUNDLED_TEXT = load_calibration()


def made(**changes) -> Calibration:
    values = {
        "name": "made",
        "embedder": "none",
        "weights": (
            Weighting(signal="mean_point", sign=1, mean=0.5, scale=0.25, partial=1.0, correct=2.0),
        ),
        "partial": Threshold(intercept=0.0, spread=0.0),
        "correct": Threshold(intercept=-1.0, spread=0.0),
        "incorrect_below": 0.3,
        "correct_from": 0.7,
        "sure_correct_from": 0.6,
        "sure_other_from": 0.7,
    }
    return Calibration(**{**values, **changes})


def test_probabilities_are_those_of_two_logistic_regressions():
    # (0.75 - 0.5) / 0.25 = 1; sigmoid(1) = 0.7311; sigmoid(2 - 1) = 0.7311
    chances = made().probabilities({"mean_point": 0.75})
    assert chances == pytest.approx((0.2689, 0.0, 0.7311), abs=1e-4)
    # (0.5 - 0.5) / 0.25 = 0; sigmoid(0) = 0.5; sigmoid(-1) = 0.2689
    chances = made().probabilities({"mean_point": 0.5})
    assert chances == pytest.approx((0.5, 0.2311, 0.2689), abs=1e-4)


def test_an_unknown_strictness_widens_the_probabilities():
    sure = made().probabilities({"mean_point": 1.0})
    wide = made(correct=Threshold(intercept=-1.0, spread=3.0)).probabilities({"mean_point": 1.0})
    assert 0.5 < wide.correct < sure.correct


def test_a_partial_answer_counts_one_half():
    assert expected_score(Probabilities(0.2, 0.5, 0.3)) == pytest.approx(0.55)


def test_cuts_belong_to_the_better_verdict():
    verdicts = [made().verdict(expected) for expected in (0.0, 0.29, 0.3, 0.69, 0.7, 1.0)]
    assert verdicts == [
        "incorrect", "incorrect", "partial", "partial", "correct", "correct",
    ]  # fmt: skip


def values(low: float, high: float) -> st.SearchStrategy[dict[str, float]]:
    return st.fixed_dictionaries({name: st.floats(low, high) for name in BUNDLED_TEXT.signals})


@given(values(-1e6, 1e6))
@settings(deadline=None, max_examples=150)
def test_probabilities_are_shares_of_one(signals):
    chances = BUNDLED_TEXT.probabilities(signals)
    assert sum(chances) == pytest.approx(1)
    assert min(chances) >= 0
    assert 0 <= expected_score(chances) <= 1


@given(values(0, 1), st.sampled_from(BUNDLED_TEXT.signals), st.floats(0, 1))
@settings(deadline=None, max_examples=200)
def test_a_signal_moves_the_score_only_the_way_of_its_sign(signals, name, rise):
    before = expected_score(BUNDLED_TEXT.probabilities(signals))
    after = expected_score(BUNDLED_TEXT.probabilities(signals | {name: signals[name] + rise}))
    sign = SIGNALS[name].sign
    assert sign * after >= sign * before - 1e-12


TOLD = st.lists(
    st.builds(
        Weighed,
        st.floats(-4, 4),
        st.floats(-4, 4),
        st.sampled_from(["incorrect", "partial", "correct"]),
    ),
    max_size=10,
)


@given(
    values(0, 1),
    st.sampled_from(BUNDLED_TEXT.signals),
    st.floats(0, 1),
    TOLD,
    st.sampled_from(["lenient", "standard", "strict"]),
)
@settings(deadline=None, max_examples=150)
def test_a_signal_moves_the_score_only_the_way_of_its_sign_whatever_the_strictness(
    signals, name, rise, told, policy
):
    scored = BUNDLED_TEXT.learn(told, policy).scored
    before, after = (
        expected_score(chances_of(BUNDLED_TEXT.logits(one), scored))
        for one in (signals, signals | {name: signals[name] + rise})
    )
    sign = SIGNALS[name].sign
    assert sign * after >= sign * before - 1e-12


def test_an_unseen_deck_is_graded_by_the_thresholds_of_the_calibration():
    calibration = made(partial=Threshold(intercept=0.5, spread=2.0))
    assert calibration.learn(()).believed == calibration.learn(()).scored == calibration.thresholds
    assert calibration.learn((), "lenient").policy == "lenient"


def test_bundled_calibrations_weigh_known_signals_with_their_signs():
    for weight in BUNDLED_TEXT.weights:
        assert SIGNALS[weight.signal].sign == weight.sign
    assert BUNDLED_TEXT.embedder == "none"
    assert BUNDLED[0] == "text.json"


def refused(path, **options) -> str:
    with pytest.raises(CalibrationError) as caught:
        load_calibration(path, **options)
    message = str(caught.value)
    assert len(message.splitlines()) == 1
    return message


def test_a_saved_calibration_is_read_back(tmp_path):
    path = tmp_path / "mine.json"
    path.write_text(made(fingerprint=(0.5, -0.25)).model_dump_json(), encoding="utf-8")
    # machines differ in the last digits of a cosine
    assert load_calibration(path, "mine", (0.51, -0.24)).name == "made"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "not a calibration"),
        ("{", "not a calibration"),
        ("[]", "not a calibration"),
        ('{"name": "half"}', "not a calibration"),
        ("\x00\x01", "not a calibration"),
    ],
)
def test_a_damaged_file_is_refused_by_name(tmp_path, text, said):
    path = tmp_path / "damaged.json"
    path.write_text(text, encoding="utf-8")
    message = refused(path)
    assert said in message
    assert str(path) in message


def test_bytes_that_are_no_text_are_refused(tmp_path):
    path = tmp_path / "binary.json"
    path.write_bytes(b"\xff\xfe\x00\xd8")
    assert "not a calibration" in refused(path)


@pytest.mark.parametrize(
    "damage",
    [
        {"incorrect_below": 0.8},
        {"sure_correct_from": 1.5},
        {"weights": [{"signal": "mean_point", "sign": 1, "mean": 0.0, "scale": 1.0, "partial": -0.5, "correct": 0.5}]},
        {"weights": [{"signal": "length", "sign": -1, "mean": 0.0, "scale": 1.0, "partial": -0.5, "correct": 0.5}]},
        {"weights": [{"signal": "mean_point", "sign": 1, "mean": 0.0, "scale": 0.0, "partial": 0.5, "correct": 0.5}]},
        {"weights": [{"signal": "mean_point", "sign": 1, "mean": 0.0, "scale": 1.0, "partial": 1e999, "correct": 0.5}]},
        {"surprise": 1},
        {"correlation": -0.1},
        {"correlation": 1.0},
    ],
)  # fmt: skip
def test_values_that_would_grade_the_wrong_way_are_refused(tmp_path, damage):
    path = tmp_path / "wrong.json"
    path.write_text(json.dumps(made().model_dump() | damage), encoding="utf-8")
    assert "not a calibration" in refused(path)


def test_a_missing_file_and_a_folder_are_refused(tmp_path):
    assert "cannot read" in refused(tmp_path / "none.json")
    assert "cannot read" in refused(tmp_path)


def test_another_embedder_is_refused_with_the_way_to_fit_one(tmp_path):
    path = tmp_path / "mine.json"
    path.write_text(made(fingerprint=(0.5, -0.25)).model_dump_json(), encoding="utf-8")
    for other in ((), (0.5,), (0.5, 0.25)):
        assert "training.calibration" in refused(path, embedder="x", fingerprint=other)


def test_an_embedder_without_a_bundled_calibration_is_refused():
    assert "no bundled calibration" in refused(None, embedder="x", fingerprint=(0.1,) * 15)
