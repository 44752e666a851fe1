from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.cli.maths import readable


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        (r"$\theta$", "θ"),
        (r"\theta 的更新", "θ 的更新"),
        (r"$\frac{a}{b}$", "a/b"),
        (r"$\frac{a+1}{b}$", "(a+1)/b"),
        (r"$x^{2}$ 和 $x^2$", "x² 和 x²"),
        (r"$x_{i}$", "xᵢ"),
        (r"$π_{RL}$", "π_RL"),
        (r"$\pi_{RL}$", "π_RL"),
        (r"$10^{-3}$", "10⁻³"),
        (r"$e^{-x/2}$", "e^(-x/2)"),
        (r"$\frac{x^{2}+1}{\theta_{i}}$", "(x²+1)/θᵢ"),
        (r"$\sqrt{\frac{\pi}{2}}$", "√(π/2)"),
        (r"$\hat{y} \in \mathbb{R}^{n}$", "y\u0302 ∈ Rⁿ"),
        (r"$a\le b$", "a ≤ b"),
        (r"\(a\) and \[b\]", "a and b"),
        (r"$$\mathcal{L} = -\log \sigma\left(r\right)$$", "L = -log σ(r)"),
        (r"$50\%$", "50%"),
        (r"$$a \\ b$$", "a\nb"),
    ],
)
def test_latex_becomes_unicode(source, shown):
    assert readable(source) == shown


@pytest.mark.parametrize(
    "text",
    [
        "E[(r_θ(x,y) - β·KL(π_RL || π_SFT)) + γ·log(π_RL(x_pretrain))]",
        "loss = -E[log(σ(r_θ(x,y_w) - r_θ(x,y_l)))]",
        "C(K,2)、2^(n-1)、x_i",
        "it costs $5 and then $10",
        "价格是 $5 和$10",
        r"C:\temp\new and \unknown{x}",
        r"`\theta` and `$x$`",
        "```\n$x^2$ \\alpha\n```",
        "| a | b |\n| - | - |\n| x_1 | $5 |",
    ],
)
def test_text_that_is_no_latex_comes_through_untouched(text):
    assert readable(text) == text


@given(st.text(alphabet=r"\{}$^_()[]`frac sqrt theta a1|&", max_size=60))
@settings(deadline=None, max_examples=300)
def test_malformed_latex_never_fails(text):
    readable(text)


def test_deeply_nested_braces_take_no_time():
    readable("$" + r"\frac{" * 2000 + "}" * 2000 + "$")
