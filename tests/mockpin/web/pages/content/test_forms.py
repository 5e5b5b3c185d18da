"""What the forms of the controls page send to the admin API."""

import pytest

from mockpin.web.pages.content.forms import FormUnreadable, read_account, read_clock, read_fault, read_reset


@pytest.mark.parametrize(
    ("form", "body"),
    [
        ({"order": "real", "freeze": "x"}, {"real": True}),
        ({"order": "freeze", "freeze": " 2026-01-31 ", "advance": "1h"}, {"freeze": "2026-01-31"}),
        ({"order": "advance", "freeze": "x", "advance": "1h"}, {"advance": "1h"}),
    ],
)
def test_the_order_chooses_how_the_clock_is_set(form, body):
    assert read_clock(form) == body


@pytest.mark.parametrize(
    "form", [{}, {"order": "freeze"}, {"order": "advance", "advance": " "}, {"order": "x", "x": "1"}]
)
def test_a_clock_without_an_order_or_its_value_is_unreadable(form):
    with pytest.raises(FormUnreadable, match="Write how to set the clock"):
        read_clock(form)


@pytest.mark.parametrize(
    ("kind", "value", "read"),
    [
        ("status", " 503 ", 503),
        ("delay_ms", "1.5", 1.5),
        ("delay_ms", "100-500", [100.0, 500.0]),
        ("delay_ms", "-5", -5.0),
        ("drop", "", True),
        ("truncate", "7", 7),
        ("truncate", "1" * 25, int("1" * 20)),
        ("delay_ms", "1" * 25, float("1" * 20)),
        ("garbage", "", True),
        ("empty", "", True),
        ("fail_events", "0, 2", [0, 2]),
    ],
)
def test_a_fault_reads_the_value_of_its_kind(kind, value, read):
    assert read_fault({"kind": kind, "value": value}) == {"fault": {kind: read}}


def test_a_fault_has_the_fields_that_are_filled_in():
    form = {"kind": "drop", "ad_account_id": "1", "event_name": " ", "times": "2", "probability": "0.5"}
    assert read_fault(form) == {"fault": {"drop": True}, "ad_account_id": "1", "times": 2, "probability": 0.5}
    assert read_fault({"kind": "drop", "event_name": "lead"})["event_name"] == "lead"


@pytest.mark.parametrize(
    ("form", "problem"),
    [
        ({}, "Choose a fault: status, delay_ms, drop, truncate, garbage, empty, fail_events."),
        ({"kind": "fire"}, "Choose a fault: status, delay_ms, drop, truncate, garbage, empty, fail_events."),
        ({"kind": "status"}, "Write a value for status, such as 503."),
        ({"kind": "fail_events", "value": " "}, "Write a value for fail_events, such as 0,2."),
        ({"kind": "status", "value": "x" * 30}, f"Write a whole number instead of “{'x' * 20}”."),
        ({"kind": "delay_ms", "value": "x" * 30}, f"Write a number instead of “{'x' * 20}”."),
        ({"kind": "drop", "times": "1.5"}, "Write a whole number instead of “1.5”."),
    ],
)
def test_a_fault_that_cannot_be_read_says_what_to_write(form, problem):
    with pytest.raises(FormUnreadable) as unreadable:
        read_fault(form)
    assert str(unreadable.value) == problem


def test_an_account_has_the_fields_that_are_filled_in():
    form = {"ad_account_id": " 1 ", "conversion_token": "t", "tag_id": " ", "other": "x"}
    assert read_account(form) == {"ad_account_id": "1", "conversion_token": "t"}


def test_a_reset_needs_its_confirmation_and_may_name_an_account():
    assert read_reset({"confirm": "yes"}) == {}
    assert read_reset({"confirm": "yes", "ad_account_id": "1"}) == {"ad_account_id": "1"}
    for form in ({}, {"confirm": "no"}):
        with pytest.raises(FormUnreadable, match="Tick the box"):
            read_reset(form)
