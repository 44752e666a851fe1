from __future__ import annotations

import json
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.grading.attempt import lay_out
from tutor.grading.evidence import Cosines, gather
from tutor.grading.item import Item, PointSpec
from tutor.grading.nearness import APART
from tutor.grading.signals.panel import SIGNALS

REFERENCE = "监督微调；训练奖励模型；用 PPO 做强化学习"
STEPS = Item("InstructGPT 怎样训练？", (REFERENCE,))
PIECES = ["监督微调", "奖励模型", "PPO", "SFT", "天气", "InstructGPT 怎样训练", "16", "，", "the"]


def measured(name: str, answer: str, item: Item = STEPS, cosines: Cosines | None = None) -> float:
    return SIGNALS[name].measure(gather(lay_out(item, answer, "zh"), (), cosines))


@given(st.lists(st.sampled_from(PIECES), max_size=6).map(" ".join))
@settings(deadline=None, max_examples=100)
def test_signals_are_shares(answer):
    evidence = gather(lay_out(STEPS, answer, "zh"))
    for name, signal in SIGNALS.items():
        value = signal.measure(evidence)
        assert value >= 0, name
        assert value <= 1 + 1e-9, name


SAYS_ALL = sorted(name for name in SIGNALS if name != "firm_credit")


@pytest.mark.parametrize("name", SAYS_ALL)
def test_the_reference_itself_has_all_of_what_is_wanted(name):
    assert measured(name, REFERENCE) == pytest.approx(1)
    assert measured(name, "今天去公园") < 0.5


def test_credit_is_the_mean_root_of_what_the_points_earn():
    item = Item("?", ("x",), (PointSpec("reward model"), PointSpec("PPO"), PointSpec("SFT", False)))
    # one word of two, and none of one: (sqrt(1/2) + sqrt(0)) / 2
    assert measured("credit", "reward", item) == pytest.approx(0.5**0.5 / 2)
    assert measured("near_credit", "reward", item) == measured("credit", "reward", item)


def test_something_on_every_point_earns_more_than_all_of_one():
    item = Item("?", ("x",), (PointSpec("copper wire"), PointSpec("green lamp")))
    a_half_of_each, all_of_one = "wire, lamp", "copper wire"
    assert measured("credit", a_half_of_each, item) > measured("credit", all_of_one, item)


def test_firm_credit_takes_half_a_word_for_half_said():
    item = Item("?", ("reward model",))
    # (1 + 0.25) of (2 + 0.5), and nothing but the 0.25
    assert measured("firm_credit", "reward", item) == pytest.approx(0.5**0.5)
    assert measured("firm_credit", "weather", item) == pytest.approx(0.1**0.5)
    assert measured("firm_credit", "reward model", item) == pytest.approx(0.9**0.5)


def test_a_near_word_earns_a_part_and_never_takes_from_a_match():
    item = Item("?", ("reward model",))

    def earned(reward: float, model: float) -> float:
        return measured("near_credit", "prize model", item, ((reward, model),))

    # a cosine of 0.55 is half way from 0.1 to 1 and earns half of 0.7: (0.35 + 1) of 2
    assert earned(0.55, APART) == pytest.approx((1.35 / 2) ** 0.5)
    assert earned(0.1, APART) == earned(APART, APART) == measured("credit", "prize model", item)
    assert measured("credit", "prize model", item) == pytest.approx(0.5**0.5)


def test_a_match_in_one_script_earns_its_root_and_a_translation_no_more_than_its_strength():
    def one(answer: str, item: Item) -> tuple[float, float]:
        (alignment,) = gather(lay_out(item, answer, "zh")).points
        ((_, strength),) = alignment.strengths
        return strength, measured("credit", answer, item) ** 2

    slip, earned = one("conduct", Item("?", ("conductor",)))
    assert 0 < slip < 1
    assert earned == pytest.approx(slip**0.5)
    translated, earned = one("增长", Item("?", ("growth",)))
    assert 0 < translated < 1
    assert earned == pytest.approx(translated)


def test_f1_is_the_harmonic_mean_of_what_is_said_and_what_is_wanted():
    evidence = gather(lay_out(STEPS, "监督微调", "zh"))
    said, wanted = evidence.back.new, evidence.whole.new
    assert measured("new_f1", "监督微调") == pytest.approx(2 * said * wanted / (said + wanted))
    assert measured("new_f1", "监督微调，今天去公园散步") < measured("new_f1", "监督微调")


def test_every_bundled_calibration_weighs_signals_that_exist():
    folder = files("tutor.grading").joinpath("data", "calibrations")
    for file in folder.iterdir():
        for weight in json.loads(file.read_bytes())["weights"]:
            assert SIGNALS[weight["signal"]].sign == weight["sign"], file.name
