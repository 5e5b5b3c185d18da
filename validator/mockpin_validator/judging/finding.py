"""What is wrong with a conversion event, where, why, and what to do."""

from dataclasses import dataclass, field
from typing import Final, Literal, NamedTuple, get_args

from mockpin_validator.judging.policy import Verdict

Severity = Literal["error", "warning", "info"]
Grade = Literal["documented", "observed", "inferred"]

#: From the gravest down.
SEVERITIES: Final[tuple[Severity, ...]] = get_args(Severity)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a fact comes from, how sure it is, and as of when: an ISO date.

    The date is the source's own, or that of its reading where it bears none.
    """

    source: str
    documented: Grade
    date: str


class Complaint(NamedTuple):
    """What a rule alone knows: the place within its event, what is wrong there, and what to do.

    `reply` is what Pinterest itself says about it; `verdict` is the policy's word where the point is
    contested, and settles the severity under the profile `faithful`; `evidence` is given where it is not
    that of the whole rule.
    """

    path: str
    message: str
    fix: str
    reply: str | None = None
    verdict: Verdict | None = None
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A complaint stamped with its rule, its severity, its place in the payload and its source.

    `path` is a JSON pointer into the payload ("/data/0/user_data/em/0"). Neither `message` nor `fix` holds
    the plain text of a match key. `reply` holds Pinterest's own words for the answer's error_message or
    warning_message, where the service says something.
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
        """The finding as JSON; line and column only where they are known."""
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
