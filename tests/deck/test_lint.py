from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.deck.lines import split_lines
from tutor.deck.lint import check_deck, load_problems
from tutor.deck.parser import parse_deck
from tutor.errors import DeckError

SEED = Path(__file__).parents[2].parent / "shared" / "decks" / "instructgpt-seed.md"


def problems(text, *, strict=False):
    deck = parse_deck(text, file="d.md", strict=strict)
    return [(found.severity, found.line, found.code) for found in check_deck(deck)]


def codes(text, *, strict=False):
    return {code for _, _, code in problems(text, strict=strict)}


@pytest.mark.parametrize(
    "text",
    [
        "Q: What is Rust?\nA: A systems programming language.",
        "Q: 训练分哪三步？\nA: 1) 微调；2) 奖励模型；3) 强化学习",
        "Q: Which is larger, RM or PPO?\nA: PPO",
        "Q: How many?\nA: 96%\nR: ± 1%",
        "C: E[log σ([r_w] - [r_l])]",
        "C: SFT 训练 [16 epochs]，使用 [cosine] 衰减",
        "Q: Is it so?\nA: It depends on the batch size.",
        "Q: Empty dict?\nA: `{}` or dict()",
        "Q: options\nA: a: first\nb: second",
        "# Title\n\nC: [x] is y",
    ],
)
def test_good_cards_have_no_problems(text):
    assert problems(text) == []


@pytest.mark.parametrize(
    ("text", "severity", "line", "code"),
    [
        ("Q: a\nA:", "error", 1, "empty-reference"),
        ("Q:\nA: b", "error", 1, "empty-question"),
        ("Q: what?\nA: It depends.", "warning", 1, "vague-reference"),
        ("Q: 选哪个？\nA: 视情况而定。", "warning", 1, "vague-reference"),
        ("Q: what?\nA: the", "warning", 1, "vague-reference"),
        ("Q: what?\nA: ...", "warning", 1, "vague-reference"),
        ("Q: Is it?\nA: Yes.", "warning", 1, "coin-toss"),
        ("Q: 能吗？\nA: 能", "warning", 1, "coin-toss"),
        ("Q: What does backpropagation propagate back?\nA: backpropagation", "warning", 1,
         "given-away"),
        ("Q: 奖励模型的奖励分数叫什么？\nA: 奖励分数", "warning", 1, "given-away"),
        ("Q: Name three colours.\nA: red, green", "warning", 1, "count"),
        ("Q: 列举三种颜色\nA: 红色", "warning", 1, "count"),
        ("Q: Name two.\nA: a, b\nR: a\nR: b\nR: c", "warning", 1, "count"),
        ("Q: a\nA: " + "long " * 121, "warning", 1, "long-reference"),
        ("Q: a\nA: 首都是 [北京]", "warning", 1, "forgotten-cloze"),
        ("Q: 首都是 [[北京]]\nA: x", "warning", 1, "forgotten-cloze"),
        ("首都是 [北京]\n\nQ: a\nA: x", "warning", 1, "forgotten-cloze"),
        ("C: Step 3 [PPO]: the PPO algorithm", "warning", 1, "visible-blank"),
        ("C: [a b] and [a b]", "warning", 1, "visible-blank"),
        ("C: a [b [c] d", "warning", 1, "unmatched-bracket"),
        ("Q: a\nA: many words\nR: ± 5%", "warning", 3, "pointless-tolerance"),
        ("Q: a\nA: x\n\nstray text", "warning", 4, "stray-paragraph"),
        ("Q: a\nA: x\n Q: b\n", "warning", 1, "mistyped-tag"),
        ("Q: a\nA: x\n\n问：b\n答：c", "warning", 4, "mistyped-tag"),
        ("Q: a\nA: x\n\nQ: a\nA: x", "warning", 4, "repeated-card"),
        ("Q: a?\nA: xx\n\nQ: a\nA: yy", "warning", 4, "two-answers"),
        ("Q: a\nA: xx\n\n---\n\n| t |\n", "note", 6, "aside"),
    ],
)  # fmt: skip
def test_problem(text, severity, line, code):
    assert (severity, line, code) in problems(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Q: what?\nA: It depends.\nR: on the batch size", "vague-reference"),
        ("Q: Is it RM or backpropagation?\nA: backpropagation", "given-away"),
        ("Q: What are cellular parts?\nA: cell", "given-away"),
        ("Q: Name at least two.\nA: a, b, c", "count"),
        ("Q: a\nA: " + "long " * 121 + "\nR: short", "long-reference"),
        ("C: [1.5] is not 11.5", "visible-blank"),
    ],
)
def test_no_such_problem(text, code):
    assert code not in codes(text)


def test_strict_reading_warns_of_a_paragraph_in_the_answer():
    assert "stray-paragraph" in codes("Q: a\nA: x\n\nstray text", strict=True)
    assert "stray-paragraph" not in codes("Q: a\nA: x\n\n- item", strict=True)


def test_strict_reading_tells_a_collision_from_a_repetition():
    deck = parse_deck("Q: ab\nA: cd\n\nQ: a\nA: bcd", file="d.md", strict=True)
    assert [found.message for found in check_deck(deck)] == [
        "hashcards takes this for the card on line 1; reword it"
    ]


def test_problems_come_by_line():
    lines = [line for _, line, _ in problems("intro\n\nQ: a\nA:\n\nQ: b\nA: yes\n\nstray")]
    assert lines == sorted(lines) == [1, 3, 6, 9]


def test_a_broken_deck_does_not_hide_the_others(tmp_path):
    (tmp_path / "a.md").write_text("\nA: x")
    (tmp_path / "b.md").write_text("Q: a\nA: b")
    decks, found = load_problems(tmp_path)
    assert [deck.name for deck in decks] == ["b"]
    assert [(one.severity, one.file, one.line, one.code) for one in found] == [
        ("error", str(tmp_path / "a.md"), 2, "unreadable")
    ]


def test_a_missing_deck_is_a_problem(tmp_path):
    decks, found = load_problems(tmp_path / "none.md")
    assert decks == ()
    assert [(one.severity, one.line) for one in found] == [("error", 1)]


PIECES = st.sampled_from(
    ["Q: ", "A: ", "C: ", "R: ", "R: ± 5%", "\n", "\n\n", "[", "]", "(x)", "`", " ", "$", "\\",
     "name two", "列举三种", "1) ", "、", "；", "and", "a", "光", "…", "yes", "# ", "- ", "| "]
)  # fmt: skip


@pytest.mark.parametrize("strict", [True, False], ids=["strict", "default"])
@settings(max_examples=200, deadline=None)
@given(text=st.lists(PIECES, max_size=30).map("".join))
def test_whatever_parses_can_be_checked(text, strict):
    try:
        deck = parse_deck(text, file="d.md", strict=strict)
    except DeckError:
        return
    lines = len(split_lines(text))
    found = check_deck(deck)
    assert all(1 <= one.line <= lines and "\n" not in one.message for one in found)
    empty = {one.line for one in found if one.code == "empty-reference"}
    assert empty == {card.line for card in deck.cards if not card.references[0]}


def test_seed_deck():
    if not SEED.exists():
        pytest.skip("the seed deck is not beside this checkout")
    text = SEED.read_text(encoding="utf-8")
    assert problems(text) == [
        ("warning", 26, "visible-blank"),  # the text names its own blank again
        ("note", 279, "aside"),
        ("note", 290, "aside"),
        ("warning", 326, "stray-paragraph"),
    ]
