"""Judges a pasted document: a payload, conversion events or Segment events. Nothing is stored.

The result is masked: it contains no plain text of a match key.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any, get_args

from mockpin.emulator.masking.events import mask_json
from mockpin.emulator.masking.texts import mask_text
from mockpin.segment.masking import mask_for
from mockpin.web.pages.content.annotation import Line, annotate
from mockpin.web.pages.content.documents import find_payload, find_segment_events, parse_document
from mockpin.web.pages.content.inspection import note_finding, recognize
from mockpin.web.pages.content.mapping_steps import MappingStep, describe_steps
from mockpin_validator.judging.finding import SEVERITIES
from mockpin_validator.judging.rule import Profile

if TYPE_CHECKING:
    from mockpin_transformer import Outcome
    from mockpin_validator.judging.finding import Finding
    from mockpin_validator.judging.policy import Policy

    Event = Mapping[str, Any]

PROFILES: tuple[Profile, ...] = get_args(Profile)
#: The number of events of a document that are shown.
MAX_PARTS = 20


@dataclass(frozen=True)
class JudgedPart:
    """A judged event, a payload that is refused as a whole, or a Segment event that gives no event.

    `status` is the verdict: `processed`, `failed`, `refused`, or `not sent`.
    """

    title: str
    status: str
    lines: tuple[Line, ...]
    findings: tuple[Finding, ...] = ()
    explanation: str = ""
    steps: tuple[MappingStep, ...] = ()

    @property
    def counts(self) -> tuple[tuple[str, int], ...]:
        """Findings by severity, the gravest first."""
        counted = Counter(finding.severity for finding in self.findings)
        return tuple((severity, counted[severity]) for severity in SEVERITIES if counted[severity])


@dataclass(frozen=True)
class Examination:
    """The judgement of a document: its parts, how many events are left out, and a lone Segment event."""

    parts: tuple[JudgedPart, ...]
    more: int = 0
    segment: tuple[Line, ...] = ()


@dataclass(frozen=True)
class DocumentJudge:
    """Judges documents as of `now`, in Unix seconds, under a profile and a policy."""

    now: float
    policy: Policy
    profile: Profile = "faithful"

    def examine(self, text: bytes | str) -> Examination:
        """Judge a JSON document. Raises `DocumentUnreadable`."""
        document = parse_document(text)
        segment = find_segment_events(document)
        if segment:
            return self._examine_segment(segment)
        payload = find_payload(document)
        return Examination(tuple(self._judge(payload)), _count_rest(payload["data"]))

    def _judge(self, payload: Event) -> Iterator[JudgedPart]:
        from mockpin_validator import validate  # noqa: PLC0415 - jsonschema is loaded when first needed

        report = validate(payload, profile=self.profile, now=self.now, policy=self.policy)
        if any(finding.rule == "schema" for finding in report):
            yield judge_refused(mask_json(payload), report.findings)
            return
        for index, event in enumerate(payload["data"][:MAX_PARTS]):
            yield make_event_part(event, report.for_event(index))

    def _examine_segment(self, events: Sequence[Event]) -> Examination:
        parts = tuple(part for event in events[:MAX_PARTS] for part in self._convert(event))
        alone = annotate(_mask_for_presets()(events[0])) if len(events) == 1 else ()
        return Examination(parts, _count_rest(events), alone)

    def _convert(self, event: Event) -> Iterator[JudgedPart]:
        """Judge what each preset whose trigger matches makes of a Segment event."""
        from mockpin_transformer import PRESETS  # noqa: PLC0415 - loaded when first needed

        outcomes = (preset.subscription.convert(event, trace=True) for preset in PRESETS.values())
        parts = tuple(filter(None, (self._judge_outcome(event, outcome) for outcome in outcomes)))
        explanation = "No preset's trigger matches this event: Segment would send nothing to Pinterest."
        yield from parts or (JudgedPart(name_segment_event(event), "not sent", (), explanation=explanation),)

    def _judge_outcome(self, event: Event, outcome: Outcome) -> JudgedPart | None:
        """Judge what a preset makes of a Segment event; None if its trigger does not match."""
        from mockpin_validator import validate  # noqa: PLC0415 - jsonschema is loaded when first needed

        title = f"{name_segment_event(event)}, by the preset {outcome.subscription.name}"
        if outcome.error:
            return JudgedPart(title, "not sent", (), explanation=mask_text(str(outcome.error)))
        if outcome.conversion is None:
            return None
        conversion = outcome.conversion
        report = validate(conversion.event, profile=self.profile, now=self.now, policy=self.policy)
        judged = make_event_part(conversion.event, report.findings)
        return replace(judged, title=title, steps=tuple(describe_steps(conversion.trace)))


def _count_rest(events: Sequence[Event]) -> int:
    return max(0, len(events) - MAX_PARTS)


def name_segment_event(event: Event) -> str:
    """Return a short name of a Segment event: its call and its own name."""
    name = event.get("event") or event.get("name")
    return f"{event['type']} {mask_text(name)}" if isinstance(name, str) else str(event["type"])


@cache
def _mask_for_presets() -> Callable[[Event], Event]:
    from mockpin_transformer import PRESETS  # noqa: PLC0415 - loaded when first needed

    return mask_for([preset.subscription for preset in PRESETS.values()])


def judge_refused(masked: Any, findings: tuple[Finding, ...]) -> JudgedPart:
    """Judge a payload that is refused as a whole, with Pinterest's message about the masked payload."""
    from mockpin_validator import Judge  # noqa: PLC0415 - jsonschema is loaded when first needed

    notes = [note_finding(finding.to_dict(), whole=True) for finding in findings]
    sentence = Judge().refusal(masked)
    explanation = f"Invalid request: {sentence}" if sentence else ""
    return JudgedPart("The whole payload", "refused", annotate(masked, notes), findings, explanation)


def make_event_part(event: Event, findings: tuple[Finding, ...]) -> JudgedPart:
    """Return one conversion event with the findings about it."""
    masked = mask_json(event)
    notes = [*(note_finding(finding.to_dict()) for finding in findings), *recognize(masked)]
    failed = any(finding.severity == "error" for finding in findings)
    replies = (
        finding.reply for finding in findings if finding.reply and (finding.severity == "error") is failed
    )
    explanation = "; ".join(replies)
    title = f"{masked.get('event_name')} {masked.get('event_id')}"
    return JudgedPart(
        title, "failed" if failed else "processed", annotate(masked, notes), findings, explanation
    )
