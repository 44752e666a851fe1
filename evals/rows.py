"""One line of a file of cases: its fields, their types and what they may hold."""

from __future__ import annotations

from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from tutor.errors import InvalidInputError
from tutor.grading.grade import Unit
from tutor.grading.item import ItemKind, PointSpec


class Point(BaseModel):
    """A key point that says whether an answer needs it."""

    text: str
    required: bool = True


class Row(BaseModel):
    """A graded answer as it stands in the file; fields that are not listed are ignored.

    `docs/cases.md` describes every field.
    """

    model_config = ConfigDict(coerce_numbers_to_str=True)

    id: str
    dataset: str | None = None
    split: str | None = None
    question_id: str | None = None
    qid: str | None = None
    question: str
    references: Annotated[list[str], Field(min_length=1)]
    key_points: list[str | Point] | None = None
    kind: ItemKind = "free"
    answer: str
    lang: str | None = None
    label: str | None = None
    score: Unit | None = None
    ratings: dict[str, str | float] = {}
    scale: tuple[float, float] | None = None
    """What the numbers among `ratings` run from and to."""
    raw_scores: list[Annotated[float, Field(ge=0.0)]] = []
    raw_max: Annotated[float, Field(gt=0.0)] | None = None
    tags: list[str] = []
    written_as: str | None = None
    """How the answer was written, such as a paraphrase: one more tag."""

    @model_validator(mode="after")
    def _numbers_have_a_scale(self) -> Self:
        if self.scale is not None and not self.scale[0] < self.scale[1]:
            raise ValueError(f"scale {list(self.scale)} must be [lowest, highest]")
        for rater, number in self.ratings.items():
            if isinstance(number, float):
                self._check(rater, number)
        return self

    def _check(self, rater: str, number: float) -> None:
        if self.scale is None:
            raise ValueError(f"{rater} rated {number:g} and there is no scale: [lowest, highest]")
        if not self.scale[0] <= number <= self.scale[1]:
            raise ValueError(f"{rater} rated {number:g}, outside the scale {list(self.scale)}")

    def points(self) -> tuple[PointSpec, ...]:
        """The key points as graders take them."""
        return tuple(
            PointSpec(point) if isinstance(point, str) else PointSpec(point.text, point.required)
            for point in self.key_points or ()
        )


def row_at(place: str, fields: dict[str, Any]) -> Row:
    """The row of these fields; raises `InvalidInputError` naming the place and the field."""
    try:
        return Row.model_validate(fields)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = [".".join(str(part) for part in first["loc"])] if first["loc"] else []
        said = first["msg"].removeprefix("Value error, ")
        raise InvalidInputError(f"{': '.join([place, *where, said])}; fix the line") from error
