"""Why a request gave no event: the sentence and the fix for each kind of refusal."""

import pytest

from mockpin.emulator.accounts import fingerprint
from mockpin.emulator.pipeline.faults import Fault, FaultRule
from mockpin.web.pages.content.exchanges import read_exchange
from mockpin.web.pages.content.refusals import explain_refusal
from tests.mockpin.web.site import ACCOUNT, TAG, TOKEN, event

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
