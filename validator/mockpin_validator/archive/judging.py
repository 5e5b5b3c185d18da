"""How documents are judged: settings that can travel to another process, and the judge made of them there."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from itertools import chain
from typing import Any, Final, NamedTuple

from mockpin_validator.archive.documents import Document
from mockpin_validator.archive.parsing import Unparsable, parse, twins_of
from mockpin_validator.archive.places import Places
from mockpin_validator.archive.requests import NO_PAYLOAD, Reading, Request, payloads_of
from mockpin_validator.archive.rules import DUPLICATE_KEY
from mockpin_validator.archive.tally import PlacedFinding
from mockpin_validator.judging.finding import Finding, Severity
from mockpin_validator.judging.judge import Judge
from mockpin_validator.judging.policy import Policy
from mockpin_validator.judging.rule import Profile, Rule
from mockpin_validator.match_quality.usable_keys import usable_events
from mockpin_validator.rules import RULES

#: Makes a row of an event, the findings on it, its file and its line (None where it is not known).
FactMaker = Callable[[Any, Sequence[Finding], str, int | None], Any]


@dataclass(frozen=True)
class Judging:
    """Everything that decides what is found: equal settings find the same in every process.

    `reading` finds the payloads in a document, `readings` in those of a recording, by kind.
    `severities` overrides those of rules by name (None: not judged); `now` is in Unix seconds, None when the
    age of events does not matter. `fact_of` makes the row of an event that observations are drawn from; it
    must be picklable.
    """

    profile: Profile = "faithful"
    now: float | None = None
    severities: Mapping[str, Severity | None] = field(default_factory=dict)
    policy: Policy = field(default_factory=Policy)
    reading: Reading = payloads_of
    readings: Mapping[str, Reading] = field(default_factory=dict)
    fact_of: FactMaker | None = None

    @cached_property
    def rules(self) -> Mapping[str, Rule]:
        """The rules with the severities that are asked for."""
        return {name: self._weighed(rule) for name, rule in RULES.items()}

    @cached_property
    def judge(self) -> Judge:
        """The judge of these settings."""
        return Judge(self.policy, profile=self.profile, rules=self.rules)

    @property
    def modules(self) -> tuple[str, ...]:
        """The modules that the functions it is made of are in."""
        functions = (self.reading, *self.readings.values(), self.fact_of)
        return tuple(dict.fromkeys(each.__module__ for each in functions if each is not None))

    def explain(self, payload: Any) -> Iterable[Finding]:
        """The findings on a payload that the schema refuses."""
        return self.judge.review(payload, now=self.now)

    @cached_property
    def forbids_twins(self) -> bool:
        """Whether it is judged at all that an object has a key twice."""
        severity = DUPLICATE_KEY.severity[self.profile]
        return self.severities.get(DUPLICATE_KEY.name, severity) is not None

    def reading_of(self, document: Document) -> Reading:
        """How a document is read."""
        return self.readings.get(document.kind, self.reading)

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


#: A finding, and the function that places it in its document's text; it is called only for what is kept.
PlaceableFinding = tuple[Finding, Callable[[Finding], PlacedFinding]]


class JudgedDocument(NamedTuple):
    """The events of a document, how many of them have an error, and what was found in it.

    The events are without the match keys that cannot match anybody.
    """

    events: tuple[Any, ...] = ()
    failed: int = 0
    findings: tuple[PlaceableFinding, ...] = ()
    facts: tuple[Any, ...] = ()
    is_readable: bool = True


EMPTY: Final = JudgedDocument()


def judge_document(document: Document, judging: Judging, file: str) -> JudgedDocument:
    """Judge one document; a blank line holds nothing, and one that is not JSON holds one error."""
    if document.text.isspace():
        return EMPTY
    places = Places(document, file)
    try:
        value = parse(document)
    except Unparsable as error:
        return JudgedDocument(findings=((error.finding, places.place_text),), is_readable=False)
    requests = [judge_request(request, judging, places) for request in judging.reading_of(document)(value)]
    whole = requests[0] if len(requests) == 1 else joined(requests)
    if not judging.forbids_twins:
        return whole
    twins = judging.weigh(twins_of(document, value))
    return whole._replace(findings=(*((each, places.place_text) for each in twins), *whole.findings))


def joined(requests: Sequence[JudgedDocument]) -> JudgedDocument:
    """The requests of one document together."""
    return JudgedDocument(
        tuple(chain.from_iterable(each.events for each in requests)),
        sum(each.failed for each in requests),
        tuple(chain.from_iterable(each.findings for each in requests)),
        tuple(chain.from_iterable(each.facts for each in requests)),
    )


def judge_request(request: Request, judging: Judging, places: Places) -> JudgedDocument:
    """Judge one payload: what the schema refuses fails as a whole, otherwise each event by itself."""
    payload = request.payload
    if payload is NO_PAYLOAD:
        place = places.place_in(None)
        weighed = tuple((each, place) for each in judging.weigh(request.findings))
        return JudgedDocument(request.events, findings=weighed)
    events = events_of(payload)
    by_event = judging.judge.judge_sound(payload, now=judging.now)
    if by_event is None:
        findings = tuple(judging.explain(payload))
        failed = len(events) if has_error(findings) else 0
        by_event = tuple(findings_by_event(findings, len(events))) if judging.fact_of else ()
    else:
        findings = tuple(chain.from_iterable(by_event)) if any(by_event) else ()
        failed = sum(map(has_error, by_event)) if findings else 0
    facts = facts_of(request, zip(events, by_event, strict=False), judging, places) if judging.fact_of else ()
    if not findings:
        return JudgedDocument(events, facts=facts)
    place = places.place_in(request)
    return JudgedDocument(
        usable_events(events, findings), failed, tuple((each, place) for each in findings), facts
    )


def findings_by_event(findings: Iterable[Finding], count: int) -> Iterator[tuple[Finding, ...]]:
    """The findings on each event of a refused payload, together with those on the payload itself."""
    grouped: dict[str, list[Finding]] = {}
    for each in findings:
        index = each.path.split("/", 3)[2:3]
        grouped.setdefault("".join(index), []).append(each)
    whole = grouped.get("", [])
    return ((*whole, *grouped.get(str(index), ())) for index in range(count))


def facts_of(
    request: Request, judged: Iterable[tuple[Any, Sequence[Finding]]], judging: Judging, places: Places
) -> tuple[Any, ...]:
    """The rows that observations are drawn from, one for each event."""
    if judging.fact_of is None:
        return ()
    lines = places.lines_of(request)
    rows = (
        judging.fact_of(event, findings, places.file, lines(index))
        for index, (event, findings) in enumerate(judged)
    )
    return tuple(row for row in rows if row is not None)


def has_error(findings: Iterable[Finding]) -> bool:
    """Whether any finding is an error."""
    return any(each.severity == "error" for each in findings)


def events_of(payload: Any) -> tuple[Any, ...]:
    """The events of a payload, as far as it has any."""
    data = payload.get("data") if isinstance(payload, dict) else None
    return tuple(data) if isinstance(data, list) else ()
