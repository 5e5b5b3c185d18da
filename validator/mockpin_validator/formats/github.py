"""Annotations: GitHub Actions shows each at its line of the changed file."""

from collections.abc import Iterator
from typing import Final

from mockpin_validator.archive.audit import Audit
from mockpin_validator.archive.tally import Sighting
from mockpin_validator.formats import Style
from mockpin_validator.formats.wording import counted, printable, summary
from mockpin_validator.judging.finding import Severity

COMMANDS: Final[dict[Severity, str]] = {"error": "error", "warning": "warning", "info": "notice"}
_DATA: Final = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY: Final = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


def render(audit: Audit, style: Style) -> str:
    """A workflow command a finding, and the summary as a plain line of the log."""
    return "\n".join((*lines(audit, style), printable(summary(audit))))


def lines(audit: Audit, style: Style) -> Iterator[str]:
    """The workflow commands."""
    yield from (command(each) for each in audit.shown(style.most))
    for rule, count in audit.left_out(style.most).items():
        yield f"::notice title={rule}::{counted(count, 'more finding')} of this rule not shown."
    for gate in audit.gates:
        if not gate.met:
            yield f"::error title=coverage::{str(gate).translate(_DATA)}."


def command(sighting: Sighting) -> str:
    """One workflow command; what GitHub would read as its syntax is escaped."""
    finding = sighting.finding
    places = {"file": sighting.file, "line": finding.line, "col": finding.column, "title": finding.rule}
    properties = ",".join(
        f"{name}={str(value).translate(_PROPERTY)}" for name, value in places.items() if value is not None
    )
    text = f"{finding.message} {finding.fix} ({finding.path or 'the document'})"
    return f"::{COMMANDS[finding.severity]} {properties}::{text.translate(_DATA)}"
