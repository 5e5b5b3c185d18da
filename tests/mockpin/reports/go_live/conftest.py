"""Event records and exchanges as the admin API lists them."""

import pytest

NOW = 1_790_000_000


def record(seq, event_name="checkout", **members):
    usual = {
        "seq": seq,
        "received_at": NOW + seq,
        "ad_account_id": "549755885175",
        "source": "api",
        "test": False,
        "event_name": event_name,
        "sent_name": event_name,
        "event_id": f"e{seq}",
        "action_source": "web",
        "event_time": NOW + seq - 5,
        "status": "processed",
        "duplicate_of": None,
        "limited_data_processing": {"applies": False, "reason": ""},
        "reported_as": "web",
        "match_keys": ["em"],
        "findings": [],
        "payload": {"event_name": "checkout", "user_data": {"em": ["0" * 64]}},
    }
    return {**usual, **members}


def exchange(number, *, events=1, test=False, at=NOW, **members):
    usual = {
        "id": str(number),
        "received_at": at,
        "ad_account_id": "549755885175",
        "method": "POST",
        "path": "/v5/ad_accounts/549755885175/events",
        "query": {"test": "true"} if test else {},
        "headers": {},
        "body": {"data": [{"event_id": f"{number}-{index}"} for index in range(events)]},
        "status": 200,
        "answer_headers": {},
        "answer": "{}",
        "fault": None,
    }
    return {**usual, **members}


@pytest.fixture(name="record")
def make_record():
    return record


@pytest.fixture(name="exchange")
def make_exchange():
    return exchange
