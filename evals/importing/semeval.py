"""SemEval-2013 task 7: Beetle and SciEntsBank, 2-, 3- and 5-way.

The format is that of the organisers' release (Dzikovska et al. 2013, aclanthology.org/S13-2045):
one `<question id module>` a file, with `<questionText>`, any number of `<referenceAnswer id
category>` and, a line each, `<studentAnswer id accuracy>`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from xml.etree.ElementTree import Element

from evals.cases import verdict_of
from evals.importing.found import BadRow, Found, LeftOut, found_at
from evals.importing.xml_files import XmlQuestion, one_line, text_of, xml_questions
from tutor.errors import InvalidInputError

_RANKS = {"BEST": 0, "GOOD": 1, "MINIMAL": 2, "KEYWORD": 3}


def semeval_rows(paths: Sequence[Path]) -> Iterator[Found]:
    """Every graded answer of the files and folders.

    The label is `correct`, `partial` or `incorrect`; the one of the set stays as a tag, such as
    `label:contradictory`. In 2- and 3-way files `incorrect` also holds what is partly right.
    Raises `InvalidInputError` for an answer that two files have: 2-, 3- and 5-way files
    are the same answers, and belong in files of their own.
    """
    homes: dict[str, str] = {}
    for question in xml_questions(paths):
        if isinstance(question, LeftOut):
            yield question
            continue
        for number, answer in enumerate(question.answers, start=1):
            place = question.place(answer)
            id = answer.get("id") or f"{question.id}.{number}"
            if id in homes:
                raise InvalidInputError(
                    f"{place}: answer {id} is also at {homes[id]}; import 2-, 3- and 5-way "
                    "files one kind at a time"
                )
            homes[id] = place
            yield _found(question, answer, id)


def _found(question: XmlQuestion, answer: Element, id: str) -> Found:
    place, accuracy = question.place(answer), answer.get("accuracy")
    if not accuracy:
        return BadRow(f"{place}: answer {id} has no accuracy; give it one")
    try:
        label = verdict_of(accuracy, place)
    except InvalidInputError as error:
        return BadRow(str(error))
    tags = [f"label:{accuracy}", f"module:{question.module}" if question.module else ""]
    fields = {
        "id": id,
        "dataset": _dataset(question),
        "split": question.split,
        "question_id": question.id,
        "question": one_line(question.text),
        "references": _references(question),
        "answer": one_line(text_of(answer)),
        "label": label,
        "tags": [tag for tag in tags if tag],
    }
    return found_at(place, fields)


def _references(question: XmlQuestion) -> list[str]:
    """The reference answers, the best first where they have a category."""
    ranked = sorted(question.references, key=lambda each: _RANKS.get(each.get("category", ""), 0))
    return [one_line(text_of(reference)) for reference in ranked]


def _dataset(question: XmlQuestion) -> str:
    folders = {part.lower() for part in question.path.parts}
    named = next((name for name in ("beetle", "sciEntsBank") if name.lower() in folders), None)
    return f"semeval2013_{named.lower()}" if named else "semeval2013"
