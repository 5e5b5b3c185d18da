"""The report as text."""

from mockpin.reports.go_live.report import make_report
from mockpin.reports.go_live.text import write_text

FAILURE = {
    "rule": "value-zero", "severity": "error", "path": "/data/0/custom_data/value", "message": "", "fix": "",
}  # fmt: skip


def test_the_verdict_comes_first_and_then_the_reasons(record):
    lines = write_text(make_report([record(1, status="failed", findings=[FAILURE])], [])).splitlines()
    assert lines[0] == "Verdict: NOT READY"
    assert "emulation of the published contract" in lines[1]
    assert lines[3] == "✗ 1 event failed and never came again corrected: value-zero at custom_data.value."


def test_every_part_has_its_lines(record, exchange):
    finding = {"rule": "value-zero", "severity": "warning", "message": "value is 0.", "fix": "Leave it out."}
    report = make_report([record(1, findings=[finding]), record(2, test=True)], [exchange(1)], evicted=7)
    text = write_text(report)
    assert "! value-zero, 1 event (such as #1)" in text
    assert "value is 0. Leave it out." in text
    assert "1 more came in test requests." in text
    assert "7 older events are no longer in the history" in text
    assert "you would be throttled at 5,000 events a minute" in text


def test_the_match_quality_has_its_score_and_its_grade_where_there_are_events(record):
    text = write_text(make_report([record(1)], []))
    assert "\nMatch quality: 25 of 100, needs improvement (mockpin's own score).\n" in text
    assert "Match quality" not in write_text(make_report([], []))


def test_a_name_gives_a_terminal_no_orders(record):
    text = write_text(make_report([record(1, "\x1b[31mred\u202e")], []))
    assert "\n  \\x1b[31mred\\u202e " in text
    assert all(line.isprintable() for line in text.splitlines())


def test_a_report_of_nothing_is_still_a_report():
    assert "Verdict: NOT READY" in write_text(make_report([], []))
