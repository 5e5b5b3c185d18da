"""Every page in a browser: nobody is shut out, nothing is wider than the window, nothing hostile runs."""

import pytest

from tests.browser.recording import record, wait_until_said

pytestmark = pytest.mark.slow_browser

PATHS = (
    "/", "/?q=is:nope", "/events/1", "/events/2", "/events/3", "/requests", "/requests/1", "/requests/2",
    "/requests/3", "/?q=is:refused", "/overview", "/workbench", "/workbench?event=3", "/controls",
)  # fmt: skip
#: axe's words for what must not be.
SERIOUS = {"serious", "critical"}


@pytest.fixture
def filled(sender):
    sender.send(sender.event("o-1"), sender.event("o-1"))
    sender.send_broken()
    sender.send({"event_name": "checkout"})
    assert sender.send_segment().json() == {"success": True}
    return sender


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 768, 1100, 1440])
def test_axe_finds_no_serious_violation(open_page, filled, theme, width):
    from axe_playwright_python.sync_playwright import Axe

    for path in PATHS:
        page = open_page(path, color_scheme=theme, viewport={"width": width, "height": 900}, bypass_csp=True)
        page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
        found = Axe().run(page).response["violations"]
        serious = [
            (violation["id"], violation["nodes"][0]["html"])
            for violation in found
            if violation["impact"] in SERIOUS
        ]
        assert serious == [], path


def test_no_page_is_wider_than_a_narrow_window(open_page, filled):
    for path in PATHS:
        page = open_page(path, viewport={"width": 390, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, path


def test_no_value_takes_the_room_of_the_findings_or_of_the_verdict(open_page, sender):
    long = "x y " * 2500
    sender.send(sender.event(long, event_name=long, action_source=long))
    for path in ("/", "/requests"):
        page = open_page(path, viewport={"width": 1280, "height": 800})
        assert page.locator(".finding").first.evaluate("(cell) => cell.offsetWidth") > 300, path
        assert page.locator(".history").evaluate("(box) => box.scrollWidth - box.clientWidth") <= 0, path
        assert page.locator("#rows tr").first.evaluate("(row) => row.offsetHeight") < 60, path
    page = open_page("/events/1", viewport={"width": 1280, "height": 800})
    assert page.locator(".findings").evaluate("(list) => list.offsetTop") < 600


@pytest.mark.parametrize("width", [390, 1280])
def test_a_whole_chart_is_seen_without_scrolling(open_page, filled, width):
    page = open_page("/overview", viewport={"width": width, "height": 800})
    charts = page.locator("svg.chart:visible")
    assert charts.count() == 5
    reaches = """(charts) => charts.map((chart) => {
      const right = (each) => each.getBoundingClientRect().right;
      return Math.max(...[...chart.querySelectorAll("text, rect")].map(right)) - right(chart.parentElement);
    })"""
    assert max(charts.evaluate_all(reaches)) <= 0


def test_a_printed_overview_has_its_tables_whole(open_page, sender):
    sender.send(*(sender.event(str(number), event_name=f"{number}-{'long-' * 20}") for number in range(12)))
    page = open_page("/overview", viewport={"width": 794, "height": 1123})
    page.emulate_media(media="print")
    hidden = "(parts) => parts.map((part) => part.querySelector('table').offsetWidth - part.clientWidth)"
    assert max(page.locator(".scroll").evaluate_all(hidden)) <= 0


@pytest.mark.parametrize("width", [390, 1280])
def test_no_choice_of_the_workbench_is_cut_off(open_page, width):
    page = open_page("/workbench", viewport={"width": width, "height": 900})
    shown = """(fields) => fields.map((each) => {
      const free = each.cloneNode(true);
      free.style.cssText = "width: max-content; position: absolute";
      each.after(free);
      const missing = free.offsetWidth - each.offsetWidth;
      free.remove();
      return missing;
    })"""
    assert max(page.locator("select").evaluate_all(shown)) <= 0
    assert page.locator("#file").evaluate("(field) => field.offsetWidth") >= 300


def test_a_hash_s_explanation_stays_in_a_narrow_window(open_page):
    page = open_page("/workbench", viewport={"width": 390, "height": 800})
    page.locator("#why-key").select_option("st")
    page.locator("#why-hash").fill("4b650e5c4785025dee7bd65e3c5c527356717d7a1c0bfef5b4ada8ca1e9cbe17")
    page.get_by_role("button", name="Explain").click()
    page.get_by_text("CA, upper case").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_hostile_event_is_only_text(open_page, filled):
    page = open_page("/events/3")
    assert page.get_by_role("heading", level=1).inner_text().count("<script>alert(1)</script>\\u202e") == 1
    assert page.locator("main script, main img").count() == 0


def test_a_finding_leads_to_its_line(open_page, filled):
    page = open_page("/events/3")
    page.get_by_role("link", name="/user_data/em/0").click()
    assert "match-key-not-hashed" in page.locator("li:target").inner_text()


def test_a_copy_is_in_the_clipboard(open_page, filled):
    page = open_page("/events/1", permissions=["clipboard-read", "clipboard-write"])
    page.get_by_text("As curl").click()
    button = page.get_by_role("button", name="Copy")
    record(button)
    button.click()
    wait_until_said(page, "Copied")
    assert page.evaluate("navigator.clipboard.readText()").startswith("curl http://127.0.0.1")
