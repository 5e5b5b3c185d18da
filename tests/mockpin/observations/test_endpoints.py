"""Which requests were meant for the events and reached no endpoint."""

import pytest

from mockpin.observations.endpoints import is_empty_flush, missed_events


@pytest.mark.parametrize(
    "path",
    ["/v5/v5/ad_accounts/1/events", "/v5/ad_accounts/1/event", "/ad_accounts/1/events", "/v5/ad_account/1/events",
     "/v5/ad_accounts/1", "/v5/adaccounts/1/Events", "/v5/events", "/v5", "/", "/v4/ad_accounts/1/events",
     "/v1/tracks", "/v5/conversions"],
)  # fmt: skip
def test_a_post_to_nearly_the_events_is_lost(path):
    assert missed_events("POST", path, 404)


@pytest.mark.parametrize(
    "path",
    ["/v5/pins", "/v5/user_account", "/v5/oauth/conversion_token", "/v5/ad_accounts/1/conversion_tags",
     "/v5/ad_accounts/1/advertiser_defined_events", "/v5/ad_accounts/1/conversion_eqs", "/v3/", "/favicon.ico"],
)  # fmt: skip
def test_other_endpoints_are_not_emulated_and_lose_nothing(path):
    assert not missed_events("POST", path, 404)


@pytest.mark.parametrize(
    ("method", "status"), [("GET", 405), ("HEAD", 404), ("OPTIONS", 404), ("POST", 200), ("POST", 400)]
)
def test_a_look_by_hand_and_what_was_answered_otherwise_is_not_missed(method, status):
    assert not missed_events(method, "/v5/ad_accounts/1/events", status)


@pytest.mark.parametrize(("body", "missed"), [({"data": [{}]}, True), ({"data": []}, False), ([], False)])
def test_a_get_that_carries_events_is_missed(body, missed):
    assert missed_events("GET", "/v5/ad_accounts/1/events", 405, body) is missed


def test_another_method_on_the_events_themselves_is_missed():
    assert missed_events("PUT", "/v5/ad_accounts/1/events", 405)


@pytest.mark.parametrize(
    ("status", "body", "is_flush"),
    [(400, {"data": []}, True), (401, {"data": []}, False), (400, {"data": [1]}, False), (400, [], False)],
)
def test_a_refused_request_without_events_is_an_empty_flush(status, body, is_flush):
    assert is_empty_flush(status, body) is is_flush
