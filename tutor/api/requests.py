"""What the API takes: the bodies of its requests, validated once here."""

from __future__ import annotations

from typing import Annotated, Any, Self

from fastapi import Request
from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    PlainValidator,
    StrictBool,
    StrictInt,
    ValidationError,
    model_validator,
)
from starlette.exceptions import HTTPException

from tutor.api.problems import field_problem, summary
from tutor.errors import InvalidInputError
from tutor.examiner import Wish
from tutor.grading.grade import JudgeUse, Language, Verdict
from tutor.grading.item import Item, ItemKind, PointSpec
from tutor.grading.strictness import Policy
from tutor.submission import make_item

MAX_BATCH_ITEMS = 1000
ItemId = str | StrictInt


class _Body(BaseModel):
    # Unknown fields are refused, or a misspelt `key_point` would silently change the grade.
    model_config = ConfigDict(frozen=True, extra="forbid")


class KeyPointInput(_Body):
    """A key point with a word on whether a right answer must make it."""

    text: str = Field(min_length=1)
    required: StrictBool = True


class GradeRequest(_Body):
    """An answer, and what to grade it against: a card of the decks, or a question given here."""

    model_config = ConfigDict(
        json_schema_extra={
            "oneOf": [{"required": ["card_id"]}, {"required": ["question", "references"]}]
        }
    )

    card_id: str | None = Field(None, min_length=1, description="A card of the loaded decks.")
    question: str | None = Field(None, min_length=1, description="Instead of `card_id`.")
    references: list[str] | None = Field(
        None, min_length=1, description="Accepted answers to `question`; any one is right."
    )
    key_points: list[str | KeyPointInput] | None = Field(
        None, description="What a right answer must say; by default the reference is split."
    )
    kind: ItemKind | None = Field(
        None, description="`cloze`: `question` holds the asked blank as `[...]`. Default `free`."
    )
    answer: str
    judge: JudgeUse = Field(
        "auto", description="`auto` asks the judge about unsure grades if one is configured."
    )
    language: Language | None = Field(
        None, description="Language of the feedback; by default that of the answer."
    )
    policy: Policy | None = Field(
        None, description="How strictly to grade until a deck's rulings say more; see TUTOR_POLICY."
    )

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        if (self.card_id is None) == (self.question is None):
            raise ValueError('give exactly one of "card_id" and "question" (with "references")')
        if self.question is not None and self.references is None:
            raise ValueError('"question" needs "references": a list of accepted answers')
        if self.card_id is not None and self._given():
            raise ValueError(f'with "card_id" the deck decides; remove {", ".join(self._given())}')
        return self

    def _given(self) -> list[str]:
        names = ("references", "key_points", "kind")
        return [f'"{name}"' for name in names if getattr(self, name) is not None]

    def item(self) -> Item:
        """What to grade against, for a request without `card_id`."""
        return make_item(
            self.question or "",
            self.references or (),
            key_points=[_point(point) for point in self.key_points or ()],
            kind=self.kind or "free",
        )

    def wish(self) -> Wish:
        """How the answer is to be graded."""
        return Wish(self.language, self.judge, self.policy)


def _point(point: str | KeyPointInput) -> str | PointSpec:
    return point if isinstance(point, str) else PointSpec(point.text, point.required)


class BatchItem(GradeRequest):
    """One request of a batch; `id` comes back with its result."""

    id: ItemId | None = None


class RejectedItem(InvalidInputError):
    """An item of a batch that is no valid request, with its id where that could be read."""

    def __init__(self, id: ItemId | None, detail: str) -> None:
        super().__init__(detail)
        self.id = id


def _read_item(value: Any) -> BatchItem | RejectedItem:
    """One item's mistakes are its own result and never fail the rest of the batch."""
    try:
        return BatchItem.model_validate(value)
    except ValidationError as error:
        found = [field_problem(each) for each in error.errors(include_url=False)]
        return RejectedItem(_id_of(value), summary(found))


def _id_of(value: Any) -> ItemId | None:
    try:
        return _Identified.model_validate(value).id
    except ValidationError:
        return None


class _Identified(BaseModel):
    id: ItemId | None = None


class BatchRequest(_Body):
    """Up to 1000 requests; each gets a grade or an error of its own."""

    items: list[
        Annotated[
            BatchItem | RejectedItem, PlainValidator(_read_item, json_schema_input_type=BatchItem)
        ]
    ] = Field(min_length=1, max_length=MAX_BATCH_ITEMS)


class OverrideRequest(_Body):
    """A person's ruling on a review."""

    verdict: Verdict
    note: str = Field("", max_length=2000)


async def require_json(request: Request) -> None:
    """Refuse a body that is not declared as JSON; the answer is status 415."""
    declared = request.headers.get("content-type", "")
    kind, _, _ = declared.partition(";")
    if kind.strip().lower() != "application/json":
        found = repr(declared) if declared else "no Content-Type"
        raise HTTPException(415, f"send the body as application/json, not {found}")
