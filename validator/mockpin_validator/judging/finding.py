"""What is wrong with a conversion event, where, why, and what to do."""

from dataclasses import dataclass, field
from typing import Final, Literal, NamedTuple, get_args

from mockpin_validator.judging.policy import Verdict

Severity = Literal["error", "warning", "info"]
Grade = Literal["documented", "observed", "inferred"]

#: From the most severe to the least.
SEVERITIES: Final[tuple[Severity, ...]] = get_args(Severity)


@dataclass(frozen=True, slots=True)
class Evidence:
    """The source of a fact, how certain the fact is, and the date (ISO 8601).

    The date is the source's own; if it has none, the day on which we read the source.
    """

    source: str
    documented: Grade
    date: str


class Complaint(NamedTuple):
    """What a rule reports about an event: the path within the event, the problem, and the fix.

    `reply` is the sentence in which Pinterest reports the problem. `verdict` is the policy's decision on a
    contested point; under the profile `faithful` it sets the severity. `evidence` is set if it differs from
    the rule's evidence.
    """

    path: str
    message: str
    fix: str
    reply: str | None = None
    verdict: Verdict | None = None
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A complaint with its rule, severity, path in the payload and source.

    `path` is a JSON pointer into the payload ("/data/0/user_data/em/0"). Neither `message` nor `fix` holds
    the plain text of a match key. `reply` holds Pinterest's own sentence for the answer's error_message or
    warning_message, None if the service reports nothing.
    """

    rule: str
    severity: Severity
    path: str
    message: str
    fix: str
    source: str
    documented: Grade
    line: int | None = None
    column: int | None = None
    reply: str | None = field(default=None, repr=False)

    def to_dict(self) -> dict[str, str | int]:
        """Return the finding as JSON; line and column only if they are known."""
        place = {"line": self.line, "column": self.column}
        return {
            "rule": self.rule,
            "severity": self.severity,
            "path": self.path,
            "message": self.message,
            "fix": self.fix,
            "source": self.source,
            "documented": self.documented,
            **{name: number for name, number in place.items() if number is not None},
        }
