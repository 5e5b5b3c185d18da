"""Pinterest's own Python clients, over a real socket."""

import time

import pytest

from mockpin import MockPin

pytestmark = pytest.mark.slow_clients
CLIENTS = ("pinterest_api_sdk", "pinterest_generated_client", "pinterest_sdk")


def event(**changes):
    return {
        "event_name": "checkout",
        "action_source": "web",
        "event_time": int(time.time()),
        "event_id": "e1",
        "user_data": {
            "em": ["a" * 64],
            "client_ip_address": "203.0.113.9",
            "client_user_agent": "Mozilla/5.0",
        },
        "custom_data": {"currency": "USD", "value": "12.50", "order_id": "o1"},
    } | changes


@pytest.fixture
def mock():
    with MockPin() as mock:
        yield mock


@pytest.fixture(params=CLIENTS)
def send(request, mock, run_client):
    def send(event, **environment):
        own = {
            "PINTEREST_API_URI": mock.api_uri,
            "PINTEREST_AD_ACCOUNT_ID": mock.ad_account_id,
            "PINTEREST_CONVERSION_TOKEN": mock.conversion_token,
        }
        return run_client(request.param, event, **(own | environment))

    return send


def test_a_good_event_is_processed(mock, send):
    assert send(event()) == {"status": 200, "processed": 1}
    mock.expect(event_name="checkout", count=1, status="processed", payload={"custom_data.order_id": "o1"})


def test_a_wrong_token_is_401(send):
    assert send(event(), PINTEREST_CONVERSION_TOKEN="pina_wrong") == {
        "status": 401,
        "error": "UnauthorizedException",
    }


def test_another_ad_account_is_403(mock, send):
    with MockPin(url=mock.url) as other:
        told = send(event(), PINTEREST_AD_ACCOUNT_ID=other.ad_account_id)
    assert told == {"status": 403, "error": "ForbiddenException"}


def test_a_failed_event_is_422(mock, send):
    assert send(event(event_time=1_500_000_000))["status"] == 422
    assert mock.events()[0]["status"] == "failed"


def test_a_rate_limit_is_429_and_is_not_retried(mock, send):
    mock.faults.add(fault={"status": 429})
    assert send(event())["status"] == 429
    assert len(mock.requests()) == 1
