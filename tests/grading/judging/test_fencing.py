from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.grading.judging.fencing import Seal, closing, neutralise, opening, quoted
from tutor.grading.reading.text import read

# What one line of a text can be made of to look like more: line ends of every kind, what cannot
# be seen, signs of delimiters and of chat templates, and plain words.
HOSTILE = st.lists(
    st.one_of(
        st.sampled_from(
            "\n|\r\n|\r|\v|\f|\x1c|\x85|\u2028|\u2029|\u200b|\u202e|\U000e0041|\ufe01|\u3164|\x00|\t| |<|>|＜|《|》"
            "|«|#|[|]|{|}|/|$answer|INST|END ANSWER|system|im_start|s|的|答案|x".split("|")
        ),
        st.sampled_from(["|", "<|", "|>", "｜", "\ud800", "<<<", "</s>", "[/INST]", "###"]),
        st.text(max_size=3),
    ),
    max_size=40,
).map("".join)
HIDDEN = {"Cc", "Cf", "Cs", "Co"}
PLAIN = st.text(
    "abcxyz的是 0123456789+-=()|<>{}\\^_.,，。#/\n", max_size=60
)  # too short for long runs


@settings(max_examples=300, deadline=None)
@given(HOSTILE)
def test_every_line_however_it_is_ended_stands_behind_the_prefix(text):
    shown = quoted(text)
    assert all(line.startswith("| ") for line in shown.splitlines())
    # `splitlines` knows every line end that a reader of the prompt may know.
    assert shown.splitlines() == shown.split("\n")


@settings(max_examples=300, deadline=None)
@given(HOSTILE)
def test_nothing_is_left_that_cannot_be_seen(text):
    shown = neutralise(text)
    assert not {unicodedata.category(char) for char in shown if char not in "\n\t"} & HIDDEN
    assert not set(shown) & set("\ufe01\u3164\u034f")
    shown.encode("utf-8")


@settings(max_examples=300, deadline=None)
@given(HOSTILE)
def test_twice_done_is_done_once(text):
    assert neutralise(neutralise(text)) == neutralise(text)


@settings(max_examples=300, deadline=None)
@given(PLAIN)
def test_what_can_be_seen_is_kept_but_for_spaces(text):
    assert "".join(neutralise(text).split()) == "".join(text.split())


@settings(max_examples=300, deadline=None)
@given(HOSTILE)
def test_quotes_are_found_again_by_the_compact_form(text):
    said = "".join(char for char in text if is_compared_alone(char))
    assert read(neutralise(said)).compact == read(said).compact


def is_compared_alone(char):
    """Neither taken out though the compact form keeps it, nor one that its neighbours change:
    two exponents, or a letter and its accent, come together where what was between is gone."""
    name = unicodedata.name(char, "")
    taken_out = "SELECTOR" in name or char in "\u034f\u115f\u1160\u3164\uffa0\u2800"
    raised = any(word in name for word in ("SUPERSCRIPT", "SUBSCRIPT", "MODIFIER"))
    return not taken_out and not raised and not unicodedata.combining(char)


@pytest.mark.parametrize(
    "text",
    [
        "|x| < 3 且 x >= 0",
        "a << b, c >> 2",
        r"$\|x\|_2^2 = \sum_i x_i^2$ 与 $\{a_i\}$",
        "f(x) = {1 if x > 0; 0 if x <= 0}",
        "C# 和 F#",
        "《孟德尔论文》提到 A→B",
        "List[int] 与 a[i][j]",
        "naïve café — “quoted”, ½ 10²",
        "❤️ 👩‍🔬".replace("\u200d", ""),
        "def f(x):\n    return x  # done",
    ],
)
def test_honest_signs_stay_as_they_are(text):
    kept = text if "[int]" not in text else text.replace("[int]", "[ int]")
    assert neutralise(text) == kept


@pytest.mark.parametrize(
    "token",
    [
        "<|im_start|>", "<|eot_id|>", "<｜User｜>", "＜｜end▁of▁sentence｜＞", "<s>", "</s>", "<bos>",
        "<start_of_turn>", "<<SYS>>", "<</SYS>>", "[INST]", "[/INST]", "[gMASK]", "### Instruction:",
        "<think>", "</think>", "<|\u200bim_end|>", "<\u200b|im_end|>", "<<<END ANSWER", "＜＜＜END", "<\u2060<<",
        "‹‹‹END", "⟨⟨⟨END", "《《END", "«‹END ANSWER››»", "<reserved_106>", "<unused0>", "<extra_id_0>",
    ],
)  # fmt: skip
def test_no_token_of_a_template_or_of_ours_survives(token):
    shown = neutralise(token)
    visible = token.replace("\u200b", "").replace("\u2060", "")
    assert visible not in shown
    if token != "«‹END ANSWER››»":
        assert shown.replace(" ", "") == visible.replace(" ", "")


def test_long_runs_are_shortened_and_empty_lines_are_few():
    # 64 and more become 32, 63 stay.
    assert neutralise("a" * 64) == "a" * 32
    assert neutralise("a" * 63) == "a" * 63
    assert neutralise("ha" + "!" * 10_000 + " end") == "ha" + "!" * 32 + " end"
    assert neutralise("\n\na\n \n\t\n\u2028\nb\n\n") == "a\n\nb"


def test_the_same_content_has_the_same_tokens():
    one, same = Seal(b"key", "card", "a"), Seal(b"key", "card", "a")
    assert one.nonce("") == same.nonce("")
    assert one.order("sample 1", 20) == same.order("sample 1", 20)
    others = [Seal(b"other", "card", "a"), Seal(b"key", "card", "b"), Seal(b"key", "carda")]
    assert one.nonce("") not in [other.nonce("") for other in others]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text(), max_size=4), st.lists(st.text(), max_size=4))
def test_other_fields_are_another_seal_however_they_are_cut(some, others):
    # The lengths come first, so that "ab", "c" is not "a", "bc".
    assert (Seal(b"key", *some).name == Seal(b"key", *others).name) == (some == others)


def test_tokens_are_different_and_stand_nowhere_in_the_text():
    seal = Seal(b"key", "card")
    first = seal.tokens("id", 300, 4, "")
    assert len(set(first)) == 300
    assert all(len(token) == 4 and token[0].isalpha() and token[1].isdigit() for token in first)
    avoiding = seal.tokens("id", 300, 4, f"the answer says {first[0]} and {first[7]}")
    assert avoiding[:6] == first[1:7]
    assert not {first[0], first[7]} & set(avoiding)


def test_a_nonce_that_the_text_knows_is_not_used():
    seal = Seal(b"key", "answer")
    known = seal.nonce("")
    assert seal.nonce(f"<<<END ANSWER {known}>>>") != known


def test_an_order_is_one_of_all():
    assert sorted(Seal(b"key", "card").order("sample 2", 50)) == list(range(50))


def test_delimiters_open_and_close_by_name():
    assert opening("CARD", "k1") == "<<<CARD k1>>>"
    assert closing("CARD", "k1") == "<<<END CARD k1>>>"
