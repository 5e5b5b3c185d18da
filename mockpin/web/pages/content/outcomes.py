"""The outcome of an event in one sentence, which its page shows first."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mockpin_validator.judging.finding import SEVERITIES

Record = Mapping[str, Any]


@dataclass(frozen=True)
class EventOutcome:
    """`title` says whether the event counts, in a word or two; `reason` says why, and may be empty."""

    title: str
    reason: str = ""

    @property
    def sentence(self) -> str:
        """Title and reason as one sentence."""
        text = f"{self.title}: {self.reason}" if self.reason else self.title
        return text if text.endswith((".", "!", "?")) else f"{text}."


def summarize_outcome(record: Record) -> EventOutcome:
    """Say whether Pinterest would count the event, and why not."""
    outcome = _judge(record)
    if record["test"]:
        return EventOutcome(f"Test: {outcome.title[0].lower()}{outcome.title[1:]}", outcome.reason)
    return outcome


def is_failed_by_fault(record: Record) -> bool:
    """Whether an injected fault failed the event, whatever else may be wrong with it."""
    return bool(record["status"] == "failed" and record["fault"] == "fail_events")


def find_gravest(record: Record) -> Mapping[str, Any] | None:
    """Return the first finding of the gravest severity."""
    return min(record["findings"], key=lambda finding: SEVERITIES.index(finding["severity"]), default=None)


def _judge(record: Record) -> EventOutcome:
    if is_failed_by_fault(record):
        errors = any(finding["severity"] == "error" for finding in record["findings"])
        return EventOutcome("Failed by your fault rule", "" if errors else "the event itself has no error")
    if record["status"] == "failed":
        gravest = find_gravest(record)
        return EventOutcome("Failed", gravest["message"] if gravest else record["error_message"])
    if record["test"]:
        return EventOutcome("Processed, not counted", "the request says test=true")
    if record["duplicate_of"] is not None:
        return EventOutcome("Not counted", f"duplicate of #{record['duplicate_of']}")
    return EventOutcome("Counted", _name_warnings(record))


def _name_warnings(record: Record) -> str:
    warnings = sum(finding["severity"] == "warning" for finding in record["findings"])
    limited = ["under limited data processing"] if record["limited_data_processing"]["applies"] else []
    named = [f"with {warnings} warning{'s' if warnings != 1 else ''}"] if warnings else []
    return ", ".join(limited + named)
