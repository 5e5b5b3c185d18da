"""Why a request gave no event: the sentence and the fix for each kind of refusal."""

from types import SimpleNamespace

import pytest

from mockpin.emulator.accounts import fingerprint
from mockpin.emulator.pipeline.faults import Fault, FaultRule
from mockpin.web.pages.content.exchanges import read_exchange
from mockpin.web.pages.content.refusals import RefusalNote, explain_refusal, read_refused
from tests.mockpin.web.site import ACCOUNT, NOW, TAG, TOKEN, event

BEARER = {"Authorization": f"Bearer {TOKEN}"}
EVENTS = f"/v5/ad_accounts/{ACCOUNT}/events"


def explain(site):
    store = site.emulator.store
    row = store.exchange(store.last_exchange)
    tokens = {account.ad_account_id: account.token for account in site.emulator.accounts}
    return explain_refusal(read_exchange(store.describe(row)), tokens)


@pytest.mark.parametrize(("path", "headers", "sentence", "fix"), [
    (EVENTS, {}, "The request has no Authorization header.", f"the ad account, {fingerprint(TOKEN)}."),
    (EVENTS, {"Authorization": "Basic eDo="}, "is not of the form: Bearer", "Send Authorization: Bearer"),
    (EVENTS, {"Authorization": "Bearer pina_x"},
     f"Token {fingerprint('pina_x')} is not this account's {fingerprint(TOKEN)}.", "Send Authorization"),
    ("/v5/ad_accounts/42/events", BEARER, "There is no ad account 42 here.", f"of this server: {ACCOUNT}."),
    ("/v5/ad_accounts/x/events", BEARER, "must match the pattern", "Put the ad account's number into"),
    (f"/v5/v5/ad_accounts/{ACCOUNT}/events", BEARER, "so these events are lost", f"Send to POST {EVENTS}."),
    ("/nowhere", BEARER, "There is nothing at this path.", f"are taken at POST {EVENTS}."),
])  # fmt: skip
def test_a_refused_request_says_why_and_what_to_do(site, path, headers, sentence, fix):
    site.http.post(path, json={"data": [event()]}, headers=headers)
    note = explain(site)
    assert sentence in note.sentence
    assert fix in note.fix


def test_a_token_of_another_account_is_named_with_its_owner(site):
    site.emulator.accounts.add("42", "pina_other")
    site.send(event(), token="pina_other")
    note = explain(site)
    assert f"Token {fingerprint('pina_other')} is not this account's {fingerprint(TOKEN)}." in note.sentence
    assert "It is the token of ad account 42." in note.sentence
    assert note.fix.endswith("or send to 42.")


def test_a_method_that_a_path_does_not_take_is_told_with_those_it_takes(site):
    site.http.get(EVENTS, headers=BEARER)
    assert explain(site).sentence == "This path does not take GET."
    assert "POST" in explain(site).fix


def exchange(**members):
    """A refused request of the API, as the pages read it."""
    usual = {
        "fault": None, "event_seqs": [], "is_refused": True, "untaken_calls": (), "status": 401,
        "path": EVENTS, "source": "api", "headers": {}, "ad_account_id": "7", "answer": {"message": "No."},
        "method": "POST", "gave_no_event": True, "body": None,
    }  # fmt: skip
    return SimpleNamespace(**{**usual, **members})


def take(*results, **event):
    """A Segment message and what its subscriptions made of it."""
    members = ("status", "subscription", "why")
    made = [dict(zip(members, result, strict=True)) for result in results]
    return {"event": {"type": "track", **event}, "results": made}


@pytest.mark.parametrize(
    ("members", "note"),
    [
        ({"source": "segment"}, RefusalNote("No.")),
        ({"status": 500, "answer": "broken"}, RefusalNote("broken")),
        ({"status": 404, "path": "/v5/event", "ad_account_id": None},
         RefusalNote("There is nothing at this path, so these events are lost.",
                     "Send to POST /v5/ad_accounts/8/events.")),
        ({"status": 405, "source": "segment"}, RefusalNote("This path does not take POST.")),
        ({"status": 413}, RefusalNote("No.", "Send fewer events in a request: at most 1,000.")),
        ({"status": 429}, RefusalNote("Too many requests: No.",
                                      "Wait and send the same events again, or send more events in fewer"
                                      " requests.")),
        ({"status": 400, "ad_account_id": None}, RefusalNote("No.")),
        ({"headers": {"authorization": "Bearer x"}, "ad_account_id": "9"},
         RefusalNote("Token x is not the token of any ad account.",
                     "Send Authorization: Bearer with the conversion token of the ad account.")),
        ({"headers": {"authorization": "Bearer x"}, "path": "/v5/ad_accounts/8/conversion_tags"},
         RefusalNote("Token x is not the access token, which this endpoint takes.",
                     "Send the OAuth access token: a conversion token opens only the events endpoint.")),
        ({"status": 403, "ad_account_id": "8"},
         RefusalNote("Token of the request is not this account's print.",
                     "Send the conversion token of ad account 8.")),
        ({"is_refused": False,
          "untaken_calls": (take(("not_subscribed", "A", "x"), ("failed", "B", "y")), take())},
         RefusalNote("B: y 1 more gave no event.")),
        ({"is_refused": False, "untaken_calls": (take(event="Order"),)},
         RefusalNote("No mapping takes Order: Segment sends nothing to Pinterest.",
                     "If it should be a conversion, compare its name with the triggers of the destination.")),
        ({"is_refused": False, "body": {}},
         RefusalNote("A tag hit with no event: the tag was loaded and reported nothing.")),
        ({"is_refused": False, "gave_no_event": False}, None),
    ],
)  # fmt: skip
def test_each_kind_of_refusal_has_its_words(members, note):
    assert explain_refusal(exchange(**members), {"8": "print"}) == note


@pytest.mark.parametrize(("fault", "sentence"), [
    (Fault("status", 429), "Your fault rule answered 429."),
    (Fault("drop", True), "Your fault rule dropped the connection: the sender got no answer."),
])  # fmt: skip
def test_an_injected_fault_is_the_reason_and_not_the_sender(site, fault, sentence):
    site.emulator.faults.add(FaultRule(fault))
    site.send(event())
    assert explain(site).sentence == sentence
    assert "The sender did nothing wrong" in explain(site).fix


def test_a_tag_hit_without_an_event_is_named(site):
    site.http.get("/v3/", query_string={"tid": TAG, "event": "init"})
    assert explain(site).sentence == "A tag hit with event=init: the tag was loaded and reported nothing."


def test_a_request_whose_events_were_stored_needs_no_reason(site):
    site.send(event())
    assert explain(site) is None
    site.http.get("/v3/", query_string={"tid": TAG, "event": "checkout"})
    assert explain(site) is None


def read_latest(site):
    store = site.emulator.store
    exchange = read_exchange(store.describe(store.exchange(store.last_exchange)))
    return read_refused(exchange, {})


def test_a_refused_request_has_the_fields_of_an_event(site):
    site.send(event("a"), event("b", event_name="lead"), event("a"), query="?test=true", token="pina_other")
    record = read_latest(site)
    assert record["event_name"] == record["sent_name"] == ("checkout", "lead")
    assert (record["event_id"], record["action_source"]) == (("a", "b"), ("web",))
    assert (record["status"], record["http_status"], record["outcome"]) == ("refused", 401, "401")
    assert (record["seq"], record["request_id"], record["received_at"]) == (None, "1", NOW)
    assert (record["ad_account_id"], record["source"], record["test"]) == (ACCOUNT, "api", True)
    assert (record["method"], record["kind"]) == ("POST", "failed")
    assert record["target"] == f"/v5/ad_accounts/{ACCOUNT}/events?test=true"
    assert record["payload"]["data"][0]["event_id"] == "a"
    assert record["reason"].startswith("Token ")
    assert record["fix"].startswith("Send Authorization")
    assert (record["match_keys"], record["findings"], record["reported_as"]) == ((), (), None)
    assert (record["duplicate_of"], record["fault"]) == (None, None)
    assert record["limited_data_processing"] == {"applies": False, "reason": ""}


def test_the_name_and_the_id_of_an_event_are_read_in_each_sources_spelling(site):
    call = {"type": "track", "event": "Nothing Known", "messageId": "m1", "userId": "u"}
    site.http.post("/v1/track", json=call, headers={"Authorization": "Basic a2V5Og=="})
    record = read_latest(site)
    assert (record["event_name"], record["event_id"], record["source"]) == (
        ("Nothing Known",),
        ("m1",),
        "segment",
    )


def test_a_body_without_events_has_no_names(site):
    site.http.post(f"/v5/ad_accounts/{ACCOUNT}/events", data="[1,")
    record = read_latest(site)
    assert (record["event_name"], record["event_id"], record["action_source"]) == ((), (), ())
