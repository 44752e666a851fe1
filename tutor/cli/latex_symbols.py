"""The LaTeX names that the terminal knows a character for."""

from __future__ import annotations

_GREEK = (
    "alpha α beta β gamma γ delta δ epsilon ε varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι"
    " kappa κ lambda λ mu μ nu ν xi ξ pi π varpi ϖ rho ρ varrho ϱ sigma σ varsigma ς tau τ"
    " upsilon υ phi φ varphi φ chi χ psi ψ omega ω Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π"
    " Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω"
)
_SIGNS = (
    "cdot · times × div ÷ pm ± mp ∓ ast ∗ circ ∘ bullet • oplus ⊕ otimes ⊗ odot ⊙"
    " le ≤ leq ≤ ge ≥ geq ≥ ne ≠ neq ≠ approx ≈ sim ∼ simeq ≃ equiv ≡ propto ∝ ll ≪ gg ≫"
    " prec ≺ succ ≻ in ∈ notin ∉ ni ∋ subset ⊂ subseteq ⊆ supset ⊃ supseteq ⊇ cup ∪ cap ∩"
    " setminus ∖ emptyset ∅ varnothing ∅ forall ∀ exists ∃ neg ¬ lnot ¬ land ∧ wedge ∧ lor ∨ vee ∨"
    " to → rightarrow → leftarrow ← Rightarrow ⇒ implies ⇒ Leftarrow ⇐ leftrightarrow ↔"
    " Leftrightarrow ⇔ iff ⇔ mapsto ↦ uparrow ↑ downarrow ↓ longrightarrow ⟶ gets ←"
    " sum ∑ prod ∏ int ∫ oint ∮ partial ∂ nabla ∇ infty ∞ mid ∣ vert | Vert ‖ parallel ∥ perp ⊥"
    " angle ∠ triangle △ degree ° prime ′ dagger † star ⋆ ell ℓ hbar ℏ Re ℜ Im ℑ aleph ℵ"
    " langle ⟨ rangle ⟩ lfloor ⌊ rfloor ⌋ lceil ⌈ rceil ⌉ ldots … cdots ⋯ dots … vdots ⋮"
    " colon : therefore ∴ because ∵ top ⊤ bot ⊥ models ⊨ vdash ⊢ rightleftharpoons ⇌"
)
_SUPER = "0⁰1¹2²3³4⁴5⁵6⁶7⁷8⁸9⁹+⁺-⁻=⁼(⁽)⁾nⁿiⁱaᵃbᵇcᶜdᵈeᵉfᶠgᵍhʰjʲkᵏlˡmᵐoᵒpᵖrʳsˢtᵗuᵘvᵛwʷxˣyʸzᶻTᵀ*﹡'′"
_SUB = "0₀1₁2₂3₃4₄5₅6₆7₇8₈9₉+₊-₋=₌(₍)₎aₐeₑhₕiᵢjⱼkₖlₗmₘnₙoₒpₚrᵣsₛtₜuᵤvᵥxₓ"


def _pairs(words: str) -> dict[str, str]:
    parts = words.split()
    return dict(zip(parts[::2], parts[1::2], strict=True))


SYMBOLS = {**_pairs(_GREEK), **_pairs(_SIGNS), "quad": " ", "qquad": "  "}
FUNCTIONS = frozenset(
    "log ln lg exp sin cos tan cot sec csc sinh cosh tanh arcsin arccos arctan max min sup inf lim"
    " arg argmax argmin det dim ker deg gcd Pr softmax".split()
)
"""Commands that are their own name."""
SUPERSCRIPTS = dict(zip(_SUPER[::2], _SUPER[1::2], strict=True))
SUBSCRIPTS = dict(zip(_SUB[::2], _SUB[1::2], strict=True))
