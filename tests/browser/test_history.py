"""The history in a browser: rows arrive by themselves, keys move, the search is in the address."""

import time

import pytest

from mockpin import MockPin
from tests.browser.recording import record, wait_until_said

pytestmark = pytest.mark.slow_browser


def rows(page):
    return [row.get_attribute("data-seq") for row in page.locator("#rows tr").all()]


def test_an_event_arrives_by_itself(open_page, sender):
    page = open_page()
    page.get_by_text("live", exact=True).wait_for()
    sender.send(sender.event("live-1"))
    page.get_by_text("live-1").wait_for()
    page.get_by_role("link", name="All 1").wait_for()
    assert page.get_by_text("Nothing received yet").is_hidden()


def test_an_event_arrives_within_a_second(open_page, sender):
    page = open_page()
    page.get_by_text("live", exact=True).wait_for()

    def time_arrival(event_id):
        sender.send(sender.event(event_id))
        began = time.monotonic()
        page.get_by_text(event_id, exact=True).wait_for()
        return time.monotonic() - began

    assert any(time_arrival(f"live-{turn}") < 1 for turn in range(20))  # a busy machine holds up many


def test_only_what_the_search_asks_for_arrives(open_page, sender):
    page = open_page("/?q=is:bad")
    page.get_by_text("live", exact=True).wait_for()
    sender.send(sender.event("good-1"), sender.event("bad-1", event_time=1))
    page.get_by_text("bad-1").wait_for()
    assert page.get_by_text("good-1").count() == 0


def test_a_paused_page_stands_still_and_catches_up(open_page, sender):
    page = open_page()
    page.get_by_text("live", exact=True).wait_for()
    page.keyboard.press("p")
    sender.send(sender.event("held-1"), sender.event("held-2"))
    page.get_by_role("button", name="Show 2 new").wait_for()
    assert page.get_by_text("held-1").count() == 0
    page.get_by_role("button", name="Show 2 new").click()
    page.get_by_text("held-1").wait_for()
    assert rows(page) == ["2", "1"]


def test_a_look_that_failed_is_made_up_for(open_page, sender):
    page = open_page()
    page.get_by_text("live", exact=True).wait_for()
    record(page.locator("#live .said"))
    page.route("**/ui/rows?*", lambda route: route.fulfill(body="busy", content_type="text/html"), times=1)
    sender.send(sender.event("a"))
    wait_until_said(page, "not connected")
    page.get_by_role("link", name="All 1").wait_for()
    page.get_by_text("live", exact=True).wait_for()
    assert rows(page) == ["1"]


def test_a_screen_reader_is_told_how_many_events_came(open_page, sender):
    page = open_page()
    page.get_by_text("live", exact=True).wait_for()
    sender.send(sender.event("a"), sender.event("b"))
    page.get_by_text("2 new", exact=True).wait_for(state="attached")
    assert page.locator("#arrived").get_attribute("role") == "status"


def test_whoever_stands_on_a_tab_stays_there_when_an_event_arrives(open_page, sender):
    page = open_page()
    page.get_by_text("live", exact=True).wait_for()
    page.get_by_role("link", name="Failed 0").focus()
    sender.send(sender.event("bad-1", event_time=1))
    page.get_by_role("link", name="Failed 1").wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url("**/ui/?q=is:bad")


def test_a_burst_leaves_no_event_out(open_page, sender):
    page = open_page()
    page.get_by_text("live", exact=True).wait_for()
    for index in range(30):
        sender.send(sender.event(f"burst-{index}"))
    page.get_by_role("link", name="All 30").wait_for()
    assert rows(page) == [str(seq) for seq in range(30, 0, -1)]


def test_rows_arrive_while_more_are_coming(open_page, sender):
    page = open_page()
    page.get_by_text("live", exact=True).wait_for()
    sent = 0
    while sent < 150 or (sent < 5_000 and not rows(page)):
        sender.send(sender.event(f"steady-{sent}"))
        sent += 1
    assert sent < 5_000
    page.get_by_role("link", name=f"All {sent}").wait_for()


def test_keys_search_move_open_and_go_back(open_page, sender):
    sender.send(sender.event("a"), sender.event("b"), sender.event("c"))
    page = open_page()
    assert page.locator(".keys").is_visible()
    page.keyboard.press("/")
    page.keyboard.type("-id:b")
    page.keyboard.press("Enter")
    page.wait_for_url("**/ui/?q=-id%3Ab")
    for key in "jj":
        page.keyboard.press(key)
    page.keyboard.press("k")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/ui/events/1?q=-id:b")
    page.keyboard.press("k")
    page.wait_for_url("**/ui/events/3?q=-id:b")
    page.keyboard.press("Escape")
    page.wait_for_url("**/ui/?q=-id:b#event-3")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/ui/events/1?q=-id:b")
    page.keyboard.press("/")
    page.wait_for_url("**/ui/?q=-id:b#search")
    page.keyboard.type("is:bad")
    assert page.locator("#search").input_value() == "is:bad"


def test_escape_leaves_the_search_box(open_page):
    page = open_page()
    page.keyboard.press("/")
    page.keyboard.type("j")
    assert page.locator("#search").input_value() == "j"
    page.keyboard.press("Escape")
    assert not page.evaluate("document.activeElement.matches('input')")


def test_the_history_reads_without_javascript(open_page, sender):
    sender.send(sender.event("plain-1"))
    page = open_page(java_script_enabled=False)
    assert page.locator(".keys").is_hidden()
    page.get_by_role("link", name="checkout").click()
    assert page.get_by_role("heading", level=1).inner_text().startswith("✓")


def test_a_reset_server_is_followed_on(open_page, sender, server):
    sender.send(sender.event("before"))
    page = open_page()
    page.get_by_text("live", exact=True).wait_for()
    server.reset()
    sender.send(sender.event("after"))
    page.get_by_text("after", exact=True).wait_for()
    assert rows(page) == ["2"]


def test_the_rows_of_an_ad_account_that_was_reset_leave_an_open_page(open_page, sender, server):
    with MockPin(url=server.url) as other:
        token = {"Authorization": f"Bearer {other.conversion_token}"}
        path = f"/ad_accounts/{other.ad_account_id}/events"
        sender.http.post(other.api_uri + path, json={"data": [sender.event("kept")]}, headers=token)
        sender.send(sender.event("gone"))
        page = open_page()
        page.get_by_text("live", exact=True).wait_for()
        server.reset()
        page.get_by_text("gone", exact=True).wait_for(state="detached")
        assert rows(page) == ["1"]
        page.get_by_role("link", name="All 1").wait_for()


def test_rows_that_are_held_back_are_dropped_with_what_was_reset(open_page, sender, server):
    page = open_page()
    page.get_by_text("live", exact=True).wait_for()
    page.keyboard.press("p")
    sender.send(sender.event("held"))
    page.get_by_role("button", name="Show 1 new").wait_for()
    server.reset()
    page.locator("#waiting").wait_for(state="hidden")
    page.keyboard.press("p")
    assert rows(page) == []
