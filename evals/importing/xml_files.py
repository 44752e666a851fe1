"""XML of the published sets, read safely: no document types, so no entities of its own."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from evals.files import read_bytes
from evals.importing.decoding import likely_text
from evals.importing.found import LeftOut
from tutor.errors import InvalidInputError

_LINE = "{line}"
_WANTED = "an .xml file or a folder of them"
_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}encoding\s{0,9}=\s{0,9}["']([\w.-]{1,40})["']""")
_AMPERSAND = re.compile(r"&(?:(#[0-9]{1,7}|#x[0-9a-fA-F]{1,6}|[a-zA-Z]\w{0,31});)?")
_OF_XML = {"amp", "lt", "gt", "quot", "apos"}
_FORBIDDEN = dict.fromkeys(set(range(32)) - {9, 10, 13})
_SPLITS = {
    "training": "train",
    "train": "train",
    "test-unseen-answers": "test_ua",
    "unseen-answers": "test_ua",
    "test-unseen-questions": "test_uq",
    "unseen-questions": "test_uq",
    "test-unseen-domains": "test_ud",
    "unseen-domains": "test_ud",
}


@dataclass(frozen=True)
class XmlQuestion:
    """A `<question>` with its written reference answers and its student answers, still unread."""

    path: Path
    element: Element
    text: str
    references: tuple[Element, ...]
    answers: tuple[Element, ...]

    @property
    def id(self) -> str:
        """Its id, else the file's name."""
        return self.element.get("id") or self.path.stem

    @property
    def module(self) -> str | None:
        """The subject that it belongs to, where the set names one."""
        return self.element.get("module")

    @property
    def split(self) -> str | None:
        """The part of the set: what the question says, else the nearest folder that names one."""
        names = [self.element.get("testSet", ""), *reversed(self.path.parts[:-1])]
        parts = (_SPLITS.get(name.lower().replace("_", "-")) for name in names)
        return next((part for part in parts if part), None)

    def place(self, element: Element) -> str:
        """File and line of an element, as messages name it."""
        return f"{self.path}:{element.get(_LINE)}"


def xml_questions(paths: Sequence[Path]) -> Iterator[XmlQuestion | LeftOut]:
    """Every question of the files and of all `*.xml` below the folders, in order of name.

    Raises `InvalidInputError` for a file that is no XML, and for one named itself that holds no
    question; those below a folder are left out.
    """
    for path in paths:
        files = sorted(path.rglob("*.xml")) if path.is_dir() else [path]
        if not files:
            raise InvalidInputError(f"{path}: no .xml file below it; name {_WANTED}")
        for file in files:
            yield from _questions(file, below_a_folder=path.is_dir())


def text_of(element: Element | None) -> str:
    """All text in an element without the space around it; empty for no element."""
    return "" if element is None else "".join(element.itertext()).strip()


def one_line(text: str) -> str:
    """The text with every run of white space made one blank."""
    return " ".join(text.split())


def _questions(file: Path, below_a_folder: bool) -> Iterator[XmlQuestion | LeftOut]:
    elements = list(_root(file).iter("question"))
    if not elements and not below_a_folder:
        raise InvalidInputError(f"{file}: no <question> in it; name a file of this format")
    if not elements:
        yield LeftOut("the file has no <question>")
    for element in elements:
        yield XmlQuestion(
            path=file,
            element=element,
            text=text_of(element.find("questionText")),
            references=tuple(each for each in element.iter("referenceAnswer") if text_of(each)),
            answers=tuple(element.iter("studentAnswer")),
        )


def _root(file: Path) -> Element:
    content = read_bytes(file, _WANTED)
    declared = _DECLARED.match(content)
    text = likely_text(content, declared[1].decode("ascii") if declared else None)
    try:
        return _parsed(text, file)
    except expat.ExpatError:
        pass  # a bare & or a named entity of HTML: what is in every second hand-made file
    try:
        return _parsed(_mended(text), file)
    except expat.ExpatError as error:
        raise InvalidInputError(
            f"{file}:{error.lineno}: not XML ({expat.ErrorString(error.code)}); fix the file"
        ) from error


def _parsed(text: str, file: Path) -> Element:
    def refuse(*_: object) -> NoReturn:
        raise InvalidInputError(
            f"{file}: has a <!DOCTYPE>, which can make a file grow without end; remove it"
        )

    def start(name: str, attributes: dict[str, str]) -> None:
        tree.start(name, {**attributes, _LINE: str(parser.CurrentLineNumber)})

    # The encoding that is given here goes before the one that the file declares.
    tree, parser = TreeBuilder(), expat.ParserCreate("utf-8")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler, parser.EndElementHandler = start, tree.end
    parser.CharacterDataHandler = tree.data
    parser.Parse(text.lstrip("\ufeff").lstrip().encode(), True)
    return tree.close()


def _mended(text: str) -> str:
    return _AMPERSAND.sub(_escaped, text.translate(_FORBIDDEN))


def _escaped(match: re.Match[str]) -> str:
    name = match[1] or ""
    if name.startswith("#") or name in _OF_XML:
        return match[0]
    meant = html.unescape(match[0])
    return "&amp;" + match[0][1:] if meant == match[0] else html.escape(meant)
