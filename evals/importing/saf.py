"""SAF, the short answer feedback set: a score, a verdict and a written feedback an answer.

The format is that of the authors' release (Filighera et al. 2022, github.com/SebOchs/SAF): one
`<question id module>` a file as in SemEval-2013, and in every `<studentAnswer>` a `<response>`,
a `<response_feedback>`, a `<score>` and a `<verification_feedback>`. Version 1 scores run from 0
to 1; in version 2 each question has its own highest score, which no file names.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from xml.etree.ElementTree import Element

from evals.cases import verdict_of
from evals.importing.found import BadRow, Found, LeftOut, found_at
from evals.importing.numbers import number_in
from evals.importing.xml_files import XmlQuestion, one_line, text_of, xml_questions
from tutor.errors import InvalidInputError


def saf_rows(paths: Sequence[Path], highest: float | None = None) -> Iterator[Found]:
    """Every graded response of the files and folders.

    `highest` is the score of a complete answer. Without it, it is for each question the highest
    score among those called correct in all its files, and where nobody is, the highest or 1.
    """
    questions = []
    for question in xml_questions(paths):
        if isinstance(question, LeftOut):
            yield question
        else:
            questions.append(question)
    tops = {} if highest else _tops(questions)
    for question in questions:
        top = highest or tops[_key(question)]
        for number, answer in enumerate(question.answers, start=1):
            yield _found(question, answer, number, top)


def _tops(questions: Sequence[XmlQuestion]) -> dict[str, float]:
    complete: dict[str, float] = {}
    anything: dict[str, float] = {}
    for question in questions:
        key = _key(question)
        anything.setdefault(key, 1.0)
        for answer in question.answers:
            score = number_in(text_of(answer.find("score"))) or 0.0
            anything[key] = max(anything[key], score)
            if text_of(answer.find("verification_feedback")).lower() == "correct":
                complete[key] = max(complete.get(key, 0.0), score)
    return {key: complete.get(key) or top for key, top in anything.items()}


def _found(question: XmlQuestion, answer: Element, number: int, top: float) -> Found:
    place, key = question.place(answer), _key(question)
    given, label = text_of(answer.find("score")), text_of(answer.find("verification_feedback"))
    score = number_in(given)
    if given and (score is None or score < 0.0):
        return BadRow(f"{place}: score {given!r} is no number from 0 up; fix the line")
    try:
        verdict = verdict_of(label, place) if label else None
    except InvalidInputError as error:
        return BadRow(str(error))
    fields = {
        "id": "/".join(filter(None, [key, question.split, answer.get("id") or str(number)])),
        "dataset": "saf",
        "split": question.split,
        "question_id": key,
        "question": one_line(question.text),
        "references": [text_of(reference) for reference in question.references],
        "answer": text_of(answer.find("response")),
        "label": verdict,
        "score": None if score is None else min(1.0, score / top),
    }
    return found_at(place, fields)


def _key(question: XmlQuestion) -> str:
    """The question's id with its module: there may be a 4.3 of two modules."""
    module = question.module
    return question.id if not module or module in question.id else f"{question.id}_{module}"
