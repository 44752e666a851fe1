"""Problems: every error answer of the API is one RFC 9457 `application/problem+json` object.

`type` is a relative URI under `/problems/` whose last part is the stable name of the failure
(`TutorError.type` for expected failures), `detail` one line for a person, and `errors` names
the fields of a request that were wrong.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException

from tutor.api.metrics import Metrics
from tutor.errors import TutorError

MEDIA_TYPE = "application/problem+json"
_SHOWN_CHARACTERS = 300
_logger = logging.getLogger("tutor.api")


class FieldProblem(BaseModel):
    """One wrong part of a request: where it is (`body.answer`), what is wrong, what to do."""

    model_config = ConfigDict(frozen=True)

    where: str
    detail: str


class Problem(BaseModel):
    """An error answer."""

    model_config = ConfigDict(frozen=True)

    type: str = Field(examples=["/problems/not-found"])
    title: str
    status: int
    detail: str
    errors: list[FieldProblem] | None = None


def problem(
    name: str, status: int, detail: str, errors: Sequence[FieldProblem] | None = None
) -> Problem:
    """The problem of one kind of failure; its title is the name in words."""
    return Problem(
        type=f"/problems/{name}",
        title=name.replace("-", " ").capitalize(),
        status=status,
        detail=printable(detail),
        errors=list(errors) if errors else None,
    )


def expected_problem(error: TutorError) -> Problem:
    """The problem of an expected failure; the log has it too if it is the server's own."""
    if error.status >= 500:
        _logger.error("%s", error)
    return problem(error.type, error.status, str(error))


def printable(text: str) -> str:
    """The text shortened and without lone surrogates, which JSON in UTF-8 cannot carry."""
    whole = text.encode("utf-8", "backslashreplace").decode("utf-8")
    return whole if len(whole) <= _SHOWN_CHARACTERS else whole[:_SHOWN_CHARACTERS] + "…"


def field_problem(error: Mapping[str, Any]) -> FieldProblem:
    """One pydantic error in plain words."""
    where = ".".join(str(part) for part in error["loc"])
    return FieldProblem(where=printable(where), detail=printable(_plain(error)))


def _plain(error: Mapping[str, Any]) -> str:
    match error["type"]:
        case "missing":
            return "is missing; add it"
        case "extra_forbidden":
            return "is not a known field; check its spelling or remove it"
        case "value_error":
            return str(error["ctx"]["error"])
        case "string_unicode":
            return "holds half a surrogate pair; send valid Unicode"
        case _:
            return str(error["msg"])


def summary(errors: Sequence[FieldProblem]) -> str:
    """The first field problem in one line, and how many more there are."""
    first = f"{errors[0].where}: {errors[0].detail}"
    return first if len(errors) == 1 else f"{first} (and {len(errors) - 1} more)"


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The `responses` of a route that answers these statuses with a problem."""
    schema = {"$ref": "#/components/schemas/Problem"}
    return {
        status: {"description": _MEANINGS[status], "content": {MEDIA_TYPE: {"schema": schema}}}
        for status in statuses
    }


_MEANINGS = {
    400: "The body is not JSON",
    404: "No such card, deck or review",
    413: "The request or the answer is too large",
    415: "The body is not declared as JSON",
    422: "The request is not valid; `errors` names the fields",
    500: "An unexpected error; the server's log has the details",
    503: "The store, the decks or a model is not available",
    504: "The judge did not answer in time, and a grade without it is not wanted",
}


def install(app: FastAPI, metrics: Metrics) -> None:
    """Make every error of the app a problem and count it by type."""

    def answer(found: Problem, headers: Mapping[str, str] | None = None) -> Response:
        metrics.failed(found.type.rpartition("/")[2])
        return Response(found.model_dump_json(exclude_none=True), found.status, headers, MEDIA_TYPE)

    @app.exception_handler(TutorError)
    async def expected(_: Request, error: TutorError) -> Response:
        return answer(expected_problem(error))

    @app.exception_handler(RequestValidationError)
    async def invalid(_: Request, error: RequestValidationError) -> Response:
        return answer(_invalid_request(error))

    @app.exception_handler(HTTPException)
    async def refused(request: Request, error: HTTPException) -> Response:
        return answer(_refusal(request, error), error.headers)

    @app.exception_handler(Exception)
    async def unexpected(_: Request, error: Exception) -> Response:
        # The server logs the traceback: starlette raises the error again after this answer.
        detail = "an unexpected error, not your fault; the server's log has the details"
        return answer(problem("internal-error", 500, detail))


def _invalid_request(error: RequestValidationError) -> Problem:
    errors = error.errors()
    if errors[0]["type"] == "json_invalid":
        return problem("malformed-json", 400, _json_position(errors[0], str(error.body)))
    fields = [field_problem(each) for each in errors]
    return problem("invalid-input", 422, summary(fields), fields)


def _json_position(error: Mapping[str, Any], body: str) -> str:
    position = error["loc"][-1]
    line = body.count("\n", 0, position) + 1
    column = position - body.rfind("\n", 0, position)
    reason = error["ctx"]["error"]
    return f"the body is not JSON: line {line}, column {column}: {reason}; correct it there"


def _refusal(request: Request, error: HTTPException) -> Problem:
    path = request.url.path
    match error.status_code:
        case 400:
            detail = "the body cannot be read; send UTF-8 JSON that is not nested deeply"
            return problem("malformed-json", 400, detail)
        case 404:
            return problem("not-found", 404, f"no such path: {path}; /openapi.json lists them")
        case 405:
            allowed = (error.headers or {}).get("Allow", "another method")
            detail = f"{request.method} is not allowed on {path}; use {allowed}"
            return problem("method-not-allowed", 405, detail)
        case 413:
            return problem("too-large", 413, error.detail)
        case 415:
            return problem("unsupported-media-type", 415, error.detail)
        case status:
            return problem("http-error", status, error.detail)
