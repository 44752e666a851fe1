"""The answer copies the reference but for a word: the change may be harmless or decisive.

Overlap cannot tell 第一 from 第二 or y_w from y_l in an otherwise equal sentence, and scores
such answers highest of all. A difference that is not known to be harmless (synonyms,
translations, clauses in another order) is therefore a doubt, never a proof.
"""

from __future__ import annotations

from tutor.grading.attempt import Attempt
from tutor.grading.guards.copied import copies, replaces_an_expression
from tutor.grading.guards.finding import Finding
from tutor.grading.quotes import Span


def find(attempt: Attempt) -> list[Finding]:
    """Doubt an answer that is a near copy, with a changed word, of a reference or key point."""
    found = copies(attempt)
    changed = next((copy for copy in found if copy.changes != ()), None)
    if changed:
        return [_doubt(changed.point, changed.span)]
    if not found and replaces_an_expression(attempt):
        return [_doubt(None, (0, len(attempt.answer.raw)))]
    return []


def _doubt(point: int | None, span: Span) -> Finding:
    return Finding(
        "near_copy",
        "doubt",
        "与参考几乎逐字相同，但有一处不同；这处差别是否要紧，本地检查看不出来。",
        "Nearly word for word the reference, but for a change that the local check cannot weigh.",
        point,
        span,
    )
