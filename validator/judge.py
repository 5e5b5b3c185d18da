"""Judging payloads: the schema gate first, then the rules, event by event."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from validator import schema
from validator.context import Batch, Context, Event
from validator.finding import Complaint, Finding, Severity
from validator.policy import Policy, Verdict
from validator.quick import quick_gate
from validator.rule import Profile, Rule
from validator.rules import RULES

_SEVERITY_OF: Final[Mapping[Verdict, Severity]] = {"fail": "error", "warn": "warning"}
Findings = tuple[Finding, ...]


class Judge:
    """Judges conversion events under one policy, profile and table of rules.

    Under the profile `faithful` an event has a finding of severity error exactly when Pinterest, as far as
    is known, would answer it with "failed".
    """

    def __init__(
        self,
        policy: Policy | None = None,
        *,
        profile: Profile = "faithful",
        rules: Mapping[str, Rule] = RULES,
    ) -> None:
        self._policy = policy or Policy()
        self._profile = profile
        self._rules = tuple(rule for rule in rules.values() if rule.severity.get(profile))
        self._always = tuple(rule for rule in self._rules if rule.clean is None)
        self._is_clean = quick_gate(self._rules)

    def refusal(self, payload: Any) -> str | None:
        """The sentence in which Pinterest refuses a payload as a whole, None when it takes it."""
        return schema.refusal(payload)

    def judge(self, payload: Mapping[str, Any], *, now: float | None) -> tuple[Findings, ...]:
        """The findings on each event of a payload that the schema accepts.

        `now` is in Unix seconds; None leaves the age of events out of account.
        """
        events = payload["data"]
        batch = Batch.of(events)
        return tuple(
            self._findings(event, Context(index, now, self._policy, batch))
            for index, event in enumerate(events)
        )

    def _findings(self, event: Event, context: Context) -> Findings:
        rules = self._always if self._clean(event) else self._rules
        return tuple(self._judged(rules, event, context))

    def _clean(self, event: Event) -> bool:
        try:
            return self._is_clean(event)
        except ValueError:  # nested beyond what jsonschema-rs takes
            return False

    def _judged(self, rules: tuple[Rule, ...], event: Event, context: Context) -> Iterator[Finding]:
        for rule in rules:
            for complaint in rule.check(event, context):
                yield self._stamped(rule, complaint, context.position)

    def _stamped(self, rule: Rule, complaint: Complaint, index: int) -> Finding:
        severity = self._severity(rule, complaint)
        silent = self._policy.warnings == "off" and severity != "error"
        return Finding(
            rule=rule.name,
            severity=severity,
            path=f"/data/{index}{complaint.path}",
            message=complaint.message,
            fix=complaint.fix,
            source=rule.source,
            documented=rule.documented,
            reply=None if silent else complaint.reply,
        )

    def _severity(self, rule: Rule, complaint: Complaint) -> Severity:
        if complaint.verdict and self._profile == "faithful":
            return _SEVERITY_OF[complaint.verdict]
        return rule.severity[self._profile] or "info"
