"""How documents are judged: settings that can travel to another process, and the judge made of them there."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from itertools import chain
from typing import Any, NamedTuple

from mockpin_validator.archive.documents import Document
from mockpin_validator.archive.parsing import Unparsable, find_duplicate_key, parse
from mockpin_validator.archive.payloads import NO_PAYLOAD, Payload, Reading, find_payloads
from mockpin_validator.archive.placing import Placing, make_line_finder, place_in_payload, place_in_text
from mockpin_validator.archive.positions import Positions
from mockpin_validator.archive.rules import DUPLICATE_KEY
from mockpin_validator.contract.kinds import Kind
from mockpin_validator.judging.finding import Finding, Severity
from mockpin_validator.judging.judge import Judge
from mockpin_validator.judging.policy import Policy
from mockpin_validator.judging.rule import Profile, Rule
from mockpin_validator.match_quality.quality import Shape, shape_of
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
    reading: Reading = find_payloads
    readings: Mapping[Kind, Reading] = field(default_factory=dict)
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
        return tuple(dict.fromkeys(function.__module__ for function in functions if function is not None))

    def explain(self, payload: Any) -> Iterable[Finding]:
        """The findings on a payload that the schema refuses."""
        return self.judge.review(payload, now=self.now)

    @cached_property
    def forbids_duplicate_keys(self) -> bool:
        """Whether a finding is made of an object that has a key twice."""
        severity = DUPLICATE_KEY.severity[self.profile]
        return self.severities.get(DUPLICATE_KEY.name, severity) is not None

    def choose_reading(self, document: Document) -> Reading:
        """The reading of a document: by its kind in a recording, else the common one."""
        return self.readings.get(document.kind, self.reading) if document.kind else self.reading

    def weigh(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """Findings about documents, in the severities that are asked for."""
        for finding in findings:
            if severity := self.severities.get(finding.rule, finding.severity):
                yield replace(finding, severity=severity)

    def _weighed(self, rule: Rule) -> Rule:
        if rule.name not in self.severities:
            return rule
        return replace(rule, severity={**rule.severity, self.profile: self.severities[rule.name]})

    def __getstate__(self) -> dict[str, Any]:
        """What another process needs; it makes its own rules and judge."""
        policy = replace(self.policy, unhashed=dict(self.policy.unhashed))
        return {field.name: getattr(self, field.name) for field in fields(self)} | {"policy": policy}


class JudgedDocument(NamedTuple):
    """What was found in a document of some lines and bytes.

    `shapes` are those of its events without the match keys that cannot match anybody, `failed` is how many
    events have an error. Each finding is beside the function that places it.
    """

    lines: int = 1
    size: int = 0
    shapes: tuple[Shape, ...] = ()
    failed: int = 0
    findings: tuple[tuple[Finding, Placing], ...] = ()
    facts: tuple[Any, ...] = ()
    is_readable: bool = True


def judge_document(document: Document, judging: Judging, file: str) -> JudgedDocument:
    """Judge one document; a blank line holds nothing, and one that is not JSON holds one error."""
    lines, size = document.lines, len(document.text)
    if document.text.isspace():
        return JudgedDocument(lines, size)
    positions = Positions(document)
    try:
        value = parse(document)
    except Unparsable as error:
        found = (error.finding, place_in_text(file, positions, error.offset))
        return JudgedDocument(lines, size, findings=(found,), is_readable=False)
    payloads = [
        judge_payload(payload, judging, file, positions)
        for payload in judging.choose_reading(document)(value)
    ]
    whole = payloads[0] if len(payloads) == 1 else join_payloads(payloads)
    findings = (*judge_duplicate_key(positions, value, judging, file), *whole.findings)
    return JudgedDocument(lines, size, whole.shapes, whole.failed, findings, whole.facts)


def judge_duplicate_key(
    positions: Positions, value: Any, judging: Judging, file: str
) -> tuple[tuple[Finding, Placing], ...]:
    """The finding on the first key that an object of the document has twice; empty without one."""
    duplicate = find_duplicate_key(positions.document, value) if judging.forbids_duplicate_keys else None
    if duplicate is None:
        return ()
    finding, offset = duplicate
    place = place_in_text(file, positions, offset)
    return tuple((weighed, place) for weighed in judging.weigh((finding,)))


def join_payloads(payloads: Sequence[JudgedDocument]) -> JudgedDocument:
    """What was found in the payloads of one document, as one."""
    return JudgedDocument(
        shapes=tuple(chain.from_iterable(payload.shapes for payload in payloads)),
        failed=sum(payload.failed for payload in payloads),
        findings=tuple(chain.from_iterable(payload.findings for payload in payloads)),
        facts=tuple(chain.from_iterable(payload.facts for payload in payloads)),
    )


def judge_payload(payload: Payload, judging: Judging, file: str, positions: Positions) -> JudgedDocument:
    """Judge one payload: what the schema refuses fails as a whole, otherwise each event by itself."""
    place = place_in_payload(file, positions, payload)
    if payload.value is NO_PAYLOAD:
        weighed = tuple((finding, place) for finding in judging.weigh(payload.findings))
        return JudgedDocument(shapes=tuple(map(shape_of, payload.events)), findings=weighed)
    events = find_events(payload.value)
    by_event = judging.judge.judge_sound(payload.value, now=judging.now)
    if by_event is None:
        findings = tuple(judging.explain(payload.value))
        failed = len(events) if has_error(findings) else 0
        by_event = tuple(findings_by_event(findings, len(events))) if judging.fact_of else ()
    else:
        findings = tuple(chain.from_iterable(by_event)) if any(by_event) else ()
        failed = sum(map(has_error, by_event)) if findings else 0
    facts = ()
    if judging.fact_of:
        lines = make_line_finder(positions, payload)
        facts = make_facts(zip(events, by_event, strict=False), judging.fact_of, file, lines)
    usable = usable_events(events, findings) if findings else events
    return JudgedDocument(
        shapes=tuple(map(shape_of, usable)),
        failed=failed,
        findings=tuple([(finding, place) for finding in findings]),
        facts=facts,
    )


def findings_by_event(findings: Iterable[Finding], count: int) -> Iterator[tuple[Finding, ...]]:
    """The findings on each event of a refused payload, together with those on the payload itself."""
    grouped: dict[str, list[Finding]] = {}
    for finding in findings:
        index = finding.path.split("/", 3)[2:3]
        grouped.setdefault("".join(index), []).append(finding)
    whole = grouped.get("", [])
    return ((*whole, *grouped.get(str(index), ())) for index in range(count))


def make_facts(
    judged: Iterable[tuple[Any, Sequence[Finding]]],
    fact_of: FactMaker,
    file: str,
    line_of: Callable[[int], int],
) -> tuple[Any, ...]:
    """The rows that observations are drawn from, one for each event and the findings on it."""
    rows = [fact_of(event, findings, file, line_of(index)) for index, (event, findings) in enumerate(judged)]
    return tuple([row for row in rows if row is not None])


def has_error(findings: Iterable[Finding]) -> bool:
    """Whether any finding is an error."""
    return any(finding.severity == "error" for finding in findings)


def find_events(payload: Any) -> tuple[Any, ...]:
    """The items of a payload's `data`; empty where it is not a list."""
    data = payload.get("data") if isinstance(payload, dict) else None
    return tuple(data) if isinstance(data, list) else ()
