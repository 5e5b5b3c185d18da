"""How `validate` reads a document: as conversion events, or through Segment's prebuilt mappings."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, NamedTuple

from mockpin.emulator.tag.hits import NO_EVENTS, unfold
from mockpin.emulator.tag.rules import find_unreadable
from mockpin.segment.recognition import (
    OF_PINTEREST,
    OF_SEGMENT,
    Kind,
    list_events,
    tell_kind,
    unpack_export,
)
from mockpin.segment.rules import NOT_CONVERTED, NOT_SUBSCRIBED, WRONG_KIND
from mockpin_transformer import PRESETS
from mockpin_validator.archive.har import PAYLOAD, SEGMENT, TAG
from mockpin_validator.archive.requests import NO_PAYLOAD, Reading, Request, payloads_of
from mockpin_validator.judging.finding import Complaint
from mockpin_validator.judging.rule import DocumentRule, stamp

_PERSONAL: Final = re.compile(r"(?<!\S)[^\s@]*+@\S*|\+?\d[\d\s().-]{5,}\d|\"[^\"]*\"")


def conversion_payloads(document: Any) -> Iterable[Request]:
    """The payloads of a document as it stands, unless it holds Segment events."""
    exported = unpack_export(document)
    if exported is not None:
        return map(exported_payload, exported)
    first = document[0] if isinstance(document, list) and document else document
    return (unmade(_SEGMENT_EVENT, ""),) if tell_kind(first) in OF_SEGMENT else payloads_of(document)


def exported_payload(found: tuple[str, Any]) -> Request:
    """A payload or a conversion event that the emulator exported, at its pointer."""
    pointer, value = found
    if tell_kind(value) is Kind.PAYLOAD:
        return Request(value, f"{pointer}/data")
    return Request({"data": [value]}, None, event_pointer=pointer)


def tag_payloads(pairs: Any) -> Iterator[Request]:
    """A recorded hit of the tag, given as pairs of parameters: its event, and what cannot be read of it."""
    fields = unfold(pairs)
    event = {
        "event_name": str(fields.get("event", "")).replace(" ", ""),
        "user_data": fields.get("pd"),
        "custom_data": fields.get("ed"),
    }
    events = () if event["event_name"] in NO_EVENTS else (event,)
    yield Request(NO_PAYLOAD, findings=find_unreadable(fields) if events else (), events=events)


def segment_payloads(document: Any) -> Iterator[Request]:
    """A payload for each prebuilt mapping that takes a Segment event; why there is none, as a finding.

    A document is one event, a list of them, or a request of Segment's batch API.
    """
    root, events = (None, [document]) if tell_kind(document) is Kind.PAYLOAD else list_events(document)
    for index, event in enumerate(events):
        where = "" if root is None else f"{root}/{index}"
        made = tuple(requests_of(event, where, root=root, index=index))
        why = _CONVERSION_EVENT if tell_kind(event) in OF_PINTEREST else _NOT_TAKEN
        yield from made or (unmade(why, where),)


def requests_of(event: Any, where: str, *, root: str | None, index: int) -> Iterator[Request]:
    """What each prebuilt mapping that is subscribed to an event makes of it."""
    subscriptions = (preset.subscription for preset in PRESETS.values())
    for outcome in (each.convert(event) for each in subscriptions if isinstance(event, dict)):
        if outcome.conversion:
            yield Request({"data": [outcome.conversion.event]}, root, index)
        elif outcome.error:
            said = f"{outcome.subscription.name}: {masked(str(outcome.error))}"
            yield unmade(_NOT_CONVERTED, where, said=said)


def masked(text: str) -> str:
    """An error's words without anything that may be somebody's data."""
    return _PERSONAL.sub("•••", text)


class Unmade(NamedTuple):
    """Why no payload is made of an event: the rule, what it says, and what to do."""

    rule: DocumentRule
    message: str
    fix: str


_NOT_TAKEN: Final = Unmade(
    NOT_SUBSCRIBED,
    "No prebuilt mapping takes this Segment event, so nothing would be sent for it.",
    "Name the event as Segment's specification does, or transform it with a mapping of your own.",
)
_NOT_CONVERTED: Final = Unmade(
    NOT_CONVERTED,
    "Segment's prebuilt mapping cannot convert this event ({said}), so nothing would be sent for it.",
    "Send the fields that the mapping needs; mockpin transform --explain shows them.",
)
_SEGMENT_EVENT: Final = Unmade(
    WRONG_KIND,
    "This looks like a Segment event, not like a conversion event.",
    "Judge it with --from segment.",
)
_CONVERSION_EVENT: Final = Unmade(
    WRONG_KIND,
    "This looks like a conversion event, not like a Segment event.",
    "Judge it without --from segment.",
)


def unmade(why: Unmade, where: str, *, said: str = "") -> Request:
    """An event of which no payload is made."""
    rule, severity = why.rule, why.rule.severity["faithful"] or "info"
    complaint = Complaint(where, why.message.format(said=said), why.fix)
    return Request(NO_PAYLOAD, findings=(stamp(rule, complaint, severity),))


#: What the files are said to hold -> how they are read.
READINGS: Final[Mapping[str, Reading]] = {"payload": conversion_payloads, "segment": segment_payloads}
#: What a recorded request is -> how its body is read.
RECORDED: Final[Mapping[str, Reading]] = {PAYLOAD: payloads_of, SEGMENT: segment_payloads, TAG: tag_payloads}
