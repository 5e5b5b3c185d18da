"""The workbench in a browser: what was pasted stays in its field, and the judgement appears beside it."""

import json

import pytest

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
