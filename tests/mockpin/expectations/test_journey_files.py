"""The TOML form of a journey, and what is said about a wrong one."""

import pytest

from mockpin.expectations.journey_files import JourneyInvalid, open_journey, parse_journey, read_journey
from tests.conftest import FIXTURES


def test_steps_keep_the_order_of_the_file():
    journey = read_journey(FIXTURES / "journeys" / "guest-checkout.toml")
    assert journey.name == "guest checkout"
    assert [str(step) for step in journey.steps] == [
        "at least 1 event with event_name='add_to_cart'",
        "exactly 1 event with event_name='checkout', source='api', payload.custom_data.order_id='o1'",
        "exactly 0 events with event_name='signup'",
    ]


def test_the_file_s_within_is_the_default_of_each_step():
    journey = parse_journey("within = 5\n[[expect]]\n[[expect]]\nwithin = 0.5\n[[expect]]\nwithin = '2m'")
    assert [step.within for step in journey.steps] == [5, 0.5, 120]


def test_a_journey_without_a_name_takes_the_file_s_name(tmp_path):
    file = tmp_path / "guest.toml"
    file.write_text("[[expect]]")
    assert read_journey(file).name == "guest"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("expect =", "not TOML: Invalid value (at end of document)"),
        ("expect = " + "[" * 3000, "not TOML: "),
        ("", "no [[expect]] table"),
        ("expect = [1]", "[[expect]] number 1 should be a table"),
        ("expect = 1", "the file: expect should be a list"),
        ("nam = 1\n[[expect]]", "the file has an unknown key 'nam'"),
        ('[[expect]]\nevent = "checkout"', "[[expect]] number 1 has an unknown key 'event'"),
        ('[[expect]]\nevnt_name = "x"', "number 1 has an unknown key 'evnt_name'; did you mean event_name?"),
        ("[[expect]]\ncount = -1", "[[expect]] number 1: count should be 0 or more, not -1"),
        ("[[expect]]\nat_least = -1", "[[expect]] number 1: at_least should be 0 or more, not -1"),
        ("[[expect]]\ncount = true", "[[expect]] number 1: count should be a whole number, not true"),
        (
            '[[expect]]\nsource = "pixel"',
            "[[expect]] number 1: source should be one of api, tag, segment, not 'pixel'",
        ),
        ('[[expect]]\nwithin = "soon"', "within cannot be used, since 'soon' is not a length of time"),
        ('within = "-1"\n[[expect]]', "the file: within cannot be used"),
        ("[[expect]]\nwithin = [1]", "within should be a number, not a list"),
        ('[[expect]]\npayload = "ada@example.com"', "payload should be a table, not '<masked 15>'"),
        ('[[expect]]\npayload = {"user_data.em" = "ada"}', "number 1: payload.user_data.em is plain text"),
        ('[[expect]]\npayload = {"user_data.em" = 5}', "number 1: "),
        ("[[expect]]\nnone = 1", "[[expect]] number 1: none should be true or false, not 1"),
        ("[[expect]]\nevent_name = {}", "number 1: event_name should be text, not a table"),
        ("[[expect]]\ncount = 1\nnone = true", "should have only one of count, at_least, none"),
    ],
)
def test_the_error_says_where_and_what_is_wrong(text, problem):
    with pytest.raises(JourneyInvalid) as raised:
        parse_journey(text, path="j.toml")
    assert str(raised.value).startswith("j.toml: ")
    assert problem in str(raised.value)


def test_the_error_lists_all_problems_at_once():
    with pytest.raises(JourneyInvalid) as raised:
        parse_journey("[[expect]]\nfoo = 1\n[[expect]]\nbar = 1")
    assert len(raised.value.problems) == 2


def test_a_file_that_is_not_utf_8_is_invalid(tmp_path):
    file = tmp_path / "j.toml"
    file.write_bytes(b"name = '\xe9'")
    with pytest.raises(JourneyInvalid, match="not UTF-8 at byte 8"):
        read_journey(file)


def test_a_missing_file_is_invalid(tmp_path):
    path = tmp_path / "nope.toml"
    with pytest.raises(JourneyInvalid) as caught:
        open_journey(path)
    assert str(caught.value) == f"{path}: cannot be read: No such file or directory"


def test_a_device_without_an_end_is_invalid():
    with pytest.raises(JourneyInvalid, match="/dev/zero: cannot be read: it is a device and not a file"):
        open_journey("/dev/zero")
