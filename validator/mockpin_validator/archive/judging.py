"""How documents are judged: settings that can travel to another process, and the judge made of them there."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from itertools import chain
from typing import Any, Final, NamedTuple

from mockpin_validator.archive.lines import Document
from mockpin_validator.archive.parsing import Unparsable, parse, twins_of
from mockpin_validator.archive.places import Places
from mockpin_validator.archive.requests import NO_PAYLOAD, Reading, Request, payloads_of
from mockpin_validator.archive.rules import DUPLICATE_KEY
from mockpin_validator.archive.tally import Sighting
from mockpin_validator.judging.finding import Finding, Severity
from mockpin_validator.judging.judge import Judge
from mockpin_validator.judging.policy import Policy
from mockpin_validator.judging.rule import Profile, Rule
from mockpin_validator.match_quality.usable_keys import usable_events
from mockpin_validator.rules import RULES


@dataclass(frozen=True)
class Judging:
    """Everything that decides what is found: equal settings find the same in every process.

    `severities` overrides those of rules by name (None: not judged); `now` is in Unix seconds, None when the
    age of events does not matter.
    """

    profile: Profile = "faithful"
    now: float | None = None
    severities: Mapping[str, Severity | None] = field(default_factory=dict)
    policy: Policy = field(default_factory=Policy)
    reading: Reading = payloads_of

    @cached_property
    def rules(self) -> Mapping[str, Rule]:
        """The rules with the severities that are asked for."""
        return {name: self._weighed(rule) for name, rule in RULES.items()}

    @cached_property
    def judge(self) -> Judge:
        """The judge of these settings."""
        return Judge(self.policy, profile=self.profile, rules=self.rules)

    def explain(self, payload: Any) -> Iterable[Finding]:
        """The findings on a payload that the schema refuses."""
        return self.judge.review(payload, now=self.now)

    @cached_property
    def forbids_twins(self) -> bool:
        """Whether it is judged at all that an object has a key twice."""
        severity = DUPLICATE_KEY.severity[self.profile]
        return self.severities.get(DUPLICATE_KEY.name, severity) is not None

    def weigh(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """Findings about documents, in the severities that are asked for."""
        for each in findings:
            if severity := self.severities.get(each.rule, each.severity):
                yield replace(each, severity=severity)

    def _weighed(self, rule: Rule) -> Rule:
        if rule.name not in self.severities:
            return rule
        return replace(rule, severity={**rule.severity, self.profile: self.severities[rule.name]})

    def __getstate__(self) -> dict[str, Any]:
        """What another process needs; it makes its own rules and judge."""
        policy = replace(self.policy, unhashed=dict(self.policy.unhashed))
        return {each.name: getattr(self, each.name) for each in fields(self)} | {"policy": policy}


class Seen(NamedTuple):
    """A finding and how to place it in its document's text, which is done only if it is to be kept."""

    finding: Finding
    place: Callable[[Finding], Sighting]


class Inspected(NamedTuple):
    """What one document came to: its events, how many of them have an error, and what was found in it.

    The events are without the match keys that match nobody.
    """

    events: tuple[Any, ...] = ()
    failed: int = 0
    seen: tuple[Seen, ...] = ()
    readable: bool = True


NOTHING: Final = Inspected()


def inspect(document: Document, judging: Judging, file: str) -> Inspected:
    """Judge one document; a blank line holds nothing, and one that is no JSON holds one error."""
    if document.text.isspace():
        return NOTHING
    places = Places(document, file)
    try:
        value = parse(document)
    except Unparsable as error:
        return Inspected(seen=(Seen(error.finding, places.place_text),), readable=False)
    parts = [inspect_request(request, judging, places) for request in judging.reading(value)]
    whole = parts[0] if len(parts) == 1 else joined(parts)
    if not judging.forbids_twins:
        return whole
    twins = judging.weigh(twins_of(document, value))
    return whole._replace(seen=(*(Seen(each, places.place_text) for each in twins), *whole.seen))


def joined(parts: Sequence[Inspected]) -> Inspected:
    """What several requests of one document came to."""
    return Inspected(
        tuple(event for part in parts for event in part.events),
        sum(part.failed for part in parts),
        tuple(seen for part in parts for seen in part.seen),
    )


def inspect_request(request: Request, judging: Judging, places: Places) -> Inspected:
    """Judge one payload: what the schema refuses fails as a whole, otherwise each event by itself."""
    payload = request.payload
    if payload is NO_PAYLOAD:
        return unmade(request, judging, places)
    events = events_of(payload)
    by_event = judging.judge.judge_sound(payload, now=judging.now)
    if by_event is None:
        findings = tuple(judging.explain(payload))
        failed = len(events) if holds_error(findings) else 0
    elif any(by_event):
        findings = tuple(chain.from_iterable(by_event))
        failed = sum(map(holds_error, by_event))
    else:
        return Inspected(events)
    return Inspected(usable_events(events, findings), failed, tuple(seen_in(request, findings, places)))


def holds_error(findings: Iterable[Finding]) -> bool:
    """Whether any finding is an error."""
    return any(each.severity == "error" for each in findings)


def unmade(request: Request, judging: Judging, places: Places) -> Inspected:
    """Why no payload could be made; nothing is sent, so no event is counted."""
    place = places.place_in(None)
    return Inspected(seen=tuple(Seen(each, place) for each in judging.weigh(request.findings)))


def events_of(payload: Any) -> tuple[Any, ...]:
    """The events of a payload, as far as it has any."""
    data = payload.get("data") if isinstance(payload, dict) else None
    return tuple(data) if isinstance(data, list) else ()


def seen_in(request: Request, findings: Iterable[Finding], places: Places) -> Iterator[Seen]:
    """Findings in a payload, each with how to place it."""
    place = places.place_in(request)
    for each in findings:
        yield Seen(each, place)
