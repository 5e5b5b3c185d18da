"""Facts of events in files: there is no arrival, no request and no verdict but the validator's own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mockpin.observations.digests import digest_here, start_digests
from mockpin.observations.facts import Fact, fact_of_event, name_rules

if TYPE_CHECKING:
    from mockpin_validator.judging.finding import Finding


@dataclass(frozen=True)
class FileFacts:
    """Makes the fact of an event in a file. Processes whose digests are compared share a `key`; one by itself needs none."""

    key: bytes | None = None

    def __call__(self, event: Any, findings: Iterable[Finding], file: str, line: int | None) -> Fact | None:
        """The fact; None for what is not a JSON object."""
        if not isinstance(event, dict):
            return None
        found = [(finding.rule, finding.severity) for finding in findings]
        failed = any(severity == "error" for _, severity in found)
        return fact_of_event(
            event,
            start_digests(self.key) if self.key else digest_here,
            file=file,
            line=line,
            request=line,
            status="failed" if failed else "processed",
            rules=name_rules(found) if found else "",
        )
