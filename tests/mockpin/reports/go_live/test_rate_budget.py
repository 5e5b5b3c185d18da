"""How many events a minute a sender's batches leave room for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockpin.reports.exchanges import read_exchanges
from mockpin.reports.go_live.rate_budget import LIMITS, RateBudget, measure_budget

MINUTE = 29_833_333 * 60


def measured(*records):
    return measure_budget(read_exchanges(records))


def test_whoever_sent_nothing_has_an_empty_budget():
    assert measured() == RateBudget(requests=0, events=0, busiest_minute=0)
    assert measured().to_dict()["throttled_at"][0]["events_a_minute"] == 0
    assert str(measured()) == (
        "No request of the API brought an event, so nothing is known of its batches and their rate."
    )


def test_the_budget_is_told_with_the_busiest_minute():
    assert str(RateBudget(requests=2, events=5, busiest_minute=1)) == (
        "At this batch size (2.5 events a request) you would be throttled at 12,500 events a minute: "
        "Pinterest's OpenAPI 5.23 allows 5,000 requests. The busiest minute had 1 request."
    )


def test_the_busiest_minute_is_one_of_the_clocks(exchange):
    seconds = (58, 59, 60, 61, 62, 180)
    assert measured(*(exchange(second, at=MINUTE + second) for second in seconds)).busiest_minute == 3


def test_a_request_without_a_readable_batch_is_a_request_all_the_same(exchange):
    budget = measured(exchange(1, events=3), exchange(2, body="no JSON"))
    assert (budget.requests, budget.events, budget.batch_size) == (2, 3, 1.5)


@pytest.mark.parametrize(("limit", "reached"), [(5_000, 12_500), (120_000, 300_000)])
def test_every_known_limit_is_told_with_who_says_so(limit, reached):
    (told,) = [
        item for item in RateBudget(2, 5, 2).to_dict()["throttled_at"] if item["requests_a_minute"] == limit
    ]
    assert told == {"requests_a_minute": limit, "source": LIMITS[limit], "events_a_minute": reached}


@given(st.lists(st.integers(0, 600), min_size=1, max_size=30))
def test_no_minute_is_busier_than_all_of_them_nor_idler_than_their_average(seconds):
    records = [
        {"id": at, "ad_account_id": "1", "received_at": MINUTE + at, "method": "POST", "path": "/events",
         "query": {}, "headers": {}, "body": {}, "status": 200, "answer_headers": {}, "answer": ""}
        for at in seconds
    ]  # fmt: skip
    budget = measured(*records)
    minutes = len({at // 60 for at in seconds})
    assert budget.requests / minutes <= budget.busiest_minute <= budget.requests
