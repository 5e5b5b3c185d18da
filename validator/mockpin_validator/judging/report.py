"""`validate`, the Python entry to the validator, and the report that it returns."""

import json
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from mockpin_validator.judging.finding import Finding
from mockpin_validator.judging.judge import Judge
from mockpin_validator.judging.policy import Policy
from mockpin_validator.judging.rule import Profile, Rule
from mockpin_validator.rules import RULES


@dataclass(frozen=True, slots=True)
class Report:
    """The findings on one payload, in the order of its events. Iterate over it to get them."""

    findings: tuple[Finding, ...]

    def __iter__(self) -> Iterator[Finding]:
        """Iterate over the findings."""
        return iter(self.findings)

    @property
    def ok(self) -> bool:
        """Whether no finding is an error."""
        return not any(finding.severity == "error" for finding in self.findings)

    def for_event(self, index: int) -> tuple[Finding, ...]:
        """Return the findings on the event at this index of the batch, counted from 0."""
        pointer = f"/data/{index}"
        return tuple(finding for finding in self.findings if f"{finding.path}/".startswith(f"{pointer}/"))

    def to_dict(self) -> dict[str, Any]:
        """Return the report as JSON: `{"ok": bool, "findings": [finding, ...]}`."""
        return {"ok": self.ok, "findings": [finding.to_dict() for finding in self.findings]}


def validate(  # noqa: PLR0913 - each keyword is one option
    given: Any,
    *,
    profile: Profile = "faithful",
    now: float | None = None,
    ignore_time: bool = False,
    rules: Mapping[str, Rule] = RULES,
    policy: Policy | None = None,
) -> Report:
    """Judge a payload, a list of conversion events, or a single one.

    Paths start at the payload, also for a single event: "/data/0/event_name". `now` is in Unix seconds and
    defaults to the present; `ignore_time` judges as if every event were sent when it happened. Under the
    profile `faithful` the report has an error exactly if Pinterest, as far as is known, would refuse the
    payload or fail one of its events.
    """
    instant = None if ignore_time else time.time() if now is None else now
    judge = Judge(policy, profile=profile, rules=rules)
    payload = _payload(given)
    return Report(judge.review(payload, now=instant) if _is_json(payload) else judge.refuse(payload))


def _is_json(payload: Any) -> bool:
    """Whether the payload can be written as JSON: no lone surrogate, no NaN or infinity."""
    try:
        json.dumps(payload, ensure_ascii=False, allow_nan=False).encode()
    except (RecursionError, ValueError):
        return False
    except TypeError:  # not JSON, but the schema can say where
        return True
    return True


def _payload(given: Any) -> Any:
    if isinstance(given, list):
        return {"data": given}
    if isinstance(given, Mapping) and "data" not in given:
        return {"data": [given]}
    return given
