"""Readers of documents for `validate`: as conversion events, or through Segment's prebuilt mappings."""

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, NamedTuple

from mockpin.emulator.pipeline.requests import HttpRequest
from mockpin.emulator.tag.hits import has_event, read_event, unfold
from mockpin.emulator.tag.rules import judge_hit
from mockpin.observations.in_files import FileFacts
from mockpin.segment.rules import NOT_CONVERTED, NOT_SUBSCRIBED, WRONG_KIND
from mockpin_validator.archive import Judging
from mockpin_validator.archive.payloads import (
    NO_PAYLOAD,
    Payload,
    Reading,
    find_payloads,
    find_payloads_of_kind,
)
from mockpin_validator.contract.kinds import PINTEREST_KINDS, SEGMENT_KINDS, Kind, list_events, tell_kind
from mockpin_validator.judging.finding import Complaint, Severity
from mockpin_validator.judging.rule import DocumentRule, Profile, build_finding

_PERSONAL: Final = re.compile(r"(?<!\S)[^\s@]*+@\S*|\+?\d[\d\s().-]{5,}\d|\"[^\"]*\"")


def conversion_payloads(document: Any) -> Iterable[Payload]:
    """Return the payloads of a document or of a tag hit; for a Segment document, a finding instead."""
    kind = tell_kind(document)
    first = tell_kind(document[0]) if kind is Kind.LIST and document else kind
    if first in SEGMENT_KINDS:
        return (report_missing_payload(_SEGMENT_EVENT, ""),)
    return tag_payloads(document) if kind is Kind.TAG_HIT else find_payloads_of_kind(document, kind)


def tag_payloads(document: Any) -> Iterator[Payload]:
    """Yield the event of a hit of the tag and the findings about both, as the emulator judges it.

    The document is the list of a recorded hit's parameters, or an object of them.
    """
    fields = read_hit(document.items() if isinstance(document, dict) else document)
    request = HttpRequest("GET", "/v3/")
    if has_event(fields, request):
        event = read_event(fields, request, 0)
        yield Payload(NO_PAYLOAD, findings=judge_hit(fields, event), events=(event,))
    else:
        yield Payload(NO_PAYLOAD)


def read_hit(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """Return the parameters of a hit: texts as the emulator reads them, other values as they are."""
    given = list(pairs)
    texts = unfold((name, value) for name, value in given if isinstance(value, str))
    return texts | {name: value for name, value in given if not isinstance(value, str)}


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
    from mockpin_transformer import PRESETS  # noqa: PLC0415 - loaded when first needed

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


def make_judging(
    profile: Profile,
    now: float | None,
    severities: Mapping[str, Severity | None],
    origin: str,
    *,
    alone: bool = False,
) -> Judging:
    """Return how to judge what files of an origin hold: `alone`, in this process only.

    Otherwise it may travel to other processes, and the digests of match keys have a key of this run.
    """
    return Judging(
        profile=profile,
        now=now,
        severities=dict(severities),
        reading=READINGS[origin],
        readings=RECORDED,
        fact_of=FileFacts(None if alone else os.urandom(16)),
    )


#: The kind of a file's documents (`--from`) -> its reader.
READINGS: Final[Mapping[str, Reading]] = {"payload": conversion_payloads, "segment": segment_payloads}
#: The kind of a recorded request -> the reader of its body.
RECORDED: Final[Mapping[Kind, Reading]] = {
    Kind.PAYLOAD: find_payloads, Kind.SEGMENT_EVENT: segment_payloads, Kind.TAG_HIT: tag_payloads,
}  # fmt: skip
