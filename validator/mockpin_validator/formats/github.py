"""Annotations: GitHub Actions shows each at its line of the changed file, ten of a severity at most."""

from collections.abc import Iterator
from typing import Final

from mockpin_validator.archive.audit import Audit
from mockpin_validator.archive.placing import PlacedFinding
from mockpin_validator.archive.tally import Mistake
from mockpin_validator.formats import Style
from mockpin_validator.formats.wording import summary, where
from mockpin_validator.judging.finding import Severity
from mockpin_validator.wording import count, make_visible

COMMANDS: Final[dict[Severity, str]] = {"error": "error", "warning": "warning", "info": "notice"}
_DATA: Final = str.maketrans({"%": "%25"})
_PROPERTY: Final = str.maketrans({"%": "%25", ":": "%3A", ",": "%2C"})


def render(audit: Audit, style: Style) -> str:
    """The workflow commands, errors first, and the summary as a plain line of the log."""
    return "\n".join((*lines(audit, style), make_visible(summary(audit))))


def lines(audit: Audit, style: Style) -> Iterator[str]:
    """The workflow commands, and plain lines for what they leave out."""
    for gate in audit.gates:
        if not gate.is_met:
            yield f"::error title=coverage::{make_visible(str(gate)).translate(_DATA)}."
    mistakes = audit.mistakes(style.most)
    if not style.brief:
        yield from (command(example, mistake) for mistake in mistakes for example in mistake.examples)
    yield from (rest(mistake) for mistake in mistakes if mistake.hidden or style.brief)


def command(placed: PlacedFinding, mistake: Mistake) -> str:
    """One workflow command; what GitHub would read as its syntax is escaped."""
    finding = placed.finding
    places = {"file": placed.file, "line": finding.line, "col": finding.column, "title": finding.rule}
    properties = ",".join(
        f"{name}={make_visible(str(value)).translate(_PROPERTY)}"
        for name, value in places.items()
        if value is not None
    )
    times = f", {mistake.times:,} times" if mistake.times > 1 else ""
    text = f"{finding.message} {finding.fix} ({finding.path or 'the document'}{times})"
    return f"::{COMMANDS[finding.severity]} {properties}::{make_visible(text).translate(_DATA)}"


def rest(mistake: Mistake) -> str:
    """How often a mistake was made, in a plain line of the log: GitHub shows few annotations."""
    return (
        f"{mistake.rule} at {where(mistake)}: {count(mistake.times, mistake.severity)},"
        f" {mistake.hidden:,} not shown."
    )
