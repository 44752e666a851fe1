"""The answer copies the reference but for a word: the change may be harmless or decisive.

Overlap cannot tell 第一 from 第二 or y_w from y_l in an otherwise equal sentence, and scores
such answers highest of all. A difference that is not known to be harmless (synonyms,
translations, clauses in another order) is therefore a doubt, never a proof.
"""

from __future__ import annotations

from tutor.grading.attempt import Attempt
from tutor.grading.guards.copied import Copy, copies
from tutor.grading.guards.finding import Finding


def find(attempt: Attempt) -> list[Finding]:
    """Doubt an answer that is a near copy, with a changed word, of a reference or key point."""
    changed = next((copy for copy in copies(attempt) if copy.changes != ()), None)
    return [_doubt(changed)] if changed else []


def _doubt(copy: Copy) -> Finding:
    return Finding(
        "near_copy",
        "doubt",
        "与参考几乎逐字相同，但有一处不同；这处差别是否要紧，本地检查看不出来。",
        "Nearly word for word the reference, but for a change that the local check cannot weigh.",
        copy.point,
        copy.span,
    )
