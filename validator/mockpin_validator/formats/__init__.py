"""Report formats: each turns an audit into text; the modules are loaded when they are asked for."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from mockpin_validator.archive.audit import Audit

#: Format -> how many findings of each mistake it writes out unless told otherwise; the others are counted.
FORMATS: Final[Mapping[str, int]] = {
    "text": 2,
    "json": 1000,
    "junit": 1000,
    "sarif": 1000,
    "github": 1,
    "html": 10,
}


@dataclass(frozen=True)
class Style:
    """How a report is written: `most` findings of each mistake, in colour or not, lines `width` columns wide.

    `brief` asks for the counts alone, without single findings.
    """

    most: int = 1000
    color: bool = False
    width: int = 100
    brief: bool = False


def render(audit: "Audit", name: str, style: Style | None = None) -> str:
    """The report in a format of `FORMATS`, newline at its end, without plain text of a match key."""
    style = style or Style(FORMATS[name])
    text: str = import_module(f"mockpin_validator.formats.{name}").render(audit, style)
    return text if text.endswith("\n") else f"{text}\n"
