"""Requests made up from the API's own description get the answers that it describes."""

from __future__ import annotations

import schemathesis
from hypothesis import given, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

from tutor.api.app import create_app


def test_answers_are_as_described(tutor):
    schema = schemathesis.openapi.from_asgi("/openapi.json", create_app(tutor))
    found = [operation.ok() for operation in schema.get_all_operations()]
    assert len(found) == 14
    for operation in found:
        fuzz(operation)


def fuzz(operation):
    @settings(max_examples=15, deadline=None, derandomize=True)
    @given(case=operation.as_strategy())
    def answer_is_described(case):
        # The description cannot say everything: a reference of blanks is refused.
        case.call_and_validate(excluded_checks=[positive_data_acceptance])

    answer_is_described()
