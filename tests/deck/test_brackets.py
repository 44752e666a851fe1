from __future__ import annotations

import pytest

from tutor.deck.brackets import forgotten_blank


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("首都是 [北京]", "[北京]"),
        ("the capital is [Paris].", "[Paris]"),
        ("see [[Other note]]", "[[Other note]]"),
        ("首都是[北京]。", "[北京]"),
    ],
)
def test_looks_like_a_blank(text, found):
    assert forgotten_blank(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "loss = -E[log(σ(r_θ(x,y_w) - r_θ(x,y_l)))]",
        "objective = E[(r - β·KL(π || p)) + γ·log(q)]",
        "in [0, 1]",
        "the token [MASK] and [CLS]",
        "see [text](http://x) and ![alt](y.png)",
        "`a[index]` and $[abc]$",
        "shown before [1]",
        "footnote[^note]",
        "array[index]",
        "- [ ] todo\n- [x] done",
        "omitted [...] here",
    ],
)
def test_does_not(text):
    assert forgotten_blank(text) is None
