"""The layout: nothing is out of reach at any width, in a print, or for somebody who wants no motion."""

import pytest

pytestmark = pytest.mark.slow_browser

PATHS = ("/", "/requests", "/requests/3", "/events/1", "/overview", "/workbench", "/controls")
WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
#: How far the cells of the rows reach beyond the box around them, and the marks beyond their cells.
REACH = """() => {
  const box = document.querySelector(".history").getBoundingClientRect();
  const right = (cell) => cell.getBoundingClientRect().right;
  return Math.max(...[...document.querySelectorAll("#rows td")].map((cell) => right(cell) - box.right));
}"""


@pytest.fixture
def filled(sender, server):
    long = "name-" * 20
    sender.send(sender.event("o-1"), sender.event("x" * 100, event_name=long, event_time=1))
    sender.send({"event_name": long})
    sender.http.post(f"{server.url}/v5/ad_accounts/1/{long}", json={})
    return sender


@pytest.mark.parametrize("width", [360, 390, 768, 1100, 1101, 1440, 2560])
def test_no_column_is_out_of_reach(open_page, filled, width):
    page = open_page("/", viewport={"width": width, "height": 900})
    for path in PATHS:
        page.goto(f"/__mockpin/ui{path}")
        assert page.evaluate(WIDE) <= 0, path
        if path in {"/", "/requests"}:
            assert page.evaluate(REACH) <= 0, path


def test_a_narrow_window_shows_rows_as_cards_with_everything_in_them(open_page, filled):
    page = open_page("/", viewport={"width": 1000, "height": 900})
    row = page.locator("#rows tr").last
    assert row.evaluate("(row) => getComputedStyle(row).display") == "flex"
    assert all(cell.is_visible() for cell in row.locator("td").all())


def test_no_setting_has_its_name_broken_on_a_phone(open_page, filled):
    page = open_page("/controls", viewport={"width": 360, "height": 900})
    lines = """(names) => names.map((name) => {
      const text = document.createRange();
      text.selectNodeContents(name);
      return text.getClientRects().length;
    })"""
    assert set(page.locator("th.mono[title]").evaluate_all(lines)) == {1}


def test_a_print_of_the_history_drops_nothing(open_page, filled):
    page = open_page("/", viewport={"width": 794, "height": 1123})
    page.emulate_media(media="print")
    cut = """() => [...document.querySelectorAll("#rows td, #rows .clip")]
      .map((cell) => cell.scrollWidth - cell.clientWidth).filter((missing) => missing > 1).length"""
    assert page.evaluate(cut) == 0


def test_nothing_moves_for_somebody_who_wants_no_motion(open_page, sender):
    page = open_page("/", reduced_motion="reduce")
    page.get_by_text("live", exact=True).wait_for()
    sender.send(sender.event("still"))
    page.locator("tr.fresh").wait_for()
    assert page.evaluate("document.getAnimations().length") == 0
