"""What more than one format says."""

from collections.abc import Iterator
from typing import Final

from mockpin_validator.archive.audit import Audit
from mockpin_validator.archive.tally import Sighting
from mockpin_validator.judging.finding import SEVERITIES

#: Column of the coverage table -> parameter.
COLUMNS: Final = {
    "em": "em",
    "ext id": "external_id",
    "click": "click_id",
    "ip": "client_ip_address",
    "agent": "client_user_agent",
    "maids": "hashed_maids",
    "id": "event_id",
    "value": "value",
}


def counted(count: int, noun: str) -> str:
    """A number with its noun: `1 event`, `2,000 events`."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def summary(audit: Audit) -> str:
    """How much was judged and what came of it, in a sentence or two."""
    return " ".join(sentences(audit))


def sentences(audit: Audit) -> Iterator[str]:
    """The sentences of the summary."""
    tally = audit.tally
    if audit.interrupted:
        yield "Interrupted: this is what was found so far."
    errors, warnings, infos = (tally.count(severity) for severity in SEVERITIES)
    found = ", ".join((counted(errors, "error"), counted(warnings, "warning"), f"{infos:,} for information"))
    files = "standard input" if audit.files == ("-",) else counted(len(audit.files), "file")
    with_errors = f"{tally.failed:,} with errors" + (" (known ones included)" if audit.known else "")
    yield f"{counted(tally.events, 'event')} in {files}, {with_errors}: {found}."
    if audit.known:
        yield f"{counted(audit.known, 'known finding')} of the baseline left out."
    if tally.unreadable:
        yield f"{counted(tally.unreadable, 'document')} could not be read."
    yield from (f"{gate}." for gate in audit.gates if not gate.met)
    yield from audit.notes


def place(sighting: Sighting) -> str:
    """File, line, column and path, as editors and terminals link them."""
    finding = sighting.finding
    name = "<stdin>" if sighting.file == "-" else sighting.file
    numbers = [str(number) for number in (finding.line, finding.column) if number is not None]
    return ":".join((name, *numbers)) + (f"  {printable(finding.path)}" if finding.path else "")


def printable(text: str) -> str:
    """A text without the characters that a terminal would obey."""
    return "".join(each if each.isprintable() else " " for each in text)
