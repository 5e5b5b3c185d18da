"""The report as one HTML file."""

from html.parser import HTMLParser

from mockpin.reports.go_live.page import CAPTIONS, write_page
from mockpin.reports.go_live.report import make_report

HOSTILE = "<script>alert(1)</script>\u202e"


def page(*events):
    return write_page(make_report(events, []), made_at="2026-09-24 10:00:00+00:00", source="events.db")


class Elements(HTMLParser):
    """Every element with its attributes."""

    def __init__(self, text):
        super().__init__()
        self.met = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.met.append((tag, dict(attrs)))


def test_the_page_says_readiness_reasons_and_what_it_was_checked_against(record):
    text = page(record(1, status="failed"))
    assert "<h1>Not ready</h1>" in text
    assert "1 event failed and never came again corrected" in text
    assert "Checked against an emulation of the published contract." in text


def test_the_page_has_the_score_of_which_its_note_speaks(record):
    quality = make_report([record(1)], []).quality
    assert f"<dd>{quality['score']:g} of 100 <small>needs improvement</small></dd>" in page(record(1))


def test_the_page_has_charts_and_fetches_and_runs_nothing(record):
    elements = Elements(page(record(1), record(2, source="tag"))).met
    assert sum(tag == "svg" for tag, _ in elements) == 5
    assert not {tag for tag, _ in elements} & {"script", "link", "img", "iframe", "object"}
    assert not any(
        name in {"src", "href"} or name.startswith("on") for _, given in elements for name in given
    )


def test_each_chart_has_its_name_above_it(record):
    text = page(record(1), record(2, source="tag"))
    assert [
        caption for caption in CAPTIONS.values() if f"<figcaption>{caption}</figcaption><svg" not in text
    ] == []


def test_names_of_events_are_escaped(record):
    text = page(record(1, event_name=HOSTILE, sent_name=HOSTILE))
    assert "<script>" not in text
    assert "&lt;script&gt;" in text


def test_a_page_about_nothing_is_still_a_page():
    assert "No real event was received" in page()
