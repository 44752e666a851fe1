"""All laws, in the order in which they are reported."""

from __future__ import annotations

from evals.laws.additions import with_emphasis, with_padding
from evals.laws.deletion import without_a_point
from evals.laws.law import (
    Law,
    Must,
    has_listed_points,
    is_anything,
    is_flawed,
    is_free,
    is_partly_right,
    is_reference,
    is_right,
    is_wrong,
)
from evals.laws.negation import with_a_claim_denied
from evals.laws.nothing import as_it_is, emptied, question_repeated
from evals.laws.numbers import with_another_number
from evals.laws.order import with_claims_reordered
from evals.laws.roles import with_roles_swapped
from evals.laws.surface import in_capitals, in_full_width, in_traditional, with_other_marks
from evals.laws.wording import with_synonym, with_term_switched

LAWS = (
    Law(
        "synonym",
        "A word for its synonym leaves the verdict.",
        Must.SAME_VERDICT,
        is_free,
        with_synonym,
    ),
    Law(
        "term in the other language",
        "A term by its name in the other language leaves the verdict.",
        Must.SAME_VERDICT,
        is_free,
        with_term_switched,
    ),
    Law(
        "order of claims",
        "Claims in another order leave the verdict.",
        Must.SAME_VERDICT,
        is_free,
        with_claims_reordered,
    ),
    Law(
        "traditional characters",
        "Traditional characters leave the verdict.",
        Must.SAME_VERDICT,
        is_anything,
        in_traditional,
    ),
    Law(
        "full width",
        "Full width leaves the verdict.",
        Must.SAME_VERDICT,
        is_anything,
        in_full_width,
    ),
    Law(
        "capitals",
        "Ordinary words in capitals leave the verdict.",
        Must.SAME_VERDICT,
        is_anything,
        in_capitals,
    ),
    Law(
        "punctuation",
        "Marks in half width, or one more or less at the end, leave the verdict.",
        Must.SAME_VERDICT,
        is_anything,
        with_other_marks,
    ),
    Law(
        "point deleted",
        "An answer without one of its key points does not score higher.",
        Must.SCORE_NOT_HIGHER,
        is_partly_right,
        without_a_point,
    ),
    Law(
        "point left out",
        "A right answer without a required key point is not correct.",
        Must.NOT_CORRECT,
        has_listed_points,
        without_a_point,
    ),
    Law(
        "negation",
        "A right answer with a claim denied is not correct.",
        Must.NOT_CORRECT,
        is_right,
        with_a_claim_denied,
    ),
    Law(
        "number",
        "A right answer with another number is not correct.",
        Must.NOT_CORRECT,
        is_right,
        with_another_number,
    ),
    Law(
        "roles swapped",
        "A right answer with the sides of a relation swapped is not correct.",
        Must.NOT_CORRECT,
        is_right,
        with_roles_swapped,
    ),
    Law(
        "padding",
        "A flawed answer scores no higher for a true sentence on something else.",
        Must.SCORE_NOT_HIGHER,
        is_flawed,
        with_padding,
    ),
    Law(
        "adjectives and adverbs",
        "A wrong answer scores no higher for words of emphasis.",
        Must.SCORE_NOT_HIGHER,
        is_wrong,
        with_emphasis,
    ),
    Law(
        "reference itself", "A reference is a correct answer.", Must.CORRECT, is_reference, as_it_is
    ),
    Law("empty answer", "Nothing is no answer.", Must.INCORRECT, is_reference, emptied),
    Law(
        "question repeated",
        "The question is no answer.",
        Must.INCORRECT,
        is_reference,
        question_repeated,
    ),
)
