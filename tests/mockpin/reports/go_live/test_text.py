"""The report as text."""

from mockpin.reports.go_live.report import make_report
from mockpin.reports.go_live.text import write_text

FAILURE = {
    "rule": "value-zero", "severity": "error", "path": "/data/0/custom_data/value", "message": "", "fix": "",
}  # fmt: skip


def test_the_readiness_comes_first_and_then_the_reasons(record):
    lines = write_text(make_report([record(1, status="failed", findings=[FAILURE])], [])).splitlines()
    assert lines[0] == "Readiness: NOT READY"
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


def test_the_parts_are_tables_in_a_fixed_order(record, exchange):
    payload = {"opt_out": True, "user_data": {"em": ["0" * 64]}}
    failed = record(3, "lead", status="failed", findings=[FAILURE], payload=payload)
    report = make_report([*(record(number) for number in range(1, 1235)), failed], [exchange(1)])
    parts = [part.splitlines() for part in write_text(report).split("\n\n")]
    assert [part[0] for part in parts[2:]] == [
        "Seen", "1,235 events, 1,234 processed, 1 failed: 99.9 % pass.", "Event names", "Findings",
        "Match keys, percent of events", "Deduplication between the tag and the API", "Age when received",
        "Privacy", "Requests by status", str(report.budget),
    ]  # fmt: skip
    assert parts[4][1:] == [
        "  name      expected  received  counted  duplicates  failed",
        "  checkout  -         1,234     1,234    0           0",
        "  lead      -         1         0        0           1",
    ]
    assert parts[6][1:3] == ["  name               usable  present", "  em                 100 %   100 %"]
    assert parts[7][4].startswith("  only_api                 1,234  100.0%  sent by the API only")
    assert parts[8][2] == "  within a minute    1,235"
    assert parts[9][1:] == [
        "  limited data processing          0  0.0 %",
        "  limited data processing ignored  0  0.0 %",
        "  opt out                          1  0.1 %",
    ]
    assert parts[10] == ["Requests by status", "  200  1"]


def test_four_examples_of_a_reason_are_named_with_their_fix(record):
    report = make_report([record(number, status="failed", findings=[FAILURE]) for number in range(1, 7)], [])
    assert write_text(report).splitlines()[4:6] == [
        "    Correct what the finding names, and send the event again.",
        "    For example #1, #2, #3, #4.",
    ]


def test_the_match_quality_has_its_score_and_its_grade_where_there_are_events(record):
    text = write_text(make_report([record(1)], []))
    assert "\nMatch quality: 25 of 100, needs improvement (mockpin's own score).\n" in text
    assert "Match quality" not in write_text(make_report([], []))


def test_a_name_gives_a_terminal_no_orders(record):
    text = write_text(make_report([record(1, "\x1b[31mred\u202e")], []))
    assert "\n  \\u001b[31mred\\u202e " in text
    assert all(line.isprintable() for line in text.splitlines())


def test_a_report_of_nothing_is_still_a_report():
    assert "Readiness: NOT READY" in write_text(make_report([], []))
