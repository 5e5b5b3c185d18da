"""Sending from the workbench: the document passes the same steps as a sender's request."""

import json

import pytest

from tests.mockpin.web.site import ACCOUNT, event, text_of


def send(site, document, **form):
    return site.post("/workbench/send", document=json.dumps(document), **form)


@pytest.mark.parametrize("wrap", [lambda one: one, lambda one: [one], lambda one: {"data": [one]}])
def test_a_document_becomes_an_event_of_the_history(site, wrap):
    page = send(site, wrap(event("tried")))
    assert "✓ 200 Sent as request 1 : event #1" in text_of(page)
    assert site.emulator.store.event(1).event_id == "tried"
    assert site.emulator.store.event(1).ad_account_id == ACCOUNT


def test_a_refused_document_leads_to_its_request(site):
    assert "✗ 400 Sent as request 1" in text_of(send(site, {"event_name": "checkout", "event_id": "x"}))


def test_an_ad_account_can_be_chosen(site):
    site.emulator.accounts.add("42", "pina_other")
    send(site, event(), ad_account_id="42")
    assert site.emulator.store.event(1).ad_account_id == "42"


@pytest.mark.parametrize(("document", "words"), [
    ("{", "is not JSON"), ("", "Nothing was pasted"),
    ('{"type": "track", "event": "x"}', "is judged here, but not sent"),
])  # fmt: skip
def test_what_is_not_a_payload_is_not_sent(site, document, words):
    page = site.post("/workbench/send", document=document)
    assert page.status_code == 200
    assert site.emulator.store.last_exchange == 0
    assert words in text_of(page)


@pytest.mark.parametrize("path", ["event=1", "request=1"])
def test_an_event_or_a_request_opens_in_the_workbench(site, path):
    site.send(event("opened"))
    page = site.http.get(f"/__mockpin/ui/workbench?{path}")
    assert "opened" in text_of(page).partition("Segment event")[2]


def test_what_is_not_stored_opens_an_empty_workbench(site):
    assert site.http.get("/__mockpin/ui/workbench?event=9&request=9").status_code == 200
