import pytest

from mockpin.emulator.pipeline.context import Refused, RequestContext
from mockpin.emulator.pipeline.requests import HttpRequest
from mockpin.web.api.documents import answer_with, read_query, require_document

SCHEMA = {"type": "object", "required": ["a"], "properties": {"a": {"type": "string"}}}


def context(payload=None, query=""):
    return RequestContext(HttpRequest("POST", "/", query), "1", payload=payload)


def test_an_answer_is_compact_json():
    assert (answer_with({"a": [1]}).status, answer_with({"a": [1]}).body) == (200, b'{"a":[1]}')


def test_known_parameters_are_read_and_others_are_not():
    assert read_query(context(query="a=1&b=2"), {"a": ("1", "2")}) == {"a": "1"}
    with pytest.raises(Refused) as refused:
        read_query(context(query="a=3"), {"a": ("1", "2")})
    assert b"'3' is not one of ['1', '2']" in refused.value.answer.body


def test_a_document_is_what_its_schema_accepts():
    assert require_document(context({"a": "x", "b": 1}), SCHEMA) == {"a": "x", "b": 1}
    with pytest.raises(Refused) as refused:
        require_document(context({"a": 1}), SCHEMA)
    assert (refused.value.answer.status, refused.value.reason) == (400, "schema")
    assert b"1 is not of type 'string'" in refused.value.answer.body


def test_a_document_that_cannot_be_written_out_is_refused_in_words():
    deep = []
    for _ in range(50_000):
        deep = [deep]
    with pytest.raises(Refused) as refused:
        require_document(context({"a": deep}), SCHEMA)
    assert b"nested too deeply" in refused.value.answer.body
