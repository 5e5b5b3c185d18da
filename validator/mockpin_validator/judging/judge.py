"""Judging payloads: the schema gate first, then the rules, event by event."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, Final

from mockpin_validator.contract import gate as schema
from mockpin_validator.contract.request import event_schema
from mockpin_validator.judging.context import BatchFacts, Context, Event
from mockpin_validator.judging.finding import Complaint, Finding, Severity
from mockpin_validator.judging.policy import Policy, Verdict
from mockpin_validator.judging.repair import repair_event
from mockpin_validator.judging.rule import Profile, Rule, stamp
from mockpin_validator.judging.schema_merging import extend_schema, merge_clean_schemas
from mockpin_validator.rules import RULES
from mockpin_validator.rules.schema import refusals

_SEVERITY_OF: Final[Mapping[Verdict, Severity]] = {"fail": "error", "warn": "warning"}
Findings = tuple[Finding, ...]
#: How often one rule complains of one event: an event may hold a million mistakes.
MAX_FINDINGS: Final = 100


class Judge:
    """Judges conversion events under one policy, profile and table of rules.

    Under the profile `faithful` an event has a finding of severity error exactly when Pinterest, as far as
    is known, would answer it with "failed", or refuse the request it came in.
    """

    def __init__(
        self,
        policy: Policy | None = None,
        *,
        profile: Profile = "faithful",
        rules: Mapping[str, Rule] = RULES,
    ) -> None:
        self._policy = policy or Policy()
        self.demands = self._policy.demands
        self._profile = profile
        self._rules = tuple(rule for rule in rules.values() if rule.severity.get(profile))
        self._always = tuple(rule for rule in self._rules if rule.clean is None)
        self._looks = tuple(dict.fromkeys(rule.quiet for rule in self._always))
        self._is_clean = schema.gate(
            extend_schema(event_schema(self.demands), merge_clean_schemas(self._rules))
        )

    def refusal(self, payload: Any) -> str | None:
        """The sentence in which Pinterest refuses a payload as a whole, None when it takes it."""
        return schema.refusal(payload, self.demands)

    def judge(self, payload: Mapping[str, Any], *, now: float | None) -> tuple[Findings, ...]:
        """The findings on each event of a payload that the schema accepts.

        `now` is in Unix seconds; None leaves the age of events out of account.
        """
        return tuple([found or () for found in self.judge_each(payload["data"], now=now)])

    def judge_sound(self, payload: Any, *, now: float | None) -> tuple[Findings, ...] | None:
        """The findings on each event of any payload, None when the schema refuses it."""
        if not schema.accepts_envelope(payload):
            return None
        found = tuple(self.judge_each(payload["data"], now=now))
        return None if None in found else found  # type: ignore[return-value]  # it holds no None then

    def judge_each(self, events: Sequence[Any], *, now: float | None) -> Iterator[Findings | None]:
        """The findings on one event of a batch after another, None for what the schema refuses."""
        context = Context(now, self._policy, BatchFacts.of(events))
        for position, event in enumerate(events):
            clean = self._is_clean(event)
            if clean and self._is_quiet(event, context):
                yield ()
            elif clean or schema.accepts_event(event, self.demands):
                rules = self._always if clean else self._rules
                yield self._findings(rules, event, context, place=f"/data/{position}")
            else:
                yield None

    def review(self, payload: Any, *, now: float | None) -> Findings:
        """The findings on anything that might be sent: the schema's, and the rules' on each event.

        What the schema refuses in an event is mended before the rules see it, so that it hides nothing.
        """
        data = payload.get("data") if isinstance(payload, Mapping) else None
        events = data if isinstance(data, list) else []
        context = Context(now, self._policy, BatchFacts.of(events))
        judged = (
            self._judge_repaired(event, context, place=f"/data/{position}") if found is None else found
            for position, (event, found) in enumerate(
                zip(events, self.judge_each(events, now=now), strict=True)
            )
        )
        refused = () if schema.accepts_payload(payload, self.demands) else self.refuse(payload)
        return (*refused, *chain.from_iterable(judged))

    def refuse(self, payload: Any) -> Findings:
        """What is wrong with a payload that is refused as a whole, be it that it is no JSON."""
        own = (rule for rule in self._rules if rule.name == "schema")
        return tuple([self._stamped(rule, each) for rule in own for each in refusals(payload, self.demands)])

    def _judge_repaired(self, event: Any, context: Context, *, place: str) -> Findings:
        event = repair_event(event, now=context.now, demands=self.demands)
        return () if event is None else self._findings(self._rules, event, context, place=place)

    def _is_quiet(self, event: Event, context: Context) -> bool:
        for look in self._looks:  # noqa: SIM110 - every event comes by here, and a generator takes twice as long
            if not look(event, context):
                return False
        return True

    def _findings(self, rules: Iterable[Rule], event: Event, context: Context, *, place: str) -> Findings:
        return tuple([found for rule in rules for found in self._check(rule, event, context, place)])

    def _check(self, rule: Rule, event: Event, context: Context, place: str) -> Iterator[Finding]:
        """What a rule finds, up to `MAX_FINDINGS`; beyond them only what decides whether the event fails."""
        for count, complaint in enumerate(rule.check(event, context)):
            if count >= MAX_FINDINGS and complaint.verdict is None:
                return
            found = self._stamped(rule, complaint, place)
            if count < MAX_FINDINGS:
                yield found
            elif found.severity == "error":
                yield found
                return

    def _stamped(self, rule: Rule, complaint: Complaint, place: str = "") -> Finding:
        severity = self._severity(rule, complaint)
        silent = self._policy.warnings == "off" and severity != "error"
        said = complaint._replace(reply=None) if silent else complaint
        return stamp(rule, said, severity, place=place)

    def _severity(self, rule: Rule, complaint: Complaint) -> Severity:
        if complaint.verdict and self._profile == "faithful":
            return _SEVERITY_OF[complaint.verdict]
        return rule.severity[self._profile] or "info"
