"""The page that `mockpin validate --format html` writes, opened from a file."""

import json

import pytest
from click.testing import CliRunner

from mockpin.cli.commands.validate import command

pytestmark = pytest.mark.slow_browser
EVENT = {
    "event_name": "checkout", "event_id": "o-1", "action_source": "web", "event_time": 1,
    "user_data": {"em": ["jane@example.com"], "client_ip_address": "0.0.0.0", "client_user_agent": "curl/8"},
    "event_source_url": f"https://shop.test/{'a' * 400}",
    "custom_data": {"value": "$1,000", "currency": "usd"},
}  # fmt: skip


@pytest.fixture
def report(chromium, tmp_path):
    payload, file = tmp_path / "payload.json", tmp_path / "report.html"
    payload.write_text(json.dumps({"data": [EVENT]}))
    file.write_text(CliRunner().invoke(command, ["--format", "html", str(payload)]).stdout)
    page = chromium.new_context(viewport={"width": 390, "height": 800}).new_page()
    page.goto(file.as_uri())
    yield page
    page.context.close()


def test_the_page_is_no_wider_than_a_narrow_window(report):
    assert report.locator("article").count() > 5
    assert report.evaluate("document.documentElement.scrollWidth") <= 390


def test_what_is_wrong_is_in_sight_in_a_narrow_window(report):
    cells = report.locator(".mistakes .what")
    ends = cells.evaluate_all("cells => cells.map(cell => cell.getBoundingClientRect().right)")
    assert len(ends) > 5
    assert max(ends) <= 390


def test_axe_has_nothing_serious_to_say(report):
    from axe_playwright_python.sync_playwright import Axe

    violations = Axe().run(report).response["violations"]
    assert [
        violation["id"] for violation in violations if violation["impact"] in {"serious", "critical"}
    ] == []
