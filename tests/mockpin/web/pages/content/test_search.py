"""The search box's language: what each word finds, and what is explained."""

import re
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mockpin.web.pages.content.search import fits_pattern, parse_query
from mockpin.web.pages.content.search_words import STATES, WORDS
from tests.mockpin.sending import AD_ACCOUNT_ID, HASH, Sending, conversion_event

NOW = 5_100.0
RECORD = {
    "seq": 1,
    "ad_account_id": "549755885175",
    "source": "api",
    "test": False,
    "event_name": "checkout",
    "sent_name": "Checkout",
    "event_id": "o 1",
    "action_source": "web",
    "status": "failed",
    "duplicate_of": None,
    "limited_data_processing": {"applies": False, "reason": None},
    "reported_as": "web",
    "match_keys": ["em", "client_ip_address"],
    "findings": [{"rule": "event-time-too-old", "severity": "error", "message": "Too old by 3 days."}],
    "request_id": "7",
    "received_at": 5_000.0,
    "payload": {"custom_data": {"order_id": "1001", "value": "72.390", "contents": [{"id": "Mütze"}]}},
}
GOOD = {**RECORD, "status": "processed", "findings": [], "duplicate_of": 1, "source": "tag"}


@pytest.mark.parametrize("query", [
    "", "is:bad", "-is:good", "rule:event-time-too-old", "rule:event-time-*", "-rule:*data-un*",
    "event:checkout", "event:Checkout", "event:check_out", "event:*heck*",
    'id:"o 1"', "key:em", "-key:external_id", "source:api", "as:web", "action:web", "account:549755885175",
    "request:7", "order:1001", "order:10*", "value:72.39", "value:72.390", "status:failed", "since:10m",
    "since:1970-01-01T01:00:00Z", "-since:5s", "mütze", "1001", "ord*1001", "-is:faulty", "days",
    '"3 DAYS"', "CHECKOUT", "is:bad key:em -source:tag",
])  # fmt: skip
def test_a_word_finds_what_it_asks_for(query):
    parsed = parse_query(query, now=5_100.0)
    assert parsed.matches(RECORD)
    assert not parsed.misunderstandings


@pytest.mark.parametrize("query", [
    "is:good", "is:duplicate", "is:test", "is:warned", "is:clean", "is:limited", "rule:event-id-blank",
    "is:refused", "order:100", "value:72", "value:x", "status:429", "since:5s", "since:2026-01-01", "fault:*",
    "rule:*currency*", "id:o", "event:check", "-event:CHECKOUT", "-key:em", "nowhere",
    "is:bad source:tag", "is:bad is:good",
])  # fmt: skip
def test_a_word_leaves_out_the_rest(query):
    assert not parse_query(query, now=5_100.0).matches(RECORD)


REFUSED_REQUEST = {
    **RECORD,
    "status": "refused",
    "http_status": 429,
    "event_name": ("checkout", "lead"),
    "sent_name": ("checkout", "lead"),
    "event_id": ("o-1", "o-2"),
    "fault": "status",
    "findings": [],
    "target": "/v5/ad_accounts/1/events",
    "reason": "Your fault rule answered 429.",
    "payload": {"data": [{"custom_data": {"order_id": "1001"}}, {"custom_data": {"order_id": "1002"}}, 7]},
}


@pytest.mark.parametrize("query", [
    "is:refused", "status:429", "status:refused", "fault:status", "is:faulty", "id:o-2", "event:lead",
    "order:1002", "ad_accounts", '"fault rule"', "-is:bad", "-is:good", "-is:clean",
])  # fmt: skip
def test_a_refused_request_is_found_by_what_it_carried(query):
    assert parse_query(query).matches(REFUSED_REQUEST)


@pytest.mark.parametrize("query", ["is:good", "is:duplicate", "is:clean", "source:tag"])
def test_states_tell_records_apart(query):
    assert parse_query(query).matches(GOOD)


def test_a_record_of_the_very_moment_is_since_then():
    assert parse_query("since:10m", now=RECORD["received_at"] + 600).matches(RECORD)
    assert not parse_query("since:10m", now=RECORD["received_at"] + 601).matches(RECORD)


def test_test_requests_show_only_when_asked_for():
    trial = {**RECORD, "test": True}
    assert not parse_query("is:bad").matches(trial)
    assert parse_query("is:test is:bad").matches(trial)


@pytest.mark.parametrize(("query", "said"), [
    ("is:baad", "Did you mean bad?"),
    ("evnt:checkout", "Did you mean event?"),
    ("source:web", "It may be api, tag, segment."),
    ("rule:event-time-old", "Did you mean event-time-too-old?"),
    ("rule:time", "Did you mean *time*?"),
    ("rule:naught*", "any of those that “Words the search knows” lists."),
    ("is:b*", "It may be good, bad,"),
    ("id:", "“id:” needs a value, as in id:order-1001."),
    ("is:", "“is:” needs a value, as in is:bad."),
    ("https://x", "There is no word “https:”."),
    ("since:yesterday", "is not a time. Write it like since:10m"),
])  # fmt: skip
def test_an_unknown_word_is_explained_and_ignored(query, said):
    parsed = parse_query(f"{query} event:checkout")
    (misunderstanding,) = parsed.misunderstandings
    assert said in misunderstanding.message
    assert parsed.matches(RECORD)


@pytest.mark.parametrize(("query", "taken"), [
    ("is:bad rule:event-time-old event:checkout id:o-1 key:em",
     "is:bad rule:event-time-too-old event:checkout id:o-1 key:em"),
    ("-is:Bad", "-is:bad"), ("source:API", "source:api"), ("rule:time", "rule:*time*"), ("source:web", ""),
    ("is:dup", ""), ("evnt:checkout", ""),
])  # fmt: skip
def test_a_value_that_is_nearly_a_known_one_is_taken_for_it_and_that_is_said(query, taken):
    parsed = parse_query(query)
    (misunderstanding,) = parsed.misunderstandings
    assert str(parsed) == taken
    assert misunderstanding.message.endswith("That is what is shown.") is bool(taken)


def test_the_history_itself_leaves_out_what_it_can():
    parsed = parse_query('is:bad id:"o 1" source:api key:em -as:web account:*')
    assert parsed.filters == {"test": False, "status": "failed", "event_id": "o 1", "source": "api"}


def test_tabs_replace_each_other_and_keep_the_other_words():
    parsed = parse_query("is:bad key:em is:warned")
    assert (parsed.tab, str(parsed.switch("test"))) == ("bad", "is:test key:em is:warned")
    assert str(parsed.switch(None)) == "key:em is:warned"
    assert parsed.switch("test").filters == {"test": True}


def test_every_word_shows_an_example_that_is_understood():
    for word in WORDS.values():
        assert not parse_query(word.example).misunderstandings
    for state in STATES:
        assert not parse_query(f"is:{state}").misunderstandings


@example('""')
@given(st.text(max_size=60))
def test_no_search_fails(text):
    parsed = parse_query(text)
    assert isinstance(parsed.matches(RECORD), bool)
    assert parse_query(str(parsed)).terms == parsed.terms


CALIFORNIA = {
    "st": [sha256(b"ca").hexdigest()],
    "country": [sha256(b"us").hexdigest()],
}


@pytest.fixture(scope="module")
def history():
    sending = Sending(warnings="off")
    sending.post(
        conversion_event(),
        conversion_event(event_id="jane@example.com", event_name="AddToCart"),
        conversion_event(custom_data={"opt_out_type": "LDP"}, user_data={"em": [HASH], **CALIFORNIA}),
        conversion_event(event_id="o 1", event_name="signup", action_source="offline"),
        conversion_event(user_data={"em": [HASH], "external_id": ["7"]}),
        conversion_event(event_id="", event_time=1),
        conversion_event(
            custom_data={"order_id": "1001", "value": "72.390", "content_name": "Mütze example.com"}
        ),
    )
    sending.post(conversion_event(event_id="x"), query="test=true")
    yield sending.emulator.store
    sending.emulator.close()


SEARCHES = (
    *(f"is:{state}" for state in STATES if state not in {"refused", "faulty"}),
    "-is:bad", "event:AddToCart", "event:add_to_cart", "event:check*",
    "id:jane@example.com", 'id:"o 1"', "id:o-*", "source:api", "-source:tag", "action:offline", "as:web",
    f"account:{AD_ACCOUNT_ID}", "account:5*", "key:em", "request:1", "checkout",
    "CHECK*T", "rule:*too-old", "order:10*", "order:1001", "value:72.39", '"example.com" -key:ph', "mütze",
)  # fmt: skip


@given(st.lists(st.sampled_from(SEARCHES), max_size=3))
@example(["event:AddToCart"])
@example(["id:jane@example.com"])
@example(["is:limited"])
def test_filters_never_leave_out_a_match(history, words):
    query = parse_query(" ".join(words))
    left, whole = ([*filter(query.matches, rows)] for rows in (find(history, **query.filters), find(history)))
    assert left == whole


@given(st.lists(st.sampled_from(SEARCHES), max_size=3))
def test_the_quick_look_never_leaves_out_a_match(history, words):
    query = parse_query(" ".join(words))
    matching = [row for row in history.events() if query.matches(row.to_dict())]
    assert all(map(query.may_match, matching))


def test_the_quick_look_leaves_out_what_has_no_such_text(history):
    assert not any(map(parse_query("nowhere").may_match, history.events()))


def find(history, **filters):
    return [row.to_dict() for row in history.events(**filters)]


@pytest.mark.parametrize("search", SEARCHES)
def test_every_search_of_the_comparison_finds_something(history, search):
    assert any(map(parse_query(search).matches, find(history)))


def test_the_manual_names_every_word():
    manual = (Path(__file__).parents[5] / "docs" / "pages.md").read_text(encoding="utf-8")
    for word in (*WORDS, *(f"is:{state}" for state in STATES)):
        assert f"`{word}:" in manual or f"`{word}`" in manual, word


@pytest.mark.parametrize(
    ("value", "since"), [("10m", NOW - 600), ("1970-01-01T00:00:10Z", 10.0), ("1970-01-01T00:00:00Z", 0.0)]
)
def test_a_moment_is_a_length_of_time_ago_or_a_written_one(value, since):
    (term,) = parse_query(f"since:{value}", now=NOW).terms
    assert term.since == since


@pytest.mark.parametrize("value", ["abc", "1e1000"])
def test_an_amount_that_is_not_a_number_is_compared_as_text(value):
    record = {**RECORD, "payload": {"custom_data": {"value": "x"}}}
    assert not parse_query(f"value:{value}").matches(record)


@given(st.text("ab*", max_size=8), st.text("ab", max_size=10))
def test_a_star_stands_for_any_text(pattern, text):
    expected = re.fullmatch(".*".join(map(re.escape, pattern.split("*"))), text, re.DOTALL)
    assert fits_pattern(pattern, text) is (expected is not None)


def test_a_text_is_read_once_for_each_part_however_many_stars_a_pattern_has():
    class Counted(str):
        __slots__ = ()

        def find(self, *arguments):
            finds.append(arguments)
            return super().find(*arguments)

    finds = []
    assert not fits_pattern("*a" * 200 + "*b", Counted("a" * 100_000))
    assert not fits_pattern("a*" * 200 + "b*", Counted("a" * 100_000))
    assert len(finds) <= 201


@pytest.mark.parametrize(("text", "tab", "only"), [
    ("is:bad key:em", "bad", "is:bad"), ("key:em", None, ""), ("-is:bad", None, ""), ("is:warned", None, ""),
    ("is:test is:bad", "test", "is:test"),
])  # fmt: skip
def test_a_tab_is_the_first_state_that_has_one(text, tab, only):
    query = parse_query(text)
    assert (query.tab, str(query.only_tab)) == (tab, only)


@pytest.mark.parametrize(("text", "is_empty"), [("", True), ("is:bad", True), ("key:em", False)])
def test_a_query_that_only_names_a_tab_is_empty(text, is_empty):
    assert parse_query(text).is_empty is is_empty


@pytest.mark.parametrize(("text", "may_be"), [
    ("", True), ("is:refused", True), ("-rule:x", True), ("order:1", True),
    ("rule:x", False), ("key:em", False), ("as:web", False), ("is:good", False),
])  # fmt: skip
def test_a_refused_request_has_no_verdict_no_keys_and_no_findings(text, may_be):
    assert parse_query(text).may_be_refused is may_be
