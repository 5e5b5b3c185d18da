"""One payload judged: the plain Python entry to the validator."""

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
    """The findings on one payload, in the order of its events; iterating gives them one by one."""

    findings: tuple[Finding, ...]

    def __iter__(self) -> Iterator[Finding]:
        """The findings."""
        return iter(self.findings)

    @property
    def ok(self) -> bool:
        """Whether no finding is an error."""
        return not any(finding.severity == "error" for finding in self.findings)

    def for_event(self, index: int) -> tuple[Finding, ...]:
        """The findings on the event at this place of the batch, counted from 0."""
        here = f"/data/{index}"
        return tuple(each for each in self.findings if each.path == here or each.path.startswith(f"{here}/"))

    def to_dict(self) -> dict[str, Any]:
        """The report as JSON: `{"ok": bool, "findings": [finding, ...]}`."""
        return {"ok": self.ok, "findings": [finding.to_dict() for finding in self.findings]}


def validate(  # noqa: PLR0913 - its keywords are the knobs of one judgement
    given: Any,
    *,
    profile: Profile = "faithful",
    now: float | None = None,
    ignore_time: bool = False,
    rules: Mapping[str, Rule] = RULES,
    policy: Policy | None = None,
) -> Report:
    """Judge a payload, a list of conversion events, or a single one.

    Paths are those of the payload in which Pinterest would get it: "/data/0/event_name" for a single event
    too. `now` is in Unix seconds, the present when left out; `ignore_time` judges as if every event were
    sent when it happened. Under the profile `faithful` the report has an error exactly when Pinterest, as
    far as is known, would refuse the payload or fail one of its events.
    """
    instant = None if ignore_time else time.time() if now is None else now
    judge = Judge(policy, profile=profile, rules=rules)
    payload = _payload(given)
    return Report(judge.review(payload, now=instant) if _is_json(payload) else judge.refuse(payload))


def _is_json(payload: Any) -> bool:
    """Whether it can be written and read: no half character, nothing but numbers for numbers."""
    try:
        json.dumps(payload, ensure_ascii=False, allow_nan=False).encode()
    except (RecursionError, ValueError):
        return False
    except TypeError:  # it cannot be sent at all, and what is wrong elsewhere is worth knowing
        return True
    return True


def _payload(given: Any) -> Any:
    if isinstance(given, list):
        return {"data": given}
    if isinstance(given, Mapping) and "data" not in given:
        return {"data": [given]}
    return given
