from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.deck.cloze import read_cloze, upstream_deletions, upstream_text


def offsets(text):
    return [(found.first, found.last) for found in upstream_deletions(text)]


@pytest.mark.parametrize(
    ("text", "clean", "expected"),
    [
        ("Foo [bar] baz.", "Foo bar baz.", [(4, 6)]),
        ("Foo [bar] baz [quux].", "Foo bar baz quux.", [(4, 6), (12, 15)]),
        ("Foo [bar] ![](a.png) [baz].", "Foo bar ![](a.png) baz.", [(4, 6), (19, 21)]),
        ("Key: [`\\[`]", "Key: `[`", [(5, 7)]),
        ("\\[markdown\\] [`\\[cloze\\]`]", "[markdown] `[cloze]`", [(11, 19)]),
        ("[foo]\n[bar]\nbaz.", "foo\nbar\nbaz.", [(0, 2), (4, 6)]),
        ("光合成は[葉緑体]で", "光合成は葉緑体で", [(12, 20)]),
        ("Wow! A [b]", "Wow! A b", [(7, 7)]),
        ("Wow![really]", "Wow![really]", []),
        ("[![](x.png)]", "![](x.png)", [(0, 9)]),
        ("a [] b", "a  b", [(2, 1)]),
        ("a [b [c] d] e", "a b c d e", [(4, 4)]),
        ("a [b c [d] e", "a b c d e", [(6, 6)]),
        ("a b] c", "a b c", []),
        ("a [b c", "a b c", []),
        ("[a]b]", "ab", [(0, 0)]),
        ("[a\\]b]", "a]b", [(0, 2)]),
        ("a \\\\[b] c", "a \\[b c", []),
        ("\\[x^2\\] is [b]", "[x^2] is b", [(9, 9)]),
        ("see [text](http://x)", "see text(http://x)", [(4, 7)]),
        ("- [ ] todo", "-   todo", [(2, 2)]),
        ("![a [b] c](x.png)", "![a [b] c(x.png)", []),
    ],
)
def test_upstream_reading(text, clean, expected):
    assert upstream_text(text) == clean
    assert offsets(text) == expected


@pytest.mark.parametrize(
    ("text", "fills", "shown"),
    [
        ("Foo [bar] baz.", ("bar",), "Foo bar baz."),
        ("E[log σ([a] - [b])]", ("a", "b"), "E[log σ(a - b)]"),
        ("a [b [c] d] e", ("c",), "a [b c d] e"),
        ("a [b c [d] e", ("d",), "a [b c d e"),
        ("[a]b]", ("a",), "ab]"),
        ("\\[x^2\\] is [b]", ("b",), "\\[x^2\\] is b"),
        ("\\[ E = [mc^2] \\]", ("mc^2",), "\\[ E = mc^2 \\]"),
        ("\\[markdown\\] [x]", ("x",), "[markdown] x"),
        ("$\\left[ a \\right]$ is [b]", ("b",), "$\\left[ a \\right]$ is b"),
        ("$\\sqrt[3]{x}$ is [b]", ("b",), "$\\sqrt[3]{x}$ is b"),
        ("`a[0]` is the [first]", ("first",), "`a[0]` is the first"),
        ("run `git [rebase]`", ("rebase",), "run `git rebase`"),
        ("Key: [`\\[`]", ("`[`",), "Key: `[`"),
        ("see [text](http://x) and [b]", ("b",), "see [text](http://x) and b"),
        ("see [text](notes/a.md) and [b]", ("b",), "see [text](notes/a.md) and b"),
        ("[alignment](对齐)", ("alignment",), "alignment(对齐)"),
        ("[Plain](text) mode", ("Plain",), "Plain(text) mode"),
        ("- [ ] todo [b] x[]", ("b",), "- [ ] todo b x[]"),
        ("![a [b] c](x.png) [d]", ("d",), "![a [b] c](x.png) d"),
        ("```py\na[0]\n```\nis [b]", ("b",), "```py\na[0]\n```\nis b"),
        ("see [text](http://x)", (), "see [text](http://x)"),
    ],
)
def test_default_reading(text, fills, shown):
    cloze = read_cloze(text)
    assert cloze.fills == fills
    assert cloze.text == shown


def test_question_hides_one_blank_and_fills_the_others():
    cloze = read_cloze("[a] and [b] make c")
    assert cloze.question(0) == "[...] and b make c"
    assert cloze.question(1) == "a and [...] make c"


@pytest.mark.parametrize(
    ("text", "unmatched"),
    [
        ("a [b]", False),
        ("E[[a] - [b]]", False),
        ("a [b [c] d", True),
        ("[a]b]", True),
        ("`[` is [b]", False),
    ],
)
def test_unmatched_brackets(text, unmatched):
    assert read_cloze(text).unmatched is unmatched


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="[]\\!`$a光\n ()/:", max_size=24))
def test_default_reading_keeps_every_other_character(text):
    cloze = read_cloze(text)
    kept = cloze.text
    for char in set(text) - set("[]\\"):
        assert kept.count(char) == text.count(char)
    # a blank takes two brackets away; escapes take backslashes only
    assert kept.count("[") == text.count("[") - len(cloze.fills)
    assert kept.count("]") == text.count("]") - len(cloze.fills)


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="[]\\!`$a光\n ()/:", max_size=24))
def test_byte_offsets_cut_out_the_fills(text):
    cloze = read_cloze(text)
    whole = cloze.text.encode()
    cut = tuple(whole[first : last + 1].decode() for first, last in cloze.byte_offsets())
    assert cut == cloze.fills
