"""Rows of the history as the admin API lists them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockpin.emulator.history.records import read_json, read_text
from tests.mockpin.sending import HASH, NOW, Sending, conversion_event


def test_an_event_is_listed_with_its_name_in_the_apis_spelling_and_as_it_was_sent():
    sending = Sending()
    sending.post(conversion_event(event_name="PageVisit"), query="test=true")
    (record,) = sending.records()
    assert (record["event_name"], record["sent_name"]) == ("page_visit", "PageVisit")
    assert (record["test"], record["received_at"]) == (True, NOW)
    assert record["limited_data_processing"]["applies"] is False


def test_a_match_key_is_listed_where_something_stands_under_it():
    sending = Sending()
    sending.post(conversion_event(user_data={"em": [HASH], "ph": [], "client_ip_address": ""}))
    assert sending.records()[0]["match_keys"] == ["em"]


def test_an_unknown_user_data_field_does_not_count_as_a_match_key():
    sending = Sending()
    keys = {"em": [HASH], "email": [HASH], "customer_type": "new", "opt_out_type": "LDP", "click_id": "x"}
    sending.post(conversion_event(user_data=keys))
    assert sending.records()[0]["match_keys"] == ["em", "click_id"]


def test_an_exchange_shows_its_events_as_they_are_kept_and_knows_their_numbers():
    sending = Sending()
    sending.post(conversion_event(), conversion_event(event_id="o-2"))
    sending.send(b'{"data": 5}')
    first, second = sending.exchanges()
    assert [event["event_id"] for event in first["body"]["data"]] == ["o-1", "o-2"]
    assert (first["event_seqs"], second["event_seqs"]) == ([1, 2], [])
    assert (second["body"], second["status"]) == ({"data": 5}, 400)
    assert isinstance(first["id"], str)


@pytest.mark.parametrize(
    ("body", "read"),
    [(b'{"a":1}', {"a": 1}), (b"", ""), (b"{", "{"), (b"\xff{}", "\ufffd{}"), (b"null", None)],
)
def test_a_body_is_read_as_json_or_else_as_text(body, read):
    assert read_text(body) == read


@given(st.binary(max_size=20))
def test_no_body_is_too_odd_to_be_read(body):
    read_text(body)


def test_a_damaged_text_is_read_as_the_default():
    assert read_json("[1]", default=None) == [1]
    assert read_json("[1", default=[]) == []
