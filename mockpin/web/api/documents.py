"""Reading requests and writing answers, for Pinterest's endpoints other than events."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from mockpin.emulator.pipeline import answers
from mockpin.emulator.pipeline.answers import Answer
from mockpin.emulator.pipeline.context import Refused
from mockpin_validator.contract.gate import BEYOND_JSON, UNPRINTABLE

if TYPE_CHECKING:
    from mockpin.emulator.pipeline.context import RequestContext


def answer_with(body: Any) -> Answer:
    """Answer 200 with this JSON body."""
    return Answer(200, answers.dump(body))


def read_query(context: RequestContext, known: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return the known query parameters, ignoring others. 400 for a value that is not allowed."""
    sent = {name: value for name, value in parse_qsl(context.request.query) if name in known}
    for name, value in sent.items():
        if value not in known[name]:
            raise Refused(answers.invalid(f"{value!r} is not one of {list(known[name])!r}"), "query")
    return sent


def require_document(context: RequestContext, schema: Mapping[str, Any]) -> dict[str, Any]:
    """Return the body, a JSON object. 400 with python-jsonschema's message for what the schema refuses."""
    from jsonschema import Draft202012Validator  # noqa: PLC0415 - few requests need it

    try:
        violations = Draft202012Validator(schema).iter_errors(context.payload)
        sentence = next((violation.message for violation in violations), None)
    except UNPRINTABLE:
        sentence = BEYOND_JSON
    if sentence:
        raise Refused(answers.invalid(sentence), "schema")
    document: dict[str, Any] = context.payload
    return document
