"""A rule: a small generator of complaints, with its name, severity and source as data."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final, Literal

from mockpin_validator.judging.context import Context, Event
from mockpin_validator.judging.finding import Complaint, Evidence, Finding, Grade, Severity

Profile = Literal["faithful", "strict", "lenient"]
Severities = Mapping[Profile, Severity | None]
Check = Callable[[Event, Context], Iterator[Complaint]]
QuickCheck = Callable[[Event, Context], bool]


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


#: What ends the names of rules that say what Pinterest recommends.
_RECOMMENDED: Final = "-missing"


def is_recommendation(rule_name: str) -> bool:
    """Whether a rule's warning only recommends a field, which the sender may not know."""
    return rule_name.endswith(_RECOMMENDED)


def is_never_quiet(_event: Event, _context: Context) -> bool:
    """The quick check of a rule that has none: always run the rule."""
    return False


@dataclass(frozen=True, slots=True)
class Rule:
    """Something a conversion event must or should be.

    `severity` maps a profile to a severity (None: the rule is off). `clean` is a JSON Schema that only events
    without a finding of the rule satisfy. If no schema can express that, `quiet` is a quick check that is
    true for such events only. The judge checks the merged schemas of all rules at once and each shared quick
    check once. For an event that fails one of them it checks the schemas of neighbours at once, then those
    one by one where that fails, and runs only the rules whose schema or quick check the event fails. A rule
    with neither runs for every event.
    """

    name: str
    check: Check
    severity: Severities = field(hash=False)
    source: str
    documented: Grade
    date: str = ""
    clean: Mapping[str, Any] | None = field(default=None, repr=False, hash=False)
    quiet: QuickCheck = field(default=is_never_quiet, repr=False)

    @property
    def summary(self) -> str:
        """The rule in a sentence: the docstring of its check."""
        return (self.check.__doc__ or "").strip()


@dataclass(frozen=True, slots=True)
class DocumentRule:
    """A rule on a whole document, reported by the document's reader and not by a check on an event.

    `fixed` is true if the severity cannot be changed.
    """

    name: str
    summary: str
    severity: Severities
    source: str
    documented: Grade
    date: str
    fixed: bool = False


Row = Rule | DocumentRule


def build_finding(  # noqa: PLR0913 - the facts that only the caller knows
    rule: Row,
    complaint: Complaint,
    severity: Severity,
    *,
    place: str = "",
    line: int | None = None,
    column: int | None = None,
) -> Finding:
    """Build the finding for a rule's complaint. Without its own evidence it has the rule's source.

    `place` is the JSON pointer at which the complaint's path starts.
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
    quiet: QuickCheck = is_never_quiet,
) -> Callable[[Check], Rule]:
    """Turn a generator into a rule, named as the generator with dashes for underscores."""

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
