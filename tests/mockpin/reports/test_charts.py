"""Charts are plain elements of a page: named, escaped, without script or style."""

import subprocess
import sys
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mockpin.reports.charts import draw_bars, draw_shares, draw_stack, read_style


def drawn(svg):
    return ET.fromstring(svg)


def titles(svg):
    return [element.text for element in drawn(svg).iterfind(".//g[@class='bar']/title")]


def test_a_chart_has_a_name_a_screen_reader_can_say():
    chart = drawn(draw_shares("Match keys", {"em": 90}))
    assert (chart.get("role"), chart.get("aria-label"), chart.get("class")) == ("img", "Match keys", "chart")


@pytest.mark.parametrize(
    ("svg", "size"),
    [
        (draw_bars("Names", ["a"], {"x": [1]}), "0 0 720 82"),
        (draw_bars("Names", [], {"x": []}, width=500), "0 0 500 82"),
        (draw_bars("Names", ["a", "b"], {"x": [1, 2], "y": [1, 2]}), "0 0 720 132"),
        (draw_shares("Names", {"a": 1, "b": 2, "c": 3}), "0 0 720 134"),
        (draw_stack("Names", ["a"], {"x": [1]}), "0 0 720 260"),
    ],
    ids=["a row", "none", "two rows with a legend", "three shares", "columns"],
)
def test_a_chart_is_as_high_as_its_rows_want(svg, size):
    assert drawn(svg).get("viewBox") == size
    plot = drawn(svg).find(".//g[@class='plot']")
    width = float(plot[0].get("width"))
    left, top = map(float, plot.get("transform").removeprefix("translate(")[:-1].split(","))
    assert (top, left >= 12) == (12, True)
    assert float(size.split()[2]) - left - width == pytest.approx(24, abs=1)


def test_each_bar_tells_its_value():
    svg = draw_stack("Events", ["10:00", "10:01"], {"processed": [1, 2], "failed": [3, 0]})
    assert titles(svg) == ["10:00: 1", "10:01: 2", "10:00: 3", "10:01: 0"]


def test_the_first_row_is_on_top():
    svg = draw_bars("Names", ["first", "last"], {"processed": [5, 7]})
    rows = {
        element.text: float(element.get("y"))
        for element in drawn(svg).iterfind(".//g[@class='axis y']//text")
    }
    assert rows["first (5)"] < rows["last (7)"]


@pytest.mark.parametrize(("width", "most"), [(480, 5), (1160, 12)])
def test_a_narrow_chart_of_time_has_fewer_labels_on_its_axis(width, most):
    labels = [f"10:{minute:02}" for minute in range(60)]
    svg = draw_stack("Events", labels, {"processed": [1] * 60}, width=width)
    shown = [element.text for element in drawn(svg).iterfind(".//g[@class='axis x']//text")]
    assert most - 1 <= len(shown) <= most


def test_a_legend_begins_at_the_left_and_its_entries_do_not_touch():
    svg = draw_bars("Names", ["first"], {"counted": [1], "failed": [2], "duplicate": [3]}, width=1160)
    legend = drawn(svg).find(".//g[@class='legends']")
    assert legend.get("transform").startswith("translate(12, ")
    entries = legend.findall("g")
    begins = [float(entry.find("rect").get("x")) for entry in entries]
    texts = [float(entry.find("text").get("x")) for entry in entries]
    assert begins == [0, 108, 216]
    assert [text - begin for text, begin in zip(texts, begins, strict=True)] == [17] * 3


def test_shares_end_at_a_hundred_percent():
    assert "100 %" in draw_shares("Coverage", {"em": 12.5})
    assert "12.5 %" in draw_shares("Coverage", {"em": 12.5})


def test_nothing_to_draw_is_said():
    assert "No data" in draw_stack("Events", [], {})
    assert "No data" in draw_shares("Coverage", {})


def test_a_long_name_is_cut():
    assert ">" + "a" * 23 + "… (1)<" in draw_bars("Names", ["a" * 300], {"processed": [1]})


def test_the_style_sheet_knows_dark_screens_and_paper():
    assert "prefers-color-scheme: dark" in read_style()
    assert "@media print" in read_style()


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=30), st.text(max_size=30), st.integers(0, 10**9))
def test_hostile_names_are_only_text(name, label, value):
    for svg in (
        draw_bars(name, [label], {name: [value]}),
        draw_stack(name, [label], {name: [value], "b": [1]}),
    ):
        tags = {element.tag for element in drawn(svg).iter()}
        assert tags <= {"svg", "g", "rect", "text", "title", "path", "line"}
        assert not [
            element for element in drawn(svg).iter() if {"style", "id", "onload"} & set(element.attrib)
        ]


def read_rows(table):
    return [["".join(cell.itertext()) for cell in row] for row in table.iter("tr")]


def test_without_pygal_a_chart_is_a_table_of_its_figures():
    program = (
        "import sys; sys.modules['pygal'] = None; from mockpin.reports.charts import *;"
        "print(draw_bars('Names', ['first' * 9, '<last>'], {'counted': [5, None], 'failed': [1, 2.5]}));"
        "print(draw_stack('Time', ['10:00', '10:01'], {'counted': [3, 4]}));"
        "print(draw_shares('Keys', {'em': 94.3, 'ph\\u202e': 0}))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    names, times, keys = (ET.fromstring(f"{text}</details>") for text in done.stdout.split("</details>")[:3])
    assert read_rows(names) == [["", "counted", "failed"], ["first" * 9, "5", "1"], ["<last>", "", "2.5"]]
    assert read_rows(times) == [["", "counted"], ["10:00", "3"], ["10:01", "4"]]
    assert read_rows(keys) == [["", "%"], ["em", "94.3"], ["ph\\u202e", "0"]]
    assert [table.get("open") for table in (names, times, keys)] == ["", None, ""]
    assert "pip install 'mockpin[charts]'" in "".join(names.itertext())
