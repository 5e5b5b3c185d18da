"""The workbench in a browser: what was pasted stays in its field, and the judgement appears beside it."""

import json

import pytest

from tests.browser.conftest import PATIENCE

pytestmark = pytest.mark.slow_browser


def test_a_pasted_payload_is_judged_beside_its_field(open_page, sender):
    page = open_page("/workbench")
    document = json.dumps({"data": [sender.event("w-1", user_data={"em": ["jane@example.com"]})]})
    page.get_by_label("A payload, a conversion event").fill(document)
    page.get_by_role("button", name="Judge").click()
    page.get_by_role("heading", name="failed checkout w-1").wait_for()
    assert "jane@" not in page.locator("#examination").inner_text()
    assert page.locator("#document").input_value() == document
    assert page.url.endswith("/workbench")


def test_a_dropped_file_is_judged(open_page, sender):
    page = open_page("/workbench")
    drop = """([area, text]) => {
      const data = new DataTransfer();
      data.items.add(new File([text], "event.json"));
      area.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
    }"""
    area = page.locator("#document")
    page.evaluate(drop, [area.element_handle(), json.dumps(sender.event("dropped"))])
    page.get_by_role("heading", name="processed checkout dropped").wait_for()


def test_a_value_is_hashed_and_a_hash_explained(open_page):
    page = open_page("/workbench")
    page.get_by_label("Value", exact=True).fill("Jane@Example.com")
    page.get_by_role("button", name="Hash").click()
    page.get_by_text("8c87b489ce35cf2e2f39f80e282cb2e804932a56a213983eeeb428407d43b52d").wait_for()
    page.locator("#why-key").select_option("st")
    page.locator("#why-hash").fill("4b650e5c4785025dee7bd65e3c5c527356717d7a1c0bfef5b4ada8ca1e9cbe17")
    page.get_by_role("button", name="Explain").click()
    page.get_by_text("CA, upper case").wait_for()


def test_the_workbench_works_without_javascript(open_page, sender):
    page = open_page("/workbench", java_script_enabled=False)
    page.locator("#document").fill(json.dumps(sender.event("w-2")))
    page.get_by_role("button", name="Judge").click()
    page.get_by_role("heading", name="processed checkout w-2").wait_for()
    assert page.locator("#document").input_value() == ""


def test_a_draft_is_judged_while_it_is_typed_and_never_stays_with_an_old_verdict(open_page, sender):
    page = open_page("/workbench")
    page.locator("#document").fill(json.dumps(sender.event("typed-1")))
    page.get_by_role("heading", name="processed checkout typed-1").wait_for()
    page.locator("#document").fill(json.dumps(sender.event("typed-2", event_time=1)))
    assert "outdated" in page.locator("#examination").get_attribute("class")
    page.get_by_role("heading", name="failed checkout typed-2").wait_for()
    assert "outdated" not in page.locator("#examination").get_attribute("class")


def test_a_draft_is_kept_in_its_tab(open_page, sender):
    page = open_page("/workbench")
    page.locator("#document").fill(json.dumps(sender.event("kept")))
    page.get_by_role("heading", name="processed checkout kept").wait_for()
    page.goto("/__mockpin/ui/requests")
    page.goto("/__mockpin/ui/workbench")
    page.get_by_role("heading", name="processed checkout kept").wait_for()


def test_a_document_is_sent_to_the_emulator(open_page, sender, server):
    page = open_page("/workbench")
    page.locator("#document").fill(json.dumps(sender.event("sent-1")))
    page.get_by_role("button", name="Send to the emulator").click()
    page.locator("#sent").get_by_role("link", name="#1").wait_for()
    assert server.events()[0]["event_id"] == "sent-1"


@pytest.fixture
def unwatched_page(chromium, server):
    """A page whose failed requests are meant, so that the browser's complaints about them do not count."""
    context = chromium.new_context(base_url=server.url)
    page = context.new_page()
    page.set_default_timeout(PATIENCE * 1000)
    yield page
    context.close()


@pytest.mark.parametrize(("answer", "words"), [
    (lambda route: route.abort(), "The server cannot be reached: nothing was judged or sent."),
    (lambda route: route.fulfill(status=503, body="busy"), "The server did not take this: 503"),
])  # fmt: skip
def test_a_judgement_that_fails_is_said(unwatched_page, answer, words):
    unwatched_page.goto("/__mockpin/ui/workbench")
    unwatched_page.route("**/workbench/document", answer)
    unwatched_page.locator("#document").fill("{}")
    unwatched_page.get_by_text(words).wait_for()
