import pytest

from mockpin.web.admin.operations import Operation, read_call
from mockpin.web.admin.schemas import CLOCK, EVENT_FILTERS, EXPECTATION, FAULT_RULE, ONE_ACCOUNT, PAGE
from mockpin.web.problems import BadRequest, NotFound


def echo(_emulator, call):
    """Give the call back.

    This line is not a summary.
    """
    return call


EVENTS = Operation("GET", "/events", echo, query={**EVENT_FILTERS, **PAGE})
EXPECT = Operation("POST", "/expect", echo, body=EXPECTATION)
FAULT = Operation("POST", "/faults", echo, body=FAULT_RULE)
SET_CLOCK = Operation("PUT", "/clock", echo, body=CLOCK)


def read(operation, *, body=b"", **query):
    return read_call(operation, path={}, query=list(query.items()), body=body)


def mistakes(operation, *, body=b"", **query):
    with pytest.raises(BadRequest) as caught:
        read(operation, body=body, **query)
    return {(error.place, error.pointer): error.detail for error in caught.value.errors}


def test_a_query_is_read_into_its_types_with_defaults():
    call = read(EVENTS, duplicate="true", test="False", after="7", event_name="checkout")
    assert call.query == {
        "duplicate": True,
        "test": False,
        "after": 7,
        "event_name": "checkout",
        "limit": 100,
    }


@pytest.mark.parametrize(
    ("name", "value"),
    [("limit", "0"), ("limit", "1001"), ("after", "-1"), ("after", "x"), ("status", "good"), ("test", "1")],
)
def test_a_query_parameter_out_of_its_range_is_named(name, value):
    assert list(mistakes(EVENTS, **{name: value})) == [("query", f"/{name}")]


def test_an_unknown_query_parameter_is_refused_with_those_known():
    (detail,) = mistakes(EVENTS, evnt_name="x").values()
    assert detail.startswith("Unknown field; the known fields are ad_account_id, event_name")


def test_a_query_parameter_that_is_given_twice_is_named():
    with pytest.raises(BadRequest) as caught:
        read_call(EVENTS, path={}, query=[("limit", "1"), ("limit", "2"), ("after", "3")], body=b"")
    assert [(error.place, error.pointer, error.detail) for error in caught.value.errors] == [
        ("query", "/limit", "This is given more than once; give it once.")
    ]


def test_every_mistake_of_a_body_is_told_at_once():
    found = mistakes(EXPECT, body=b'{"match": {"evnt": 1, "status": "good"}, "count": -1}')
    assert set(found) == {("body", "/match/evnt"), ("body", "/match/status"), ("body", "/count")}


def test_an_exact_count_and_a_least_one_exclude_each_other():
    assert list(mistakes(EXPECT, body=b'{"count": 1, "at_least": 1}')) == [("body", "/at_least")]


@pytest.mark.parametrize("body", [b"", b"{", b"NaN", b"\xff", b"[" * 2000])
def test_a_body_that_is_not_json_is_refused(body):
    assert list(mistakes(EXPECT, body=body)) == [("body", "")]


@pytest.mark.parametrize(
    "body",
    [
        b'{"fault": {"status": 503}, "times": 2}',
        b'{"fault": {"delay_ms": 5}}',
        b'{"fault": {"delay_ms": [5, 9]}, "probability": 0.5, "seed": 1}',
        b'{"fault": {"drop": true}, "ad_account_id": "1"}',
        b'{"fault": {"fail_events": [0, 3]}, "event_name": "checkout"}',
    ],
)
def test_a_documented_fault_is_accepted(body):
    assert read(FAULT, body=body).body["fault"]


@pytest.mark.parametrize(
    "body",
    [
        b"{}",
        b'{"fault": {}}',
        b'{"fault": {"status": 418}}',
        b'{"fault": {"drop": true, "empty": true}}',
        b'{"fault": {"drop": false}}',
        b'{"fault": {"delay_ms": [1]}}',
        b'{"fault": {"delay_ms": "5"}}',
        b'{"fault": {"drop": true}, "times": 0}',
        b'{"fault": {"drop": true}, "probability": 1.1}',
    ],
)
def test_any_other_fault_is_refused(body):
    assert mistakes(FAULT, body=body)


@pytest.mark.parametrize("body", [b"{}", b'{"freeze": 1, "real": true}', b'{"real": false}', b"[]"])
def test_the_clock_takes_one_order_at_a_time(body):
    assert mistakes(SET_CLOCK, body=body)


@pytest.mark.parametrize(
    ("operation", "body", "said"),
    [
        (SET_CLOCK, b"{}", "Give exactly one of freeze, advance, real."),
        (SET_CLOCK, b'{"freeze": 1, "real": true}', "Give exactly one of freeze, advance, real."),
        (SET_CLOCK, b"[]", "Give an object."),
        (SET_CLOCK, b'{"freeze": true}', "Give a text or a number."),
        (SET_CLOCK, b'{"real": false}', "Give true."),
        (FAULT, b'{"fault": {}}', "Give exactly one of status, delay_ms, drop, "),
    ],
)
def test_what_is_wrong_says_what_to_give_instead(operation, body, said):
    (detail,) = mistakes(operation, body=body).values()
    assert detail.startswith(said)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("-1", "-1 is less than the minimum of 0"),
        ("9" * 30, "99999999999999999999 is greater than the maximum of 9007199254740992"),
        ("x", "Give a whole number."),
        ("--1", "Give a whole number."),
    ],
)
def test_a_number_is_told_its_bound_and_a_text_that_it_is_none(value, said):
    assert mistakes(EVENTS, after=value) == {("query", "/after"): said}


def test_a_problem_tells_its_status_and_its_errors():
    assert NotFound("There is no such event.").to_dict() == {
        "title": "Not Found",
        "status": 404,
        "detail": "There is no such event.",
        "errors": [],
    }
    assert str(NotFound("There.")) == "There."


def test_a_body_that_an_operation_does_not_take_is_refused():
    reset = Operation("POST", "/reset", echo, query=ONE_ACCOUNT)
    assert mistakes(reset, body=b'{"ad_account_id": "7"}') == {
        ("body", "/ad_account_id"): "Unknown field; no field is known here."
    }
    assert mistakes(reset, body=b"ad_account_id=7").keys() == {("body", "")}
    assert read(reset, body=b"{}", ad_account_id="7").query == {"ad_account_id": "7"}


def test_a_slash_in_a_name_is_escaped_in_the_pointer():
    assert ("body", "/a~1b~0") in mistakes(EXPECT, body=b'{"a/b~": 1}')


def test_an_operation_is_summed_up_by_its_handlers_first_line():
    assert EVENTS.summary == "Give the call back."
