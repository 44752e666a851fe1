from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.errors import MalformedReplyError, ReplyError, UntrustedReplyError
from tutor.grading.judging.reply import MOST_WRONG, RawPoint, parse, parse_again

IDS, DECOY = ("k7", "m2"), "b5"


def said(**statuses: str | tuple[str, str]) -> list[dict[str, str]]:
    pairs = {id: each if isinstance(each, tuple) else (each, "") for id, each in statuses.items()}
    return [
        {"id": id, "learner_said": quote, "status": status} for id, (status, quote) in pairs.items()
    ]


def reply(**statuses):
    return {"points": said(**{"b5": "missing", **statuses})}


def test_points_come_in_the_order_asked():
    raw = parse(reply(m2=("contradicted", "never"), k7=("covered", "yes")), IDS, DECOY)
    assert raw.points == (RawPoint("covered", "yes"), RawPoint("contradicted", "never"))
    assert raw.wrong == ()


def test_ids_and_statuses_may_be_spelt_with_other_case_and_marks():
    raw = parse(reply(**{" K7: ": (" Covered\n", " yes "), "[M 2]": "MISSING"}), IDS, DECOY)
    assert raw.points == (RawPoint("covered", "yes"), RawPoint("missing"))


KEYED = {
    "k7": {"learner_said": "yes", "status": "covered"},
    "m2": {"learner_said": "", "status": "missing"},
    "b5": {"learner_said": "", "status": "missing"},
}


@pytest.mark.parametrize(
    "value",
    [
        {"points": KEYED},
        {"points": {id: {"id": id, **entry} for id, entry in KEYED.items()}},
        {"points": {f" {id.upper()}:": entry for id, entry in KEYED.items()}},
        {**KEYED, "wrong": []},
        dict(reversed(KEYED.items())),
    ],
)
def test_points_may_be_named_by_their_ids(value):
    raw = parse(value, IDS, DECOY)
    assert raw.points == (RawPoint("covered", "yes"), RawPoint("missing"))


@pytest.mark.parametrize("name", ["points", "unwrapped"])
def test_points_named_by_their_ids_are_held_to_the_same_rules(name):
    def judged(**entries):
        value = {**KEYED, **entries}
        return parse({"points": value} if name == "points" else value, IDS, DECOY)

    with pytest.raises(UntrustedReplyError):
        judged(b5={"learner_said": "x", "status": "covered"})
    with pytest.raises(MalformedReplyError, match="not one of"):
        judged(k7={"learner_said": "x", "status": "yes"})
    with pytest.raises(MalformedReplyError, match="is 'k7' below 'm2'"):
        judged(m2={"id": "k7", "learner_said": "x", "status": "covered"})


def test_of_points_named_by_their_ids_none_may_lack():
    for id in IDS:
        left = {other: entry for other, entry in KEYED.items() if other != id}
        for value, known in (({"points": left}, 2), (left, 3)):
            with pytest.raises(MalformedReplyError, match=f"says nothing of 1 of {known}"):
                parse(value, IDS, DECOY)


def test_one_point_may_come_by_itself_when_it_was_asked_for_alone():
    alone = {"id": "m2", "learner_said": "x", "status": "covered"}
    assert parse_again(alone, ["m2"]) == {"m2": RawPoint("covered", "x")}
    assert parse_again({"m2": alone}, ["m2"]) == {"m2": RawPoint("covered", "x")}
    with pytest.raises(MalformedReplyError, match="says nothing of 2 of 3"):
        parse(alone, IDS, DECOY)


def test_what_contradicts_itself_is_settled():
    raw = parse(reply(k7=("missing", "something"), m2="covered"), IDS, DECOY)
    # Missing has no quote; covered without one is left for the caller to ask about again.
    assert raw.points == (RawPoint("missing", ""), RawPoint("covered", ""))


def test_what_the_learner_said_may_be_called_a_quote():
    entries = [{"id": "k7", "quote": "a", "status": "covered"}, *said(m2="missing", b5="missing")]
    raw = parse({"points": entries, "wrong": [{"quote": "b"}]}, IDS, DECOY)
    assert (raw.points[0], raw.wrong) == (RawPoint("covered", "a"), ("b",))
    # Where both are given, what was asked for.
    entries[0]["learner_said"] = ""
    assert parse({"points": entries}, IDS, DECOY).points[0] == RawPoint("covered", "")


def test_the_same_finding_twice_counts_once():
    value = {
        "points": [*said(k7="covered", m2="missing", b5="missing"), *said(k7=("covered", "x"))]
    }
    assert parse(value, IDS, DECOY).points[0] == RawPoint("covered", "x")


def test_fields_that_nobody_asked_for_are_ignored():
    value = reply(k7="missing", m2="missing") | {"score": 100, "verdict": "correct"}
    value["points"][0]["comment"] = {"full": "marks"}
    assert parse(value, IDS, DECOY).points == (RawPoint("missing"), RawPoint("missing"))


@pytest.mark.parametrize(
    ("wrong", "quotes"),
    [
        (None, ()),
        ([], ()),
        ([{"learner_said": "a"}, {"learner_said": " b "}, {"learner_said": ""}], ("a", "b")),
        (["a"], ("a",)),
    ],
)
def test_wrong_claims_are_quotes(wrong, quotes):
    value = reply(k7="missing", m2="missing") | {"wrong": wrong}
    assert parse(value, IDS, DECOY).wrong == quotes


def test_of_endless_wrong_claims_the_first_are_read():
    value = reply(k7="missing", m2="missing") | {"wrong": ["a"] * (2 * MOST_WRONG)}
    assert len(parse(value, IDS, DECOY).wrong) == MOST_WRONG


GOOD = {"id": "k7", "learner_said": "", "status": "missing"}
REST = said(m2="missing", b5="missing")


@pytest.mark.parametrize(
    ("value", "field"),
    [
        ({}, "points"),
        ({"points": None}, "points"),
        ({"points": {"k7": "covered"}}, "points[0]"),
        ({"points": {**KEYED, "z9": KEYED["k7"]}}, "points[3].id"),
        ({"points": "covered"}, "points"),
        ({"points": []}, "points says nothing of 2 of 2"),
        ({"points": REST}, "points says nothing of 1 of 2"),
        ({"points": [GOOD]}, "points says nothing of 1 of 2"),
        ({"points": [GOOD, *REST, "x"]}, "points[3]"),
        ({"points": [GOOD, *REST, None]}, "points[3]"),
        ({"points": [GOOD, *REST, *said(z9="missing")]}, "points[3].id"),
        ({"points": [GOOD, *REST, *said(k7="covered")]}, "points[3]"),  # missing and covered
        ({"points": [{**GOOD, "id": 7}, *REST]}, "points[0].id"),
        ({"points": [{"status": "missing"}, *REST]}, "points[0].id"),
        ({"points": [{**GOOD, "status": "partly"}, *REST]}, "points[0].status"),
        ({"points": [{**GOOD, "status": "uncovered"}, *REST]}, "points[0].status"),
        ({"points": [{**GOOD, "status": "covered missing"}, *REST]}, "points[0].status"),
        ({"points": [{**GOOD, "status": ""}, *REST]}, "points[0].status"),
        ({"points": [{**GOOD, "status": True}, *REST]}, "points[0].status"),
        ({"points": [{**GOOD, "learner_said": ["a"]}, *REST]}, "points[0].learner_said"),
        ({"points": [GOOD, *REST], "wrong": "the tyres"}, "wrong"),
        ({"points": [GOOD, *REST], "wrong": [3]}, "wrong[0]"),
        ({"points": [GOOD, *REST], "wrong": [{"claim": "x"}]}, "wrong[0].learner_said"),
    ],
)
def test_what_was_not_asked_for_is_refused_by_field(value, field):
    with pytest.raises(MalformedReplyError) as error:
        parse(value, IDS, DECOY)
    assert f": {field} " in str(error.value)
    assert "\n" not in str(error.value)


def test_an_error_repeats_little_of_what_was_sent():
    with pytest.raises(MalformedReplyError) as error:
        parse({"points": [{**GOOD, "status": "x\n" * 5000}]}, IDS, DECOY)
    assert len(str(error.value)) < 250
    assert "\n" not in str(error.value)


def test_a_judge_that_finds_the_decoy_covered_is_not_believed():
    with pytest.raises(UntrustedReplyError):
        parse(reply(k7=("covered", "x"), m2="missing", b5=("covered", "y")), IDS, DECOY)


def test_a_judge_that_finds_the_decoy_contradicted_is_confused():
    assert parse(reply(k7="missing", m2="missing", b5="contradicted"), IDS, DECOY).confused
    assert not parse(reply(k7="missing", m2="contradicted"), IDS, DECOY).confused


def test_a_decoy_left_out_is_not_covered():
    said_of_both = parse({"points": said(k7=("covered", "x"), m2="missing")}, IDS, DECOY)
    assert said_of_both.points == (RawPoint("covered", "x"), RawPoint("missing"))
    assert not said_of_both.confused


@pytest.mark.parametrize(
    "value",
    [
        {"id": "k7", "learner_said": "x", "status": "covered"},
        {"k7": {"learner_said": "x", "status": "covered"}},
    ],
)
def test_the_last_of_several_objects_is_no_whole_reply(value):
    # Of `{"id": "b5", ...} {"id": "k7", ...}` only the last is given here: what is said of the
    # decoy stands before it.
    with pytest.raises(MalformedReplyError, match="says nothing of 1 of 2"):
        parse(value, ["k7"], DECOY)


def test_a_second_reply_is_read_for_the_points_asked_again():
    value = reply(k7=("covered", "x"), m2="missing", b5="covered")  # repeats them all
    assert parse_again(value, ["m2"]) == {"m2": RawPoint("missing")}
    assert parse_again({"points": []}, ["m2"]) == {}
    with pytest.raises(MalformedReplyError):
        parse_again({"points": said(m2="perhaps")}, ["m2"])


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from(["k7", "covered"]),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from(["id", "status", "learner_said", "quote", "points", "wrong"]), inner, max_size=3),
    max_leaves=12,
)  # fmt: skip


@given(st.dictionaries(st.sampled_from(["points", "wrong", "x"]), JSON, max_size=3))
@settings(deadline=None, max_examples=200)
def test_any_object_is_read_or_refused(value):
    try:
        raw = parse(value, IDS, DECOY)
    except ReplyError:
        return
    assert len(raw.points) == len(IDS)
