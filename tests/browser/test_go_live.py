"""The go-live report's page, opened from a file."""

import pytest
from click.testing import CliRunner

from mockpin.cli.commands.report import command

pytestmark = pytest.mark.slow_browser


@pytest.fixture
def report(chromium, server, sender, tmp_path):
    """The page about good, bad and hostile events, and what the browser complained of or asked for."""
    sender.send(*(sender.event(f"o-{number}") for number in range(5)))
    sender.send_broken()
    file = tmp_path / "report.html"
    arguments = ["--url", server.url, "--format", "html", "--expect", "lead=3"]
    file.write_text(CliRunner().invoke(command, arguments).stdout)
    page = chromium.new_context(viewport={"width": 390, "height": 800}).new_page()
    said, asked = [], []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(file.as_uri())
    yield page
    page.context.close()
    assert (said, asked) == ([], [file.as_uri()])


def test_the_page_shows_the_readiness_and_its_charts_and_is_wide_enough(report):
    assert report.locator("h1").inner_text() == "Not ready"
    assert report.locator("svg.chart").count() == 5
    assert report.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_chart_s_words_can_be_read_on_a_telephone(report):
    height = "text => text.getBoundingClientRect().height"
    assert min(item.evaluate(height) for item in report.locator("svg.chart text").all()) > 9


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_has_nothing_serious_to_say(report, scheme):
    from axe_playwright_python.sync_playwright import Axe

    report.emulate_media(color_scheme=scheme)
    violations = Axe().run(report).response["violations"]
    assert [
        violation["id"] for violation in violations if violation["impact"] in {"serious", "critical"}
    ] == []


def test_hostile_names_are_text(report):
    assert report.locator("main script, main img").count() == 0
    assert "<script>alert(1)</script>" in report.inner_text("main")
