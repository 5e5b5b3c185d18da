"""Readers of documents for `validate`: as conversion events, or through Segment's prebuilt mappings."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, NamedTuple

from mockpin.emulator.tag.hits import NO_EVENTS, unfold
from mockpin.emulator.tag.rules import find_unreadable
from mockpin.segment.rules import NOT_CONVERTED, NOT_SUBSCRIBED, WRONG_KIND
from mockpin_transformer import PRESETS
from mockpin_validator.archive.payloads import NO_PAYLOAD, Payload, Reading, payloads_of
from mockpin_validator.contract.kinds import PINTEREST_KINDS, SEGMENT_KINDS, Kind, list_events, tell_kind
from mockpin_validator.judging.finding import Complaint
from mockpin_validator.judging.rule import DocumentRule, build_finding

_PERSONAL: Final = re.compile(r"(?<!\S)[^\s@]*+@\S*|\+?\d[\d\s().-]{5,}\d|\"[^\"]*\"")


def conversion_payloads(document: Any) -> Iterable[Payload]:
    """Return the payloads of a document; for a Segment document, a finding instead."""
    first = document[0] if isinstance(document, list) and document else document
    if tell_kind(first) in SEGMENT_KINDS:
        return (report_missing_payload(_SEGMENT_EVENT, ""),)
    return payloads_of(document)


def tag_payloads(pairs: Any) -> Iterator[Payload]:
    """Yield the event of a recorded tag hit, given as pairs of parameters, and findings about it."""
    fields = unfold(pairs)
    event = {
        "event_name": str(fields.get("event", "")).replace(" ", ""),
        "user_data": fields.get("pd"),
        "custom_data": fields.get("ed"),
    }
    events = () if event["event_name"] in NO_EVENTS else (event,)
    yield Payload(NO_PAYLOAD, findings=find_unreadable(fields) if events else (), events=events)


def segment_payloads(document: Any) -> Iterator[Payload]:
    """Yield a payload for each prebuilt mapping that takes a Segment event, or a finding if none does.

    A document is one event, a list of them, or a request of Segment's batch API.
    """
    events = [("", document)] if tell_kind(document) is Kind.PAYLOAD else list_events(document)
    for pointer, event in events:
        payloads = tuple(convert_event(event, pointer))
        reason = _CONVERSION_EVENT if tell_kind(event) in PINTEREST_KINDS else _NOT_TAKEN
        yield from payloads or (report_missing_payload(reason, pointer),)


def convert_event(event: Any, pointer: str) -> Iterator[Payload]:
    """Yield what each prebuilt mapping makes of an event, unless its trigger does not match."""
    subscriptions = (preset.subscription for preset in PRESETS.values())
    for outcome in (subscription.convert(event) for subscription in subscriptions if isinstance(event, dict)):
        if outcome.conversion:
            index = int(pointer.rpartition("/")[2] or 0)
            yield Payload({"data": [outcome.conversion.event]}, None, index, event_pointer=pointer)
        elif outcome.error:
            error = f"{outcome.subscription.name}: {mask_personal(str(outcome.error))}"
            yield report_missing_payload(_NOT_CONVERTED, pointer, error=error)


def mask_personal(text: str) -> str:
    """Replace everything in an error message that may be personal data."""
    return _PERSONAL.sub("•••", text)


class MissingPayload(NamedTuple):
    """Why an event gives no payload: the rule, its message, and the fix."""

    rule: DocumentRule
    message: str
    fix: str


_NOT_TAKEN: Final = MissingPayload(
    NOT_SUBSCRIBED,
    "No prebuilt mapping takes this Segment event, so nothing would be sent for it.",
    "Name the event as Segment's specification does, or transform it with a mapping of your own.",
)
_NOT_CONVERTED: Final = MissingPayload(
    NOT_CONVERTED,
    "Segment's prebuilt mapping cannot convert this event ({error}), so nothing would be sent for it.",
    "Send the fields that the mapping needs; mockpin transform --explain shows them.",
)
_SEGMENT_EVENT: Final = MissingPayload(
    WRONG_KIND,
    "This looks like a Segment event, not like a conversion event.",
    "Judge it with --from segment.",
)
_CONVERSION_EVENT: Final = MissingPayload(
    WRONG_KIND,
    "This looks like a conversion event, not like a Segment event.",
    "Judge it without --from segment.",
)


def report_missing_payload(missing: MissingPayload, pointer: str, *, error: str = "") -> Payload:
    """Return no payload, but the finding that says why."""
    rule, severity = missing.rule, missing.rule.severity["faithful"] or "info"
    complaint = Complaint(pointer, missing.message.format(error=error), missing.fix)
    return Payload(NO_PAYLOAD, findings=(build_finding(rule, complaint, severity),))


#: The kind of a file's documents (`--from`) -> its reader.
READINGS: Final[Mapping[str, Reading]] = {"payload": conversion_payloads, "segment": segment_payloads}
#: The kind of a recorded request -> the reader of its body.
RECORDED: Final[Mapping[Kind, Reading]] = {
    Kind.PAYLOAD: payloads_of, Kind.SEGMENT_EVENT: segment_payloads, Kind.TAG_HIT: tag_payloads,
}  # fmt: skip
