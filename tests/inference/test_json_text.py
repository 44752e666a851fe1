from __future__ import annotations

import json
import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.inference.json_text import DEEPEST, last_object

NEAT = {"points": [{"id": "a", "status": "covered", "quote": "x {y} z"}], "extra": []}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('{"a": 1}', {"a": 1}),
        ('```json\n{"a": 1}\n```', {"a": 1}),
        ('Here you go:\n```\n{"a": 1}\n```\nAnything else?', {"a": 1}),
        ('{"a": 1} no, rather {"a": 2}', {"a": 2}),
        ('{"a": {"b": 2}} and that is all', {"a": {"b": 2}}),
        ('{"a": 1} so that $\\text{}$ holds', {"a": 1}),
        ("{}", {}),
        ('<think>perhaps {"a": 1}</think>{"a": 2}', {"a": 2}),
        ('{"a": 1} is a draft</think>{"a": 2}', {"a": 2}),
        ('{"a": "it says </think>{\\"a\\": 3}"}', {"a": 'it says </think>{"a": 3}'}),
        ('"{\\"a\\": 1}"', {"a": 1}),
        ('{"a": [1, 2,], "b": 3,}', {"a": [1, 2], "b": 3}),
        ('{"a": 1, // first\n /* then */ "b": 2 # last\n}', {"a": 1, "b": 2}),
        ('{"a": "http://x.y/#z"}', {"a": "http://x.y/#z"}),
        ("{'a': 'don't', 'b': 'it\\'s'}", {"a": "don't", "b": "it's"}),
        ("{“a”: “one ”, ‘b’: ‘two’}", {"a": "one ", "b": "two"}),
        ('{"a": "所谓"注意力"机制", "b": 1}', {"a": '所谓"注意力"机制', "b": 1}),
        ('{"a": True, "b": False, "c": None,}', {"a": True, "b": False, "c": None}),
        ("{a: true, b_2: null}", {"a": True, "b_2": None}),
        ('{"a": "one\ntwo\tthree"}', {"a": "one\ntwo\tthree"}),
        ('{"a": -1.5e3, "b": 7, }', {"a": -1500.0, "b": 7}),
        ('{"a": "\\ud83d\\ude00 \\ud800"}', {"a": "😀 \ufffd"}),
        ("{'a': '\\ud83d\\ude00 \\n'}", {"a": "😀 \n"}),
        ('Set {1, 2} and f{x} give {"a": 1}', {"a": 1}),
        ("{" * 50 + '"a": 1}', {"a": 1}),
    ],
)
def test_an_object_is_found_in_what_models_write(text, value):
    assert last_object(text) == value


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (r"\alpha + \lambda", r"\alpha + \lambda"),
        (r"\frac{1}{2}", r"\frac{1}{2}"),
        (r"\beta, \binom{n}{k}", r"\beta, \binom{n}{k}"),
        (r"\theta \times \text{loss}", r"\theta \times \text{loss}"),
        (r"\nabla f \neq \nu", r"\nabla f \neq \nu"),
        (r"\rho \rightarrow \rangle", r"\rho \rightarrow \rangle"),
        (r"\underline{x}", r"\underline{x}"),
        (r"\\frac{1}{2}", r"\frac{1}{2}"),
        (r"\nThe next line\tand a tab", "\nThe next line\tand a tab"),
        (r"C:\\new", r"C:\new"),
        (r"\( x \)", r"\( x \)"),
    ],
)
@pytest.mark.parametrize("frame", ['{"q": "%s"}', '{"q": "%s",}', "{'q': '%s'}"])
def test_latex_keeps_its_backslashes(frame, written, meant):
    assert last_object(frame.replace("%s", written)) == {"q": meant}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "I cannot say.",
        "{",
        "[1, 2]",
        '"text"',
        '{"a": 1',
        '{"a": [{"b": 1}, {"b": 2}',
        '{"a": "cut off',
        '<think>{"a": 1}',
        '{"a": 1}<think>no</think>',
        '{"a": 1, "a": 2}',
        "{'a': 1, 'a': 2}",
        '{"a": NaN}',
        '{"a": 1e999}',
        '{"a": maybe}',
        '{"a": /* open',
        '{"a": 1' + "0" * 5000 + "}",
        '{"a":' * (DEEPEST + 1) + "1" + "}" * (DEEPEST + 1),
        '{"a":' + "[" * 100_000 + "]" * 100_000 + "}",
    ],
)
def test_what_is_no_whole_object_is_none(text):
    assert last_object(text) is None


def test_a_key_named_twice_with_one_value_is_read():
    assert last_object('{"a": 1, "a": 1}') == {"a": 1}


# Letters after a control character could be LaTeX; an object without that is read as it is.
SAFE = (
    st.text()
    .filter(lambda text: not re.search(r"[\b\f\n\r\t][A-Za-z]", text))
    .map(lambda text: text.encode("utf-8", "replace").decode())
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**20), 10**20) | SAFE,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(SAFE, inner, max_size=3),
    max_leaves=12,
)
OBJECTS = st.dictionaries(SAFE, VALUES, min_size=1, max_size=4)
PROSE = st.text(st.characters(exclude_characters="{}<\\", exclude_categories=["Cs"]))


@given(OBJECTS, PROSE, PROSE, st.booleans())
@settings(max_examples=200, deadline=None)
def test_json_is_found_in_any_prose(value, before, after, ascii_only):
    text = json.dumps(value, ensure_ascii=ascii_only)
    assert last_object(f"{before}{text}{after}") == value
    assert last_object(text) == value


@given(OBJECTS, st.data())
@settings(max_examples=100, deadline=None)
def test_an_object_that_is_cut_off_is_none(value, data):
    text = json.dumps(value)
    cut = text[: data.draw(st.integers(0, len(text) - 1))]
    assert last_object(cut) is None


@given(st.text(st.sampled_from("{}[]\"'\\:,/*#\n ante1“”<>k")))
@settings(max_examples=300, deadline=None)
def test_nothing_makes_it_crash(text):
    value = last_object(text)
    assert value is None or json.loads(json.dumps(value)) == value


MEGABYTE = 1_000_000
GARBAGE = [
    "{", "[", '{"', "{'", '{"a":', '{"a":[', '{"a":1,', "{/*", "{//", "{#", "\\", '{"a" ', '" x',
    '"\n', "{ ", "{a:1,a:2}", "<think>", '{"a":' * 60 + "x",
]  # fmt: skip


@pytest.mark.parametrize("unit", GARBAGE)
def test_a_megabyte_of_garbage_is_soon_done_with(unit):
    began = time.perf_counter()
    last_object('{"a": "' + unit * (MEGABYTE // len(unit)))
    last_object(unit * (MEGABYTE // len(unit)))
    # Both take under two seconds here; reading each start to the end would take hours.
    assert time.perf_counter() - began < 60
