"""How `validate` reads a document: as conversion events, or through Segment's prebuilt mappings."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, NamedTuple

from mockpin.segment.recognition import OF_PINTEREST, OF_SEGMENT, Kind, list_events, tell_kind
from mockpin.segment.rules import NOT_CONVERTED, NOT_SUBSCRIBED, WRONG_KIND
from mockpin_transformer import PRESETS
from mockpin_validator.archive.requests import NO_PAYLOAD, Reading, Request, payloads_of
from mockpin_validator.judging.finding import Complaint
from mockpin_validator.judging.rule import DocumentRule, stamp

_PERSONAL: Final = re.compile(r"(?<!\S)[^\s@]*+@\S*|\+?\d[\d\s().-]{5,}\d|\"[^\"]*\"")


def conversion_payloads(document: Any) -> Iterable[Request]:
    """The payloads of a document as it stands, unless it holds Segment events."""
    first = document[0] if isinstance(document, list) and document else document
    return (unmade(_SEGMENT_EVENT, ""),) if tell_kind(first) in OF_SEGMENT else payloads_of(document)


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
