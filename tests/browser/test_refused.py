"""Requests that gave no event: their rows arrive, are named, and survive a restart of the page's server."""

import httpx
import pytest

pytestmark = pytest.mark.slow_browser


def refuse(sender, event_id="lost-1"):
    path = f"{sender.server.api_uri}/ad_accounts/{sender.server.ad_account_id}/events"
    headers = {"Authorization": "Bearer pina_wrong"}
    return httpx.post(path, json={"data": [sender.event(event_id)]}, headers=headers, timeout=60)


def open_live(open_page, path="/", **options):
    page = open_page(path, **options)
    page.get_by_text("live", exact=True).wait_for()
    return page


def test_a_refused_request_arrives_by_itself_and_ends_the_empty_state(open_page, sender):
    page = open_live(open_page)
    refuse(sender)
    page.get_by_text("lost-1").wait_for()
    page.get_by_role("link", name="Refused 1").wait_for()
    assert page.get_by_text("Nothing received yet").is_hidden()


def test_a_reset_is_said(open_page, sender, server):
    sender.send(sender.event("before"))
    page = open_live(open_page)
    server.reset()
    page.get_by_text("The history was reset at").wait_for()
    assert page.locator("#rows tr").count() == 0


def test_a_request_arrives_by_itself_and_only_if_it_passes_the_filters(open_page, sender):
    page = open_live(open_page, "/requests?status=4xx")
    sender.send(sender.event("fine"))
    refuse(sender)
    page.get_by_text("is not this account's").wait_for()
    assert page.locator("#rows tr").count() == 1


def test_rows_wait_while_the_cursor_rests_on_one(open_page, sender):
    sender.send(sender.event("first"))
    page = open_live(open_page)
    page.locator("#rows tr").first.hover()
    sender.send(sender.event("second"))
    page.get_by_role("button", name="Show 1 new").wait_for()
    assert page.locator("#rows tr").count() == 1
    page.mouse.move(5, 5)
    page.get_by_text("second", exact=True).wait_for()


def test_the_text_of_a_row_can_be_selected_and_a_click_opens_the_row(open_page, sender):
    sender.send(sender.event("select-me"))
    page = open_live(open_page)
    page.get_by_text("select-me").dblclick()
    assert page.evaluate("getSelection().toString()").startswith("select")
    assert page.url.endswith("/ui/")
    page.evaluate("getSelection().removeAllRanges()")
    page.locator("#rows td.time").first.click()
    page.wait_for_url("**/ui/events/1")


def test_a_fault_is_armed_from_a_form_and_shown_in_the_header(open_page, sender):
    page = open_page("/controls")
    page.get_by_label("Value", exact=True).fill("503")
    page.get_by_role("button", name="Arm", exact=True).click()
    page.get_by_text("The fault is armed.").wait_for()
    assert page.get_by_role("link", name="1 fault armed").is_visible()
    assert sender.send(sender.event()).status_code == 503
    page.goto("/__mockpin/ui/?q=is:refused")
    assert "Your fault rule answered 503." in page.locator("#rows").inner_text()


def test_a_reset_from_the_page_wants_its_box_ticked(open_page, sender, server):
    sender.send(sender.event())
    page = open_page("/controls")
    page.get_by_role("button", name="Reset").click()
    assert len(server.events()) == 1
    page.get_by_label("I know that this cannot be undone").check()
    page.get_by_role("button", name="Reset").click()
    page.get_by_text("The history is reset.").wait_for()
    assert server.events() == []


def test_the_answers_of_the_overview_follow_what_arrives(open_page, sender):
    sender.send(sender.event("a"))
    page = open_live(open_page, "/overview")
    sender.send(sender.event("b"))
    page.get_by_text("2 conversions counted").wait_for()
