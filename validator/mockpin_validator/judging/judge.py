"""Judging payloads: the schema gate first, then the rules, event by event."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import chain
from typing import Any, Final

from mockpin_validator.contract import gate as schema
from mockpin_validator.contract.request import Demands, event_schema
from mockpin_validator.judging.clean_gate import build_clean_gate
from mockpin_validator.judging.context import BatchFacts, Context, Event
from mockpin_validator.judging.finding import Complaint, Finding, Severity
from mockpin_validator.judging.policy import Policy, Verdict
from mockpin_validator.judging.repair import repair_event
from mockpin_validator.judging.rule import Profile, QuickCheck, Rule, build_finding
from mockpin_validator.judging.rule_groups import RuleSection, divide_rules, group_rules
from mockpin_validator.rules import RULES
from mockpin_validator.rules.schema import refusals

_SEVERITY_OF: Final[Mapping[Verdict, Severity]] = {"fail": "error", "warn": "warning"}
Findings = tuple[Finding, ...]
#: Findings of one rule on one event: an event may hold a million mistakes.
MAX_FINDINGS: Final = 100


class Judge:
    """Judges conversion events under one policy, profile and table of rules.

    Under the profile `faithful` an event has a finding of severity error exactly if Pinterest, as far as is
    known, would answer the event with "failed" or refuse its request.
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
        self._without_schema = tuple(rule for rule in self._rules if rule.clean is None)

    def refusal(self, payload: Any) -> str | None:
        """Return the sentence in which Pinterest refuses the whole payload, None if it accepts."""
        return schema.refusal(payload, self.demands)

    def judge(self, payload: Mapping[str, Any], *, now: float | None) -> tuple[Findings, ...]:
        """Return the findings on each event of a payload that the schema accepts.

        `now` is in Unix seconds; None disables the rules about time.
        """
        return tuple([findings or () for findings in self.judge_each(payload["data"], now=now)])

    def judge_sound(self, payload: Any, *, now: float | None) -> tuple[Findings, ...] | None:
        """Return the findings on each event of a payload, None if the schema refuses the payload."""
        if not schema.accepts_envelope(payload):
            return None
        judged = tuple(self.judge_each(payload["data"], now=now))
        return None if None in judged else judged  # type: ignore[return-value]  # it holds no None here

    def judge_each(self, events: Sequence[Any], *, now: float | None) -> Iterator[Findings | None]:
        """Yield the findings on each event of a batch, None for an event that the schema refuses."""
        context, is_clean, is_quiet = (
            Context(now, self._policy, BatchFacts.of(events)),
            self._is_clean,
            self._is_quiet,
        )
        for position, event in enumerate(events):
            clean = is_clean(event)
            if clean and is_quiet(event, context):
                yield ()
            elif clean or schema.accepts_event(event, self.demands):
                sections = self._sections_without_schema if clean else self._sections
                yield self._findings(sections, event, context, place=f"/data/{position}")
            else:
                yield None

    def review(self, payload: Any, *, now: float | None) -> Findings:
        """Return all findings on any value: those of the schema, and those of the rules on each event.

        A refused event is repaired before the rules judge it, so that one mistake does not hide others.
        """
        data = payload.get("data") if isinstance(payload, Mapping) else None
        events = data if isinstance(data, list) else []
        context = Context(now, self._policy, BatchFacts.of(events))
        judged = (
            self._judge_repaired(event, context, place=f"/data/{position}") if findings is None else findings
            for position, (event, findings) in enumerate(
                zip(events, self.judge_each(events, now=now), strict=True)
            )
        )
        refused = () if schema.accepts_payload(payload, self.demands) else self.refuse(payload)
        return (*refused, *chain.from_iterable(judged))

    def refuse(self, payload: Any) -> Findings:
        """Return the schema's findings on a refused payload, including one that is not JSON."""
        rules = [rule for rule in self._rules if rule.name == "schema"]
        complaints = refusals(payload, self.demands) if rules else ()
        return tuple([self._build_finding(rules[0], complaint) for complaint in complaints])

    def _judge_repaired(self, event: Any, context: Context, *, place: str) -> Findings:
        event = repair_event(event, now=context.now, demands=self.demands)
        return () if event is None else self._findings(self._sections, event, context, place=place)

    def _is_quiet(self, event: Event, context: Context) -> bool:
        for is_quiet in self._quick_checks:  # noqa: SIM110 - runs for every event; a generator takes twice as long
            if not is_quiet(event, context):
                return False
        return True

    @cached_property
    def _is_clean(self) -> Callable[[Any], bool]:
        """The check that only clean events pass, built for the first of them: a server starts without it."""
        return _find_clean_gate(self.demands, self._rules)

    @cached_property
    def _quick_checks(self) -> tuple[QuickCheck, ...]:
        return tuple(group.is_quiet for group in group_rules(self._without_schema))

    @cached_property
    def _sections_without_schema(self) -> tuple[RuleSection, ...]:
        return divide_rules(self._without_schema)

    @cached_property
    def _sections(self) -> tuple[RuleSection, ...]:
        """All rules, divided when an event first needs them: a clean event does not."""
        return divide_rules(self._rules)

    def _findings(
        self, sections: Iterable[RuleSection], event: Event, context: Context, *, place: str
    ) -> Findings:
        """Run the rules of the sections and groups whose checks do not rule out a finding."""
        return tuple(
            [
                finding
                for section in sections
                if not section.is_quiet(event, context)
                for group in section.groups
                if not group.is_quiet(event, context)
                for rule in group.rules
                for finding in self._check(rule, event, context, place)
            ]
        )

    def _check(self, rule: Rule, event: Event, context: Context, place: str) -> Iterator[Finding]:
        """Yield at most `MAX_FINDINGS` findings of a rule, then the first error, which decides."""
        for count, complaint in enumerate(rule.check(event, context)):
            if count >= MAX_FINDINGS and complaint.verdict is None:
                return
            finding = self._build_finding(rule, complaint, place)
            if count < MAX_FINDINGS:
                yield finding
            elif finding.severity == "error":
                yield finding
                return

    def _build_finding(self, rule: Rule, complaint: Complaint, place: str = "") -> Finding:
        severity = self._decide_severity(rule, complaint)
        has_no_reply = self._policy.warnings == "off" and severity != "error"
        shown = complaint._replace(reply=None) if has_no_reply else complaint
        return build_finding(rule, shown, severity, place=place)

    def _decide_severity(self, rule: Rule, complaint: Complaint) -> Severity:
        if complaint.verdict and self._profile == "faithful":
            return _SEVERITY_OF[complaint.verdict]
        return rule.severity[self._profile] or "info"


@lru_cache(maxsize=16)  # for all judges of a process, as `divide_rules`
def _find_clean_gate(demands: Demands, rules: tuple[Rule, ...]) -> Callable[[Any], bool]:
    return build_clean_gate(event_schema(demands), rules)
