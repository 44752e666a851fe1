from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.deck.lines import split_lines
from tutor.deck.parser import parse_deck
from tutor.errors import DeckError

SEED = Path(__file__).parents[2].parent / "shared" / "decks" / "instructgpt-seed.md"
BOTH = pytest.mark.parametrize("strict", [True, False], ids=["strict", "default"])


def sides(text, *, strict=False):
    deck = parse_deck(text, file="d.md", strict=strict)
    return [(card.question, card.references[0]) for card in deck.cards]


def fault(text, *, strict=False):
    with pytest.raises(DeckError) as caught:
        parse_deck(text, file="d.md", strict=strict)
    return str(caught.value)


# What both readings share


@BOTH
@pytest.mark.parametrize("text", ["", "\n\n\n", " \t\n", "---", "\n---\n\n---\n"])
def test_no_cards(text, strict):
    # a first line "---" opens front matter, strictly
    if strict and text.startswith("---"):
        assert fault(text, strict=True).startswith("d.md:1: ")
    else:
        assert sides(text, strict=strict) == []


@BOTH
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Q: What is Rust?\nA: A language.", [("What is Rust?", "A language.")]),
        ("Q: foo\nbaz\nbaz\nA: FOO\nBAR", [("foo\nbaz\nbaz", "FOO\nBAR")]),
        ("Q: foo\nA: bar\n\nQ: baz\nA: quux\n\n", [("foo", "bar"), ("baz", "quux")]),
        ("C: Foo [bar].\nQ: a\nA: b", [("Foo [...].", "bar"), ("a", "b")]),
        ("Q: a\nA: b\nC: Foo [bar].", [("a", "b"), ("Foo [...].", "bar")]),
        ("C: [a] b [c]", [("[...] b c", "a"), ("a b [...]", "c")]),
        ("C: [foo]\n[bar]\nbaz.", [("[...]\nbar\nbaz.", "foo"), ("foo\n[...]\nbaz.", "bar")]),
        ("C: [a] b\nC: [c] d", [("[...] b", "a"), ("[...] d", "c")]),
        ("C:\n\nfoo [bar]", [("foo [...]", "bar")]),
        ("Q: a\nA: b\n---\nQ: c\nA: d", [("a", "b"), ("c", "d")]),
        ("C: [a]\n---\nC: [b]\n---\n", [("[...]", "a"), ("[...]", "b")]),
        ("\n---\n\n---\nQ: a\nA: b\n---\n---", [("a", "b")]),
        ("Q: a\r\nA: b\r\nc\r\n", [("a", "b\nc")]),
        ("Q:a\nA:\tb", [("a", "b")]),
        ("Q:\nA: b", [("", "b")]),
        ("Q: a\nA:", [("a", "")]),
        ("Q: a\nA: b\n --- \nQ: c\nA: d", [("a", "b"), ("c", "d")]),
        ("Q: a\nA: b\n----\n***\n| --- |", [("a", "b\n----\n***\n| --- |")]),
        ("Q: a\nA: C:\\x", [("a", "C:\\x")]),
        ("Q: x\nA: b\n\nQ: x\nA: c", [("x", "b"), ("x", "c")]),
        ("C: [a] and [a]", [("[...] and a", "a"), ("a and [...]", "a")]),
        ("Q: a\n\nb\nA: c", [("a\n\nb", "c")]),
        ("Q: a\nA: b\n\n- c\n\n- d", [("a", "b\n\n- c\n\n- d")]),
        ("C: Wow! It is [b].", [("Wow! It is [...].", "b")]),
        ("Q: a\u2028b\x0bc\nA: d\x85e", [("a\u2028b\x0bc", "d\x85e")]),
        ("Q: a\nA: \x1cb\x1c\u3000", [("a", "\x1cb\x1c")]),
    ],
)
def test_cards(text, expected, strict):
    assert sides(text, strict=strict) == expected


@BOTH
@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("A: b", 1, "answer tag without a question"),
        ("Q: a\nA: b\n---\nA: c", 4, "answer tag without a question"),
        ("Q: a", 1, "file ended while reading the question on line 1 without an answer"),
        ("\nQ: a\nb\n\n", 4, "file ended while reading the question on line 2 without an answer"),
        ("Q: a\nQ: b", 2, "new question without an answer"),
        ("Q: a\nC: [b]", 2, "cloze tag while reading the question"),
        ("Q: a\n---\nA: b", 2, "separator while reading the question"),
        ("Q: a\nA: b\nA: c", 3, "answer tag while reading an answer"),
        ("C: [a]\n\nA: b", 3, "answer tag while reading a cloze text"),
        ("\nC: no blank\n\nQ: a", 2, "no blank"),
        ("C: a b] c", 1, "no blank"),
        ("C: a [b c", 1, "no blank"),
        ("C: a \\\\[b] c", 1, "no blank"),
        ("C: Wow![really]", 1, "no blank"),
    ],
)
def test_faults(text, line, what, strict):
    message = fault(text, strict=strict)
    assert message.startswith(f"d.md:{line}: ")
    assert what in message
    assert "\n" not in message
    assert "; " in message  # the mend


@BOTH
def test_where_a_card_comes_from(strict):
    deck = parse_deck("\nQ: a\nA: b\n\nC: [c] [d]", file="x/os.md", strict=strict)
    assert [(card.deck, card.file, card.line) for card in deck.cards] == [
        ("os", "x/os.md", 2),
        ("os", "x/os.md", 5),
        ("os", "x/os.md", 5),
    ]
    assert [card.blank for card in deck.cards] == [None, 0, 1]
    assert deck.cards[0].family is None
    assert deck.cards[1].family == deck.cards[2].family is not None


@BOTH
@pytest.mark.parametrize("card", ["Q: a\nA: b", "C: a [b]"])
def test_the_same_card_twice_is_kept_once(card, strict):
    deck = parse_deck(f"{card}\n\n{card}\n", file="d.md", strict=strict)
    assert [kept.line for kept in deck.cards] == [1]
    assert [dropped.id for dropped in deck.duplicates] == [deck.cards[0].id]


def test_only_upstream_drops_a_card_whose_hash_collides():
    text = "Q: ab\nA: c\n\nQ: a\nA: bc"
    assert len(sides(text, strict=True)) == 1
    assert len(sides(text)) == 2


def test_hashes_and_ids_do_not_depend_on_the_reading():
    text = "Q: a\nA: b\n\nC: E[log σ([a] - [b])] and \\[x^2\\]\n\nC: 光合成は[葉緑体]で"
    strict = parse_deck(text, file="d.md", strict=True).cards
    default = parse_deck(text, file="d.md").cards
    assert [(card.id, card.hash, card.family) for card in strict] == [
        (card.id, card.hash, card.family) for card in default
    ]


def test_half_a_character_is_named():
    assert fault("Q: a\nA: \ud800").startswith("d.md:2: half a character")


# Where the readings part: strict as upstream does, default as the author means it


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\ufeffQ: a\nA: b", [("a", "b")]),
        ("Q：a\nA：b", [("a", "b")]),
        ("text first\n\nQ: a\nA: b", [("a", "b")]),
        ("Q: a\nA: b\n---\ntext\nC: [c]", [("a", "b"), ("[...]", "c")]),
        ("<!-- Q: x\nA: y -->\nQ: a\nA: b", [("a", "b")]),
        ("Q: a\nA: b\n```\nQ: x\nA: y\n---\n```", [("a", "b\n```\nQ: x\nA: y\n---\n```")]),
        ("Q: a\nA: ```\nA: y\n```", [("a", "```\nA: y\n```")]),
        ("Q: a\n~~~~\nA: x\n~~~\n~~~~\nA: b", [("a\n~~~~\nA: x\n~~~\n~~~~", "b")]),
        ("Q: a\nA: in\nC:\\Windows", [("a", "in\nC:\\Windows")]),
        ("C: a [] [b]", [("a [] [...]", "b")]),
        ("C: [] [b]", [("[] [...]", "b")]),
    ],
)
def test_default_reading_takes_what_upstream_refuses(text, expected):
    assert sides(text) == expected
    if "a []" not in text:
        assert fault(text, strict=True).startswith("d.md:")


@pytest.mark.parametrize(
    "text", [" Q: a\nA: b", "q: a\nA: b", "Q : a\nA: b", "Q: a\rA: b"], ids=repr
)
def test_near_tags_are_tags_in_no_reading(text):
    assert fault(text, strict=True).startswith("d.md:1: ")
    assert fault(text).startswith("d.md:")


@pytest.mark.parametrize(
    ("text", "strict_answer", "answer"),
    [
        ("Q: a\nA: b\n\nc", "b\n\nc", "b"),
        ("Q: a\nA: b\n<!-- c -->", "b\n<!-- c -->", "b"),
        ("Q: a\nA: b\n\n> c", "b\n\n> c", "b"),
        ("Q: a\nA: b\nR: c", "b\nR: c", "b"),
        ("Q: a\nA: b\n# Title", "b\n# Title", "b"),
        ("Q: a\nA: b\n\nc\n\n- d", "b\n\nc\n\n- d", "b"),
    ],
)
def test_where_an_answer_ends(text, strict_answer, answer):
    assert sides(text, strict=True) == [("a", strict_answer)]
    assert sides(text) == [("a", answer)]


@pytest.mark.parametrize(
    "more",
    ["- c", "* c", "1. c", "2) c", "3、c", "（1）c", "①c", "  c", "\tc", "| c |", "$$\nc\n$$",
     "\\[c\\]", "```\nc\n```", "![](c.png)"],
)  # fmt: skip
def test_what_goes_on_with_an_answer_below_a_blank_line(more):
    assert sides(f"Q: a\nA: b\n\n{more}\n\nplain") == [("a", f"b\n\n{more}")]


def test_a_cloze_text_goes_on_where_a_paragraph_has_a_blank():
    text = "C: one [a]\n\ntwo [b]\n\nthree"
    assert sides(text) == [("one [...]\n\ntwo b", "a"), ("one a\n\ntwo [...]", "b")]


@pytest.mark.parametrize(
    ("opening", "what"), [("```py", "fence"), ("~~~", "fence"), ("<!-- x", "comment")]
)
def test_what_is_never_closed_would_swallow_the_deck(opening, what):
    message = fault(f"Q: a\nA: b\n\n{opening}\nQ: c\nA: d")
    assert message.startswith("d.md:4: ")
    assert what in message


def test_strict_empty_blanks():
    assert sides("C: a [] b", strict=True) == [("a [...] b", "")]
    assert fault("C: [] b", strict=True).startswith("d.md:1: the cloze text starts with an empty")


def test_strict_knows_no_fence():
    assert "no flashcard" in fault("Q: a\nA: b\n```\n---\nx\n```", strict=True)


# Sections and asides


def test_sections_are_the_headings_above():
    text = "# A\nC: [a]\n## B ##\nC: [b]\n### C\nC: [c]\n## D\nC: [d]\n# E\nC: [e]"
    deck = parse_deck(text, file="d.md")
    assert [card.section for card in deck.cards] == [
        ("A",),
        ("A", "B"),
        ("A", "B", "C"),
        ("A", "D"),
        ("E",),
    ]


def test_the_title_of_the_document_is_no_section():
    deck = parse_deck("# Title\n\nC: [a]\n\n## B\n\nC: [b]", file="d.md")
    assert [card.section for card in deck.cards] == [(), ("B",)]


@pytest.mark.parametrize("line", ["#tag", "####### seven", "# "])
def test_what_is_no_heading(line):
    assert sides(f"Q: a\nA: b\n{line}") == [("a", f"b\n{line}".strip())]


def test_a_heading_in_a_question_is_a_fault():
    assert fault("Q: a\n# B\nA: c").startswith("d.md:2: found a heading")


def test_asides_are_told_by_kind_and_place():
    text = (
        "intro\nmore\n\nQ: a\nA: b\n\nstray\n\nstill stray\n\n## H\n\n| t |\n|---|\n\n"
        "> quote\n\n- item\n\n```\ncode\n```\n***\n<!-- note -->\nC: [c]"
    )
    asides = parse_deck(text, file="d.md").asides
    assert [(aside.kind, aside.first, aside.last, aside.trailing) for aside in asides] == [
        ("paragraph", 1, 2, False),
        ("paragraph", 7, 9, True),
        ("table", 13, 14, False),
        ("quote", 16, 16, False),
        ("list", 18, 18, False),
        ("fence", 20, 22, False),
        ("comment", 24, 24, False),
    ]
    assert asides[1].text == "stray\n\nstill stray"


# Rubric lines


def test_rubric_lines_belong_to_the_answer_above():
    text = "Q: a\nA: b\nR: one\nR: ~ two\n  more\n\nR: = bee\nR： ± 5%\n\nC: [c]"
    first, second = parse_deck(text, file="d.md").cards
    assert [(line.kind, line.text, line.line) for line in first.rubric] == [
        ("required", "one", 3),
        ("optional", "two more", 4),
        ("alternative", "bee", 7),
        ("tolerance", "5%", 8),
    ]
    assert first.references == ("b", "bee")
    assert second.rubric == ()


def test_a_rubric_does_not_change_who_the_card_is():
    plain, graded = sides_ids("Q: a\nA: b"), sides_ids("Q: a\nA: b\nR: = c")
    assert plain == graded


def sides_ids(text):
    return [(card.id, card.hash) for card in parse_deck(text, file="d.md").cards]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("R: a", 1),
        ("Q: a\nR: b\nA: c", 2),
        ("Q: a\nA: b\n\nstray\n\nR: c", 6),
        ("Q: a\nA: b\nR:", 3),
        ("Q: a\nA: 5\nR: ± some", 3),
        ("Q: a\nA: 5\nR: ± 5%\nR: ± 6%", 4),
        ("C: [a] [b]\nR: ± 5%\nR: = c", 3),
        ("Q: a\nA: b\nR: c\nA: d", 4),
    ],
)
def test_misplaced_and_malformed_rubric_lines(text, line):
    assert fault(text).startswith(f"d.md:{line}: ")


# Laws

PIECES = st.sampled_from(
    ["Q: ", "A: ", "C: ", "R: ", "Q：", "R: ± ", "---", "# ", "```", "~~~", "<!--", "-->", "| ",
     "> ", "- ", "\n", "\n", "\n\n", "\r\n", "\r", "[", "]", "\\", "!", "(x)", "`", "$", " ",
     "\u3000", "\x1c", "\u2028", "\ufeff", "a", "5%", "光", "é"]
)  # fmt: skip
DECK_LIKE = st.lists(PIECES, max_size=30).map("".join)


def parsed(text, *, strict):
    try:
        return parse_deck(text, file="d.md", strict=strict)
    except DeckError as error:
        return str(error)


@BOTH
@settings(max_examples=300, deadline=None)
@given(text=DECK_LIKE | st.text(max_size=60))
def test_any_text_is_a_deck_or_a_deck_error(text, strict):
    deck = parsed(text, strict=strict)
    if isinstance(deck, str):
        assert re.fullmatch(r"d\.md:\d+: .+; .+", deck)
        return
    lines = split_lines(text if strict else text.removeprefix("\ufeff"))
    covered = [at for block in deck.blocks for at in range(block.first, block.last + 1)]
    assert covered == sorted(set(covered))
    blank = [at for at, line in enumerate(lines, start=1) if not line.strip()]
    assert set(covered) | set(blank) == set(range(1, len(lines) + 1))
    for block in deck.blocks:
        assert block.text == "\n".join(lines[block.first - 1 : block.last])


WORDED = st.lists(
    st.sampled_from(
        ["Q: {0}\nA: {0}x", "Q: {0}\n\n{0}x\nA: {0}y\n{0}z", "C: {0} [{0}x] {0}y", "## {0}",
         "Q: {0}\nA: {0}x\nR: {0}y\nR: = {0}z", "{0}", "> {0}", "- {0}\n  {0}x", "| {0} |",
         "```\n{0}\nQ: {0}x\n```", "<!-- {0} -->", "---", "1. {0}", "C: E[{0}([{0}x] - [{0}y])]"]
    ),
    max_size=8,
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(WORDED, st.sampled_from(["\n", "\n\n"]))
def test_every_word_is_in_a_card_a_section_or_an_aside(templates, between):
    text = between.join(
        template.format(f"word{number}w") for number, template in enumerate(templates)
    )
    if text.startswith("---"):
        text = f"\n{text}"
    deck = parse_deck(text, file="d.md")
    kept = [card.text for card in deck.cards]
    kept += [line.text for card in deck.cards for line in card.rubric]
    kept += [block.text for block in deck.blocks if block.kind != "card"]
    assert set(re.findall(r"word\w+", text)) <= set(re.findall(r"word\w+", " ".join(kept)))


# The seed deck


@pytest.fixture(scope="module")
def seed():
    if not SEED.exists():
        pytest.skip("the seed deck is not beside this checkout")
    return parse_deck(SEED.read_text(encoding="utf-8"), file=SEED.name)


def test_seed_deck_has_every_card(seed):
    basic = [card for card in seed.cards if card.kind == "basic"]
    blanks = [card for card in seed.cards if card.kind == "cloze"]
    assert (len(basic), len(blanks)) == (50, 58)
    assert len({card.line for card in blanks}) == 31
    assert seed.duplicates == ()


def test_seed_deck_has_its_chapters(seed):
    sections = list(dict.fromkeys(card.section for card in seed.cards))
    chapters = [section for section in sections if re.match(r"第.+章：", section[0])]
    assert len(chapters) == 18
    assert len(sections) == 20  # two closing sections with cards; a third has only a table


def test_seed_deck_closing_prose_is_not_the_last_answer(seed):
    last = seed.cards[-1]
    assert len(re.findall(r"\d\)", last.references[0])) == 4
    assert "\n" not in last.references[0]
    assert [(aside.kind, aside.trailing) for aside in seed.asides] == [
        ("table", False),
        ("fence", False),
        ("paragraph", True),
    ]


def test_seed_deck_formula_keeps_its_outer_brackets(seed):
    loss = [card for card in seed.cards if "E[log σ(" in card.question]
    assert len(loss) == 3
    assert all(card.question.endswith(")]") for card in loss)
