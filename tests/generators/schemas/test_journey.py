import tomllib

import pytest
from hypothesis import event, given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from generators.schemas.journey import build_journey_schema
from mockpin.expectations import journey_files
from mockpin.expectations.journey_files import FILE_KEYS, STEP_KEYS
from tests.conftest import FIXTURES

SCHEMA = build_journey_schema()
VALIDATOR = Draft202012Validator(SCHEMA)
VALUES = st.sampled_from(
    ["checkout", "api", "tag", "failed", "web", "5s", "0", "5 parsecs", 1, 0, -1, 2.5, True, False, [], {}]
)
STEPS = st.dictionaries(st.sampled_from([*STEP_KEYS, "counts"]), VALUES, max_size=3)
JOURNEYS = st.fixed_dictionaries(
    {"expect": st.lists(STEPS, max_size=2)}, optional={"within": VALUES, "name": VALUES, "nmae": VALUES}
)


def has_problems(document):
    return bool(list(journey_files._find_problems(document)))


def test_the_schema_is_one():
    Draft202012Validator.check_schema(SCHEMA)


def test_every_key_of_a_journey_is_in_the_schema_and_described():
    step = SCHEMA["properties"]["expect"]["items"]
    assert set(SCHEMA["properties"]) == set(FILE_KEYS)
    assert set(step["properties"]) == set(STEP_KEYS)
    assert all(
        field["description"] for field in (*SCHEMA["properties"].values(), *step["properties"].values())
    )


@given(JOURNEYS)
def test_the_schema_and_mockpin_refuse_the_same_journeys(journey):
    refused = has_problems(journey)
    event("refused" if refused else "read")
    assert VALIDATOR.is_valid(journey) == (not refused)


@pytest.mark.parametrize("file", sorted((FIXTURES / "journeys").glob("*.toml")), ids=lambda file: file.stem)
def test_a_journey_of_the_fixtures_is_valid_if_mockpin_reads_it(file):
    journey = tomllib.loads(file.read_text("utf-8"))
    assert VALIDATOR.is_valid(journey) == (not has_problems(journey))


@pytest.mark.parametrize("plain", [{"em": "ada@example.com"}, {"emm": "ada@example.com"}, {"em": 3}])
def test_the_schema_and_mockpin_refuse_the_same_plain_match_keys(plain):
    journey = {"expect": [{"event_name": "checkout", "plain": plain}]}
    assert VALIDATOR.is_valid(journey) == (not has_problems(journey))


@pytest.mark.parametrize("number", [-1, 0, 1])
@pytest.mark.parametrize("key", ["count", "at_least", "none"])
def test_the_schema_and_mockpin_refuse_the_same_numbers(key, number):
    journey = {"expect": [{key: number}]}
    assert VALIDATOR.is_valid(journey) == (not has_problems(journey))


@pytest.mark.parametrize(
    "document", [{"expect": [{"event": "lead", "conut": 1}]}, {"expect": [{}], "nmae": "x"}]
)
def test_a_misspelt_key_is_refused(document):
    assert not VALIDATOR.is_valid(document)
