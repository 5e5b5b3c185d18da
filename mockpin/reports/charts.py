"""Charts as SVG elements to lie inside a page: no script, no style of their own, no colour but by class.

The drawing is pygal's. What it adds for a page of its own (styles, scripts, tooltips) is taken out, because a
page with a strict content-security policy refuses it; a name for the chart and, on each bar, a title with its
value are put in. `read_style` gives the colours: a page links or embeds them.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import TYPE_CHECKING, Any, cast
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from types import ModuleType
    from xml.etree.ElementTree import Element

Series = Mapping[str, Sequence[float | None]]

_NAMESPACE = ' xmlns="http://www.w3.org/2000/svg"'
_WIDTH = 720
_ROW = 26
_AROUND = 56
_LEGEND = 24
#: Width of the longest entry of a legend, beside and for each letter.
_BOX, _LETTER = 36, 8
#: Room for a label below an axis.
_AXIS_LABEL = 100
#: Between the beginning of an entry's box and its text.
_GAP = 17
_MARGIN = 12
_FONT = 13
_LONGEST = 24
_OPTIONS = {
    "css": (),
    "js": (),
    "no_prefix": True,
    "disable_xml_declaration": True,
    "legend_at_bottom": True,
    "truncate_label": -1,
    "truncate_legend": -1,
    "order_min": 0,
    "min_scale": 3,
    "max_scale": 6,
    "margin": _MARGIN,
    "margin_right": 2 * _MARGIN,  # the last label of an axis stands half outside
    "height": 260,
}


def read_style() -> str:
    """The style sheet of the charts: light, dark and print."""
    return files("mockpin.reports").joinpath("charts.css").read_text("utf-8")


def draw_stack(name: str, labels: Sequence[str], series: Series, *, width: int = _WIDTH) -> str:
    """Bars standing upon each other along an axis, such as events a minute by verdict."""
    every = max(1, len(labels) * _AXIS_LABEL // width)
    return _draw(
        "StackedBar",
        name,
        (labels, series),
        show_minor_x_labels=False,
        x_labels_major_every=every,
        width=width,
    )


def draw_bars(
    name: str, labels: Sequence[str], series: Series, *, unit: str = "", width: int = _WIDTH
) -> str:
    """Bars from left to right, a row for each label with its sum, the first on top, stacked by series."""
    sums = [sum(value or 0 for value in row) for row in zip(*series.values(), strict=True)]
    rows = [f"{_shorten(label)} ({value:,g}{unit})" for label, value in zip(labels, sums, strict=True)]
    turned = {key: values[::-1] for key, values in series.items()}
    height = _ROW * max(1, len(rows)) + _AROUND + (_LEGEND if len(series) > 1 else 0)
    return _draw("HorizontalStackedBar", name, (rows[::-1], turned), height=height, width=width)


def draw_shares(name: str, shares: Mapping[str, float], *, width: int = _WIDTH) -> str:
    """Shares in percent, a row for each, on an axis that always ends at 100."""
    rows = [f"{_shorten(label)} ({value:.3g} %)" for label, value in shares.items()]
    turned = rows[::-1], {name: tuple(shares.values())[::-1]}
    size = {"height": _ROW * max(1, len(rows)) + _AROUND, "width": width}
    return _draw("HorizontalBar", name, turned, **size, range=(0, 100), value_formatter="{:.3g} %".format)


def _draw(kind: str, name: str, data: tuple[Sequence[str], Series], **options: Any) -> str:
    labels, series = data
    pygal = _load_pygal()
    style = pygal.style.Style(label_font_size=_FONT, legend_font_size=_FONT)
    chart = getattr(pygal, kind)(
        **{
            **_OPTIONS,
            "style": style,
            "show_legend": len(series) > 1,
            "legend_at_bottom_columns": len(series),
            **options,
        }
    )
    chart.x_labels = [_clean(label) for label in labels]
    for key, values in series.items():
        chart.add(_shorten(key), list(values))
    return _tidy(chart.render(is_unicode=True), name)


def _load_pygal() -> ModuleType:
    import pygal  # type: ignore[import-untyped]  # noqa: PLC0415  # 70 ms only a page with charts should pay

    # It leaves an import hook for its map plug-ins behind, of a kind Python 3.11 warns of at each import.
    sys.meta_path[:] = [hook for hook in sys.meta_path if type(hook).__module__ != pygal.__name__]
    return cast("ModuleType", pygal)


def _shorten(text: str) -> str:
    return _clean(text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…")


def _clean(text: str) -> str:
    """The text without what XML cannot hold: names of events come from anywhere."""
    return "".join(each if each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in text)


def _tidy(svg: str, name: str) -> str:
    root = ET.fromstring(svg.replace(_NAMESPACE, "", 1))  # noqa: S314  # pygal wrote it just now
    for bar in root.iterfind(".//g[@class='bar']"):
        _add_title(bar)
    for legend in root.iterfind(".//g[@class='legends']"):
        _gather(legend)
    for parent in list(root.iter()):
        parent.attrib.pop("id", None)
        for child in filter(_is_unwanted, list(parent)):
            parent.remove(child)
    root.attrib.update({"class": "chart", "role": "img", "aria-label": _clean(name)})
    return ET.tostring(root, encoding="unicode", short_empty_elements=False)


def _add_title(bar: Element) -> None:
    said = {each.get("class"): each.text or "" for each in bar.findall("desc")}
    ET.SubElement(bar, "title").text = ": ".join(filter(None, (said.get("x_label"), said.get("value"))))


def _gather(legend: Element) -> None:
    """Move the entries to the left, where a narrow window shows all of them without being scrolled."""
    _, _, height = legend.get("transform", "").partition(",")
    legend.set("transform", f"translate({_MARGIN},{height}")
    longest = max((len("".join(entry.itertext())) for entry in legend), default=0)
    for index, (box, text) in enumerate(legend):
        begin = index * (_BOX + _LETTER * longest)
        box.set("x", str(begin))
        text.set("x", str(begin + _GAP))


def _is_unwanted(element: Element) -> bool:
    return element.tag in {"defs", "desc"} or "tooltip-overlay" in element.get("class", "")
