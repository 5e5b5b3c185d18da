import pytest

from mockpin_validator import validate
from mockpin_validator.rules.schema import RULES, refusals
from tests.validator.events import NOW, changed
from tests.validator.rules.examples import check_example, list_examples


def told(event):
    """Path within the event, message and fix of each thing the schema refuses."""
    report = validate(event, now=NOW)
    return [(f.path.removeprefix("/data/0"), f.message, f.fix) for f in report if f.rule == "schema"]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (
            {"custom_data__value": 24.5},
            (
                "/custom_data/value",
                "value must be a string or null, but is a number.",
                "Put the number in quotes.",
            ),
        ),
        (
            {"event_time": "2026-09-24T09:45:00Z"},
            (
                "/event_time",
                "event_time must be a whole number, but is a string.",
                "Send Unix time in seconds, as a whole number (1790243100).",
            ),
        ),
        (
            {"opt_out": "true"},
            (
                "/opt_out",
                "opt_out must be true or false, but is a string.",
                "Send true or false without quotes.",
            ),
        ),
        (
            {"event_id": None},
            (
                "/event_id",
                "event_id must be a string, but is null.",
                "Send a string: Pinterest requires it.",
            ),
        ),
        (
            {"event_time": 1790243100.5},
            (
                "/event_time",
                "event_time must be a whole number, but is a number.",
                "Send Unix time in seconds, as a whole number (1790243100).",
            ),
        ),
        (
            {"event_time": "yesterday"},
            (
                "/event_time",
                "event_time must be a whole number, but is a string.",
                "Send Unix time in seconds, as a whole number.",
            ),
        ),
        (
            {"custom_data__currency": True},
            (
                "/custom_data/currency",
                "currency must be a string or null, but is a boolean.",
                "Send a string, or leave the field out if it is not required.",
            ),
        ),
        ({"event_id": ...}, ("", "event_id is missing.", "Send event_id: Pinterest requires it.")),
        (
            {"custom_data__search_term": "lamp"},
            (
                "/custom_data/search_term",
                "Pinterest does not know the field search_term here.",
                "Did you mean search_string?",
            ),
        ),
        (
            {"user_data__em": "ada@example.com"},
            (
                "/user_data/em",
                "em must be a list, but is a string.",
                "Put the value in a list, even when it is the only one.",
            ),
        ),
        (
            {"user_data": {"client_ip_address": "8.8.4.4"}},
            (
                "/user_data",
                "user_data does not identify anyone.",
                "Send em, or hashed_maids, or client_ip_address with client_user_agent.",
            ),
        ),
        (
            {"device_info": {"os_family": "ps5"}},
            (
                "/device_info/os_family",
                "'ps5' is not one of the values that Pinterest knows for os_family.",
                "Send one of ios, android, macos, windows, linux, bsd, other.",
            ),
        ),
        (
            {"device_info": {"battery_level": 101}},
            (
                "/device_info/battery_level",
                "battery_level is 101; at most 100 is allowed.",
                "Check the unit.",
            ),
        ),
        (
            {"app_info": {"app_version": "v" * 101}},
            (
                "/app_info/app_version",
                "app_version has 101 characters; at most 100 are allowed.",
                "Shorten it.",
            ),
        ),
    ],
)
def test_a_violation_is_told_with_place_and_help(fields, expected):
    assert told(changed(**fields)) == [expected]


def test_a_user_data_of_wrong_types_and_nobody_is_told_both():
    assert [path for path, *_ in told(changed(user_data={"ph": "x"}))] == ["/user_data/ph", "/user_data"]


def test_an_unknown_fields_name_that_may_be_somebodys_data_is_not_repeated():
    assert told(changed(**{"ada@example.com": 1})) == [
        ("", "the event holds a field that Pinterest does not know.", "Remove it.")
    ]


@pytest.mark.parametrize(
    ("payload", "message"),
    [
        ({"data": []}, "data is empty."),
        ({"data": [changed()] * 1_001}, "data has 1001 entries; at most 1000 are allowed."),
        ({"data": 3}, "data must be a list, but is a number."),
        ([[7]], "the event must be an object, but is a list."),
    ],
)
def test_what_is_wrong_with_the_payload_itself_is_told(payload, message):
    assert message in [finding.message for finding in validate(payload, now=NOW)]


def test_a_value_that_cannot_be_written_out_is_refused_in_words():
    (finding,) = validate(changed(event_id=10**5_000), now=NOW)
    assert finding.message == "The payload is nested too deeply or holds a value that is not JSON."


@pytest.mark.parametrize(
    ("fields", "source", "grade"),
    [
        ({"custom_data__foo": 1}, "woocommerce/pinterest-for-woocommerce issue 967", "observed"),
        ({"user_data": {}}, "Pinterest's OpenAPI 5.23, whose prose we read as binding", "inferred"),
        ({"event_name": ...}, "Pinterest's OpenAPI 5.23", "documented"),
        ({"user_data__em": "ada"}, "Pinterest's OpenAPI 5.23", "documented"),
    ],
)
def test_a_finding_says_how_sure_it_is_of_its_own_group_of_violation(fields, source, grade):
    (finding,) = (finding for finding in validate(changed(**fields), now=NOW) if finding.rule == "schema")
    assert finding.source.endswith(source)
    assert finding.documented == grade


class Unread:
    """A value that may not be written out."""

    def __repr__(self):
        raise AssertionError


def test_the_first_reason_is_told_before_the_others_are_looked_at():
    assert next(refusals({"data": [1, Unread()]})).path == "/data/0"


@pytest.mark.parametrize("name", list_examples(RULES))
def test_a_rule_says_of_its_fixture_what_the_fixture_expects(name):
    check_example(name)
