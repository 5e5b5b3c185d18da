"""The five questions of a debugging developer, answered on 2,000 mixed events with at most one click."""

import re

import pytest

from tests.browser.shop import open_shop

pytestmark = pytest.mark.slow_browser


@pytest.fixture(scope="module")
def shop():
    with open_shop() as server:
        yield server


@pytest.fixture
def visit(chromium, shop):
    """Opens pages of the shop's server."""
    contexts = []

    def visit(path):
        contexts.append(chromium.new_context(base_url=shop.url, viewport={"width": 1440, "height": 900}))
        page = contexts[-1].new_page()
        page.set_default_timeout(60_000)
        page.goto(f"/__mockpin/ui{path}")
        return page

    yield visit
    for context in contexts:
        context.close()


@pytest.mark.parametrize(("order", "answer"), [
    ("10002", "Counted"), ("10047", "Failed: "), ("10011", "Failed: This value of em is not hashed."),
])  # fmt: skip
def test_did_my_checkout_arrive_and_count(visit, order, answer):
    page = visit(f"/?q=order:{order}")
    page.get_by_text(re.compile(r"^\d of 2,\d{3}$")).wait_for()
    page.locator("#rows a.open").last.click()
    assert page.locator("#outcome").inner_text().startswith(answer)


def test_did_a_checkout_arrive_that_the_tag_had_reported_before(visit, shop):
    duplicate = shop.events(event_id="order-2")[-1]
    page = visit(f"/?q=order-2 is:duplicate event:{duplicate['event_name']}")
    page.locator("#rows a.open").first.click()
    assert "Not counted: duplicate of #" in page.locator("#outcome").inner_text()


def test_why_was_it_refused_and_what_do_i_change(visit):
    page = visit("/?q=id:order-lost")
    assert "is not this account's sha256:" in page.locator("#rows").inner_text()
    page.locator("#rows a.open").first.click()
    assert page.locator(".fix").first.inner_text().startswith("Send Authorization: Bearer")


def test_why_did_it_fail_and_what_do_i_change(visit):
    page = visit("/?q=is:bad order:10011")
    page.locator("#rows a.open").first.click()
    finding = page.locator(".findings li").first.inner_text()
    assert "match-key-not-hashed" in finding
    assert "send its SHA-256" in finding


def test_what_share_matches_people_and_which_key_next(visit):
    page = visit("/overview")
    answer = page.locator("section", has=page.get_by_role("heading", name="What share matches people?"))
    assert re.search(r"\d+(\.\d+)? %\s+of the events", answer.inner_text())
    assert re.search(r"Add \w+ next", answer.inner_text())


def test_are_tag_and_api_deduplicated(visit):
    page = visit("/overview")
    answer = page.locator("section", has=page.get_by_role("heading", name="Are tag and API deduplicated?"))
    assert re.search(r"page_visit: [\d,]+ by the API, 30 by the tag, 27 matched", answer.inner_text())


def test_may_we_go_live(visit):
    page = visit("/overview")
    answer = page.locator("section", has=page.get_by_role("heading", name="May we go live?"))
    assert answer.locator("h2 .mark").inner_text() == "not ready"
    assert answer.locator("li").first.inner_text().strip()
    answer.locator("li a").first.click()
    page.wait_for_url(re.compile(r"/ui/(events|requests)/\d+$"))
