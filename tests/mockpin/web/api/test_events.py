"""The route of the events, with Flask and without it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.exceptions import HTTPException

from mockpin.emulator.pipeline.requests import HttpRequest
from mockpin.web.api.events import find_context
from mockpin.web.app import create_app
from tests.mockpin.sending import AD_ACCOUNT_ID, PATH

ROUTES = create_app().url_map.bind("127.0.0.1")


def routed(method, path):
    """The ad account that Flask's own route finds, None where it leads elsewhere."""
    try:
        endpoint, values = ROUTES.match(path, method)
    except HTTPException:
        return None
    return values["ad_account_id"] if endpoint == "pinterest.events" else None


def found(method, path):
    delivery = find_context(HttpRequest(method, path))
    return delivery and delivery.ad_account_id


@pytest.mark.parametrize("path", [PATH, f"{PATH}/"])
def test_a_request_to_the_events_is_found_with_its_ad_account(path):
    delivery = find_context(HttpRequest("POST", path, body=b"{}"))
    assert (delivery.ad_account_id, delivery.source) == (AD_ACCOUNT_ID, "api")
    assert delivery.request.body == b"{}"


@pytest.mark.parametrize(
    "path",
    [
        "/v5/ad_accounts/1/conversion_tags",
        "/v5/ad_accounts//events",
        "/v5/ad_accounts/1/2/events",
        "/v5/ad_accounts/1/events/2",
        "/V5/ad_accounts/1/events",
        "/v5/ad_accounts/1/events.json",
        "/v1/track",
    ],
)
def test_no_other_path_is_taken_for_the_events(path):
    assert find_context(HttpRequest("POST", path)) is None


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "OPTIONS", "post"])
def test_only_post_delivers(method):
    assert find_context(HttpRequest(method, PATH)) is None


PARTS = st.lists(
    st.sampled_from(["", "v5", "ad_accounts", "7", "events", "x y", "é", "%2F", "..", "\n"]), max_size=6
)


@given(st.sampled_from(["POST", "GET"]), st.one_of(PARTS, st.just(["v5", "ad_accounts", "7", "events"])))
def test_the_way_around_flask_leads_where_flask_leads(method, parts):
    path = "/" + "/".join(parts)
    assert found(method, path) == routed(method, path)


@given(st.text(st.characters(exclude_characters="/", exclude_categories=["Cs"]), min_size=1))
def test_whatever_stands_for_the_ad_account_both_read_the_same(ad_account_id):
    path = f"/v5/ad_accounts/{ad_account_id}/events"
    assert found("POST", path) == routed("POST", path) == ad_account_id
