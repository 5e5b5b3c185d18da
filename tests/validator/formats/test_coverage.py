"""The coverage tables of the text report."""

from io import StringIO

import pytest
from rich.console import Console

from mockpin_validator.archive import Audit, Tally
from mockpin_validator.formats import Style, render
from mockpin_validator.formats.coverage import coverage_tables, fit, list_columns, make_table
from mockpin_validator.match_quality.quality import quality

EVENTS = [
    {"event_name": "checkout", "event_id": "e", "user_data": {"em": ["a" * 64]}},
    {"event_name": "checkout"},
]


def show(*tables, width=200):
    written = StringIO()
    console = Console(width=width, file=written)
    for table in tables:
        console.print(table)
    return written.getvalue()


def test_each_parameter_has_a_column_of_percentages():
    columns = dict(list_columns([quality(EVENTS)]))
    assert columns == {
        "events": ["2"], "em": ["50"], "ext id": ["0"], "click": ["0"], "ip": ["0"], "agent": ["0"],
        "maids": ["0"], "id": ["50"], "value": ["0"], "score": columns["score"], "status": columns["status"],
    }  # fmt: skip


def test_columns_are_grouped_by_the_width_that_they_need():
    columns = [("a", ["123"]), ("longer", ["1"]), ("b", ["1"])]
    assert list(fit(columns, 13)) == [columns[:2], columns[2:]]
    assert list(fit(columns, 12)) == [columns[:1], columns[1:]]
    assert list(fit(columns, 16)) == [columns]
    assert list(fit(columns, 1)) == [[column] for column in columns]


def test_a_table_has_a_row_for_each_event_name():
    text = show(make_table(["lead", "x" * 40], [("em", ["5", "100"]), ("status", ["GOOD", "BAD"])]))
    head, _, first, second = (line.rstrip() for line in text.rstrip().splitlines())
    assert head == "event name                       em  status"
    assert first == "lead                              5  GOOD"
    assert second == "x" * 29 + "…  100  BAD"


def test_a_narrow_terminal_has_several_tables():
    measured = quality([*EVENTS, {"event_name": "lead"}])
    title, *tables = coverage_tables(measured, 200)
    assert "Coverage by usable values in per cent of events" in title.plain
    assert (len(tables), len(list(coverage_tables(measured, 40)))) == (1, 5)


@pytest.mark.parametrize("width", [40, 60, 80, 100, 200])
def test_no_number_of_the_coverage_is_cut_at_any_width(width):
    events = [
        {"event_name": "checkout", "event_id": "e", "user_data": {"em": ["a"]}, "custom_data": {"value": 1}}
    ] * 12_345
    lines = render(Audit(Tally(events=12_345, quality=quality(events)), ("f",)), "text", Style(width=width))
    words = [word for line in lines.splitlines() if line.startswith("checkout") for word in line.split()]
    assert [word for word in words if word != "checkout"] == [
        *("12,345", "100", "0", "0", "0", "0", "0", "100", "100"), "38", "NEEDS_IMPROVEMENT",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("names", "said"), [(25, ""), (26, "1 more event name not"), (30, "5 more event names not")]
)
def test_event_names_that_are_left_out_are_counted(names, said):
    events = [{"event_name": f"own_{number}"} for number in range(names)]
    report = render(Audit(Tally(events=names, quality=quality(events)), ("f",)), "text")
    assert sum(line.lstrip().startswith("own_") for line in report.splitlines()) == 25
    assert ("(see --format json)" in report) == bool(said)
    assert said in report
