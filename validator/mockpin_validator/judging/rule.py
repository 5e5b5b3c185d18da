"""A rule: one small generator, and what is known about it as data."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final, Literal

from mockpin_validator.judging.context import Context, Event
from mockpin_validator.judging.finding import Complaint, Evidence, Finding, Grade, Severity

Profile = Literal["faithful", "strict", "lenient"]
Severities = Mapping[Profile, Severity | None]
Check = Callable[[Event, Context], Iterator[Complaint]]
Look = Callable[[Event, Context], bool]


def _severities(faithful: Severity | None, strict: Severity, lenient: Severity | None) -> Severities:
    return MappingProxyType({"faithful": faithful, "strict": strict, "lenient": lenient})


REFUSED: Final = _severities("error", "error", "error")
CONTESTED: Final = _severities("warning", "error", "warning")
MISTAKE: Final = _severities("warning", "error", "warning")
ADVICE: Final = _severities("warning", "error", None)
HINT: Final = _severities("info", "warning", None)
STRICT_ONLY: Final = _severities(None, "error", None)
NOTE: Final = _severities("info", "info", None)
WARNING: Final = _severities("warning", "warning", "warning")
INFORMATION: Final = _severities("info", "info", "info")


def unsure(_event: Event, _context: Context) -> bool:
    """The quick look of a rule that has none."""
    return False


@dataclass(frozen=True, slots=True)
class Rule:
    """Something a conversion event must or should be.

    `severity` says by profile how much it matters (None: not judged). `clean` is a JSON Schema that only
    events satisfy about which the rule has nothing to say; where no schema can say it, `quiet` is a quick
    look that holds for such events only. The judge checks the schemas of all rules at once, takes the looks
    that rules share once, and runs the rules only for events that fail one. A rule with neither runs for
    every event.
    """

    name: str
    check: Check
    severity: Severities
    source: str
    documented: Grade
    date: str = ""
    clean: Mapping[str, Any] | None = field(default=None, repr=False)
    quiet: Look = field(default=unsure, repr=False)

    @property
    def summary(self) -> str:
        """What the rule wants, in its own words."""
        return (self.check.__doc__ or "").strip()


@dataclass(frozen=True, slots=True)
class DocumentRule:
    """Something a document must be before there is an event to judge: found by its reader, not by a check.

    `fixed` says that its severity cannot be changed.
    """

    name: str
    summary: str
    severity: Severities
    source: str
    documented: Grade
    date: str
    fixed: bool = False


Row = Rule | DocumentRule


def stamp(  # noqa: PLR0913 - what only its finder knows of a finding
    rule: Row,
    complaint: Complaint,
    severity: Severity,
    *,
    place: str = "",
    line: int | None = None,
    column: int | None = None,
) -> Finding:
    """The finding that a complaint of a rule is, of the rule's source if it names none of its own.

    `place` is the pointer to what the complaint's path starts at.
    """
    evidence = complaint.evidence or rule
    return Finding(
        rule.name,
        severity,
        place + complaint.path,
        complaint.message,
        complaint.fix,
        evidence.source,
        evidence.documented,
        line,
        column,
        complaint.reply,
    )


def rule(
    severity: Severities,
    evidence: Evidence,
    *,
    clean: Mapping[str, Any] | None = None,
    quiet: Look = unsure,
) -> Callable[[Check], Rule]:
    """Make a rule of a generator; its name is the generator's, with dashes."""

    def build(check: Check) -> Rule:
        return Rule(
            name=check.__name__.replace("_", "-"),
            check=check,
            severity=severity,
            source=evidence.source,
            documented=evidence.documented,
            date=evidence.date,
            clean=clean,
            quiet=quiet,
        )

    return build
