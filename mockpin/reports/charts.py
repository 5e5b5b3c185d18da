"""Draw charts as SVG elements for a page, without scripts or styles. Classes give the colours.

pygal draws the charts. Its styles, scripts and tooltips are removed, because a
page with a strict content-security policy refuses them. The chart gets a name, and each bar a title with its
value. `read_style` gives the style sheet with the colours, which a page links or embeds.

pygal belongs to the extra `mockpin[charts]`. Without it a chart is a table of its figures.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from importlib.resources import files
from types import ModuleType
from typing import TYPE_CHECKING, Any, cast
from xml.etree import ElementTree as ET

from mockpin_validator.wording import make_visible

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

Series = Mapping[str, Sequence[float | None]]

_NAMESPACE = ' xmlns="http://www.w3.org/2000/svg"'
_WIDTH = 720
_ROW_HEIGHT = 26
_PADDING = 56
_LEGEND_HEIGHT = 24
#: Width of a legend entry: a fixed part, and a part for each letter.
_BOX_WIDTH, _LETTER_WIDTH = 36, 8
#: Room for a label below an axis.
_AXIS_LABEL_WIDTH = 100
#: Distance between the left edge of an entry's box and its text.
_TEXT_OFFSET = 17
_MARGIN = 12
_FONT_SIZE = 13
_MAX_LABEL_LENGTH = 24
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

_TABLE = """<details class="chart-figures"{% if is_open %} open=""{% endif %}><summary>{{ name }}</summary>
<p class="quiet small">To see a chart here: <code>pip install 'mockpin[charts]'</code></p>
<table><tr><th></th>{% for key in series %}<th>{{ key }}</th>{% endfor %}</tr>
{% for row in rows %}<tr><th scope="row">{{ row[0] }}</th>
{%- for value in row[1:] %}<td>{{ "%g" % value if value is not none }}</td>{% endfor %}</tr>
{% endfor %}</table></details>"""


def read_style() -> str:
    """Return the style sheet of the charts, for light and dark screens and for print."""
    return files("mockpin.reports").joinpath("charts.css").read_text("utf-8")


def draw_stack(name: str, labels: Sequence[str], series: Series, *, width: int = _WIDTH) -> str:
    """Draw stacked columns along an axis, such as events per minute by verdict."""
    every = max(1, len(labels) * _AXIS_LABEL_WIDTH // width)
    return _draw(
        "StackedBar",
        name,
        (labels, series),
        show_minor_x_labels=False,
        x_labels_major_every=every,
        width=width,
    )


def draw_bars(name: str, labels: Sequence[str], series: Series, *, width: int = _WIDTH) -> str:
    """Draw horizontal bars stacked by series: a row with its sum for each label, the first on top."""
    sums = [sum(value or 0 for value in row) for row in zip(*series.values(), strict=True)]
    rows = [f"{_shorten(label)} ({value:,g})" for label, value in zip(labels, sums, strict=True)]
    turned = {key: values[::-1] for key, values in series.items()}
    height = _ROW_HEIGHT * max(1, len(rows)) + _PADDING + (_LEGEND_HEIGHT if len(series) > 1 else 0)
    size = {"height": height, "width": width}
    return _draw("HorizontalStackedBar", name, (rows[::-1], turned), figures=(labels, series), **size)


def draw_shares(name: str, shares: Mapping[str, float], *, width: int = _WIDTH) -> str:
    """Draw shares in percent, a row for each, on an axis that always ends at 100."""
    rows = [f"{_shorten(label)} ({value:.3g} %)" for label, value in shares.items()]
    turned = rows[::-1], {name: tuple(shares.values())[::-1]}
    options = {"height": _ROW_HEIGHT * max(1, len(rows)) + _PADDING, "width": width, "range": (0, 100)}
    figures = tuple(shares), {"%": tuple(shares.values())}
    return _draw("HorizontalBar", name, turned, figures=figures, **options, value_formatter="{:.3g} %".format)


def _draw(
    kind: str,
    name: str,
    data: tuple[Sequence[str], Series],
    *,
    figures: tuple[Sequence[str], Series] | None = None,
    **options: Any,
) -> str:
    """Draw data; without pygal write them, or the figures if given, as a table: that of figures is open."""
    labels, series = data
    pygal = _load_pygal()
    if pygal is None:
        return _write_table(name, *(figures or data), is_open=figures is not None)
    style = pygal.style.Style(label_font_size=_FONT_SIZE, legend_font_size=_FONT_SIZE)
    chart = getattr(pygal, kind)(
        **{
            **_OPTIONS,
            "style": style,
            "show_legend": len(series) > 1,
            "legend_at_bottom_columns": len(series),
            **options,
        }
    )
    chart.x_labels = [make_visible(label) for label in labels]
    for key, values in series.items():
        chart.add(_shorten(key), list(values))
    return _strip_for_page(chart.render(is_unicode=True), name)


def _write_table(name: str, labels: Sequence[str], series: Series, *, is_open: bool) -> str:
    """Write the figures of a chart as a table."""
    from jinja2 import Template  # noqa: PLC0415 - loaded when first needed

    rows = zip(map(make_visible, labels), *series.values(), strict=True)
    table: str = Template(_TABLE, autoescape=True).render(
        name=name, series=series, rows=rows, is_open=is_open
    )
    return table


def _load_pygal() -> ModuleType | None:
    try:
        import pygal  # type: ignore[import-untyped]  # noqa: PLC0415  # 70 ms only a page with charts should pay
    except ImportError:
        return None
    # It leaves an import hook for its map plug-ins behind, of a kind Python 3.11 warns of at each import.
    sys.meta_path[:] = [hook for hook in sys.meta_path if type(hook).__module__ != pygal.__name__]
    return cast("ModuleType", pygal)


def _shorten(text: str) -> str:
    return make_visible(text if len(text) <= _MAX_LABEL_LENGTH else f"{text[: _MAX_LABEL_LENGTH - 1]}…")


def _strip_for_page(svg: str, name: str) -> str:
    root = ET.fromstring(svg.replace(_NAMESPACE, "", 1))  # noqa: S314  # pygal wrote it just now
    for bar in root.iterfind(".//g[@class='bar']"):
        _add_title(bar)
    for legend in root.iterfind(".//g[@class='legends']"):
        _align_left(legend)
    for parent in list(root.iter()):
        parent.attrib.pop("id", None)
        for child in filter(_is_unwanted, list(parent)):
            parent.remove(child)
    root.attrib.update({"class": "chart", "role": "img", "aria-label": make_visible(name)})
    return ET.tostring(root, encoding="unicode")


def _add_title(bar: Element) -> None:
    texts = {element.get("class"): element.text or "" for element in bar.findall("desc")}
    ET.SubElement(bar, "title").text = ": ".join(filter(None, (texts.get("x_label"), texts.get("value"))))


def _align_left(legend: Element) -> None:
    """Move the entries to the left, so that a narrow window shows all of them without scrolling."""
    _, _, height = legend.get("transform", "").partition(",")
    legend.set("transform", f"translate({_MARGIN},{height}")
    longest = max((len("".join(entry.itertext())) for entry in legend), default=0)
    for index, (box, text) in enumerate(legend):
        begin = index * (_BOX_WIDTH + _LETTER_WIDTH * longest)
        box.set("x", str(begin))
        text.set("x", str(begin + _TEXT_OFFSET))


def _is_unwanted(element: Element) -> bool:
    return element.tag in {"defs", "desc"} or "tooltip-overlay" in element.get("class", "")
