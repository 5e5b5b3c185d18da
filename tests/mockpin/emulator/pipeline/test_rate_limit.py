import pytest

from mockpin.emulator.pipeline.rate_limit import Limit, LimitUnreadable, RateLimit, parse_limit


def test_the_headers_have_the_observed_form():
    allowance = RateLimit(Limit(120_000)).count("1", 2.5)
    assert dict(allowance.headers) == {
        "X-RateLimit-Limit": '120000, 120000;w=60;name="ads_conversions_ad_account_id"',
        "X-RateLimit-Remaining": "119999",
        "X-RateLimit-Reset": "58",
    }


def test_one_request_too_many_exceeds_the_limit_and_a_new_window_begins_again():
    limit = RateLimit(Limit(2))
    assert [limit.count("1", now).exceeded for now in (0, 1, 59.9, 60)] == [False, False, True, False]


def test_the_remaining_requests_are_never_negative():
    limit = RateLimit(Limit(1))
    limit.count("1", 0)
    assert dict(limit.count("1", 0).headers)["X-RateLimit-Remaining"] == "0"


def test_each_ad_account_is_counted_by_itself():
    limit = RateLimit(Limit(1))
    assert [limit.count(account, 0).exceeded for account in ("1", "2", "1")] == [False, False, True]


@pytest.mark.parametrize("whose", ["1", None])
def test_a_forgotten_ad_account_begins_again(whose):
    limit = RateLimit(Limit(1))
    limit.count("1", 0)
    limit.reset(whose)
    assert not limit.count("1", 0).exceeded


def test_without_a_limit_nothing_is_counted():
    assert RateLimit(None).count("1", 0) is None


@pytest.mark.parametrize(("text", "limit"), [
    ("5000/min", Limit(5000, 60)), ("10/s", Limit(10, 1)), ("1000/day", Limit(1000, 86400)), ("off", None),
    ("1/sec", Limit(1, 1)), ("1/second", Limit(1, 1)), ("1/m", Limit(1, 60)), ("1/minute", Limit(1, 60)),
    ("1/h", Limit(1, 3600)), ("1/d", Limit(1, 86400)), ("9" * 12 + "/s", Limit(10**12 - 1, 1)),
])  # fmt: skip
def test_a_limit_is_read(text, limit):
    assert parse_limit(text) == limit


@pytest.mark.parametrize("limit", ["5000/min", "10/s", "7/h", "1000/d"])
def test_a_limit_is_written_as_it_is_read(limit):
    assert str(parse_limit(limit)) == limit


@pytest.mark.parametrize(
    "text", ["", "5000", "5000/week", "-1/min", "many/min", "1/min ", "0/min", "000/d", "1" * 13 + "/s"]
)
def test_anything_else_is_refused(text):
    with pytest.raises(LimitUnreadable, match="such as 5000/min, or off"):
        parse_limit(text)
