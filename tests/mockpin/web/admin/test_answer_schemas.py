"""Whether answers have the fields that the OpenAPI document promises, and no others."""

import pytest
from jsonschema import Draft202012Validator

from mockpin.emulator.json_schemas import FINDING
from mockpin.web.admin import answer_schemas
from mockpin.web.admin.answer_schemas import (
    CLOCK_FACE,
    EVENT,
    EXCHANGE,
    HEALTH,
    OUTCOME,
    PROBLEM,
)
from tests.mockpin.web.site import Site, event

SCHEMAS = {
    name: var for name, var in vars(answer_schemas).items() if name.isupper() and isinstance(var, dict)
}


@pytest.fixture
def ask():
    site = Site()
    site.send(event(), event("o-2", event_name="quoted", user_data={"em": ["jane@example.com"]}))

    def call(path, method="GET", body=None):
        return site.http.open(f"/__mockpin/{path}", method=method, json=body).json

    yield call
    site.emulator.close()


@pytest.mark.parametrize("schema", SCHEMAS.values(), ids=SCHEMAS)
def test_a_schema_is_one(schema):
    Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize(
    ("path", "inside", "schema"),
    [("events", "events", EVENT), ("requests", "requests", EXCHANGE), ("health", None, HEALTH),
     ("clock", None, CLOCK_FACE), ("nowhere", None, PROBLEM)],
    ids=["events", "requests", "health", "clock", "problem"],
)  # fmt: skip
def test_an_answer_has_the_fields_that_are_told_and_no_others(ask, path, inside, schema):
    answer = ask(path)
    for item in answer[inside] if inside else [answer]:
        Draft202012Validator(schema).validate(item)
        assert item.keys() == schema["properties"].keys()


def test_a_finding_has_the_fields_that_are_told_and_no_others(ask):
    findings = [finding for event in ask("events")["events"] for finding in event["findings"]]
    assert {frozenset(finding) for finding in findings} == {frozenset(FINDING["properties"])}


@pytest.mark.parametrize(("event_name", "met"), [("checkout", True), ("lead", False)])
def test_an_expectation_is_answered_in_one_of_two_ways(ask, event_name, met):
    outcome = ask("expect", "POST", {"match": {"event_name": event_name}})
    Draft202012Validator(OUTCOME).validate(outcome)
    assert outcome["met"] is met
