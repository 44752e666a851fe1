"""Which of the two supported languages a text is written in."""

from __future__ import annotations

from tutor.grading.grade import Language
from tutor.grading.reading.memory import MANY, characters_of, remember
from tutor.grading.reading.text import read


def language_of(text: str, default: Language = "zh") -> Language:
    """Chinese or English, by which script carries more words; `default` when there are none.

    Two Han characters count as one word, so a Chinese sentence full of English terms
    is Chinese, and an English sentence that quotes a Chinese term is English.
    """
    return _language(text) or default


@remember(MANY, characters_of)
def _language(text: str) -> Language | None:
    tokens = read(text).tokens
    han = sum(len(token.form) for token in tokens if token.kind == "han") / 2
    latin = sum(1 for token in tokens if token.kind == "word" and token.form.isascii())
    if han == latin == 0:
        return None
    return "zh" if han >= latin / 4 else "en"
