"""What several formats say."""

from collections.abc import Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, metadata
from typing import Final

from mockpin_validator.archive.audit import Audit
from mockpin_validator.archive.placing import PlacedFinding
from mockpin_validator.archive.tally import Mistake
from mockpin_validator.judging.finding import SEVERITIES
from mockpin_validator.judging.rule import is_recommendation
from mockpin_validator.wording import count, make_visible

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
#: A smaller share, in per cent, would be shown as 0.0.
_LEAST_SHARE: Final = 0.1


def summary(audit: Audit) -> str:
    """How much was judged and what came of it."""
    return " ".join(sentences(audit))


def sentences(audit: Audit) -> Iterator[str]:
    """The sentences of the summary, readiness first."""
    if audit.interrupted:
        yield "Interrupted: this is what was found so far."
    yield readiness(audit)
    yield totals(audit)
    if audit.known:
        yield f"{count(audit.known, 'known finding')} of the baseline left out."
    if audit.tally.unreadable:
        yield _unreadable(audit)
    yield from (f"{gate}." for gate in audit.gates if not gate.is_met)
    if audit.lacks_events:
        yield f"{count(audit.tally.events, 'event')} judged; at least {audit.min_events:,} asked for."
    yield from audit.notes


def readiness(audit: Audit) -> str:
    """Whether these events could be sent, in one line; recommendations do not count."""
    tally = audit.tally
    if audit.interrupted and not tally.count("error"):
        return "Not ready: the files were not judged to the end."
    if not audit.failing and not tally.unreadable:
        warnings = sum(
            times
            for mistake, times in tally.mistakes.items()
            if mistake.severity == "warning" and not is_recommendation(mistake.rule)
        )
        apart = " beside recommendations" if warnings < tally.count("warning") else ""
        with_warnings = f"Ready with warnings: no event has an error, {count(warnings, 'warning')}{apart}."
        return with_warnings if warnings else "Ready: no event has an error."
    if tally.count("error") and tally.failed:
        share = 100 * tally.failed / tally.events
        shown = f"{share:.1f}" if share >= _LEAST_SHARE else f"under {_LEAST_SHARE}"
        return f"Not ready: {tally.failed:,} of {count(tally.events, 'event')} with errors ({shown} %)."
    return "Not ready."


def totals(audit: Audit) -> str:
    """How many events and files were judged, and how many findings there are of each severity."""
    tally = audit.tally
    errors, warnings, infos = (tally.count(severity) for severity in SEVERITIES)
    found = ", ".join((count(errors, "error"), count(warnings, "warning"), f"{infos:,} for information"))
    files = "standard input" if audit.files == ("-",) else count(len(audit.files), "file")
    with_errors = f"{tally.failed:,} with errors" + (" (known ones included)" if audit.known else "")
    return f"{count(tally.events, 'event')} in {files}, {with_errors}: {found}."


def _unreadable(audit: Audit) -> str:
    files = dict.fromkeys(mistake.file for mistake in audit.tally.mistakes if mistake.rule == "unreadable")
    named = ", ".join(name_file(file) for file in files)
    return f"{count(audit.tally.unreadable, 'document')} could not be read" + (
        f": {named}." if named else "."
    )


def name_file(file: str) -> str:
    """A file's name as a report shows it."""
    return "<stdin>" if file == "-" else make_visible(file)


def place(placed: PlacedFinding) -> str:
    """File, line, column and path, as editors and terminals link them."""
    finding = placed.finding
    numbers = [str(number) for number in (finding.line, finding.column) if number is not None]
    path = f"  {make_visible(finding.path)}" if finding.path else ""
    return ":".join((name_file(placed.file), *numbers)) + path


def where(mistake: Mistake) -> str:
    """The field that a mistake is about, or what else it is about."""
    return make_visible(mistake.field) or ("the document" if mistake.rule == "unreadable" else "the event")


def address(rule: str) -> str:
    """The stable address of a rule within mockpin's documentation."""
    return f"docs/rules.md#{rule}"


def link(rule: str) -> str:
    """The URL of a rule's documentation, from the URLs that mockpin's package names."""
    return f"{find_documentation()}/rules.md#{rule}"


@cache
def find_documentation() -> str:
    """The URL of mockpin's documentation; "docs", as in the repository, if its package is not installed."""
    try:
        urls = metadata("mockpin").get_all("Project-URL") or []
    except PackageNotFoundError:
        urls = []
    labels: dict[str, str] = dict(url.split(", ", 1) for url in urls)
    return labels.get("Documentation", "docs")
