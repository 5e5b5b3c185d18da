"""The payloads that Segment's prebuilt mappings make of Segment events, for `validate --from segment`."""

import re
from collections.abc import Iterator
from typing import Any, Final

import transformer
from mockpin.segment.rules import NOT_CONVERTED, NOT_SUBSCRIBED, SOURCE
from transformer import PRESETS, TransformFailed
from transformer.destination import is_subscribed
from validator.archive.requests import NO_PAYLOAD, Request
from validator.finding import Finding, Severity

_PERSONAL: Final = re.compile(r"\S*@\S*|\+?\d[\d\s().-]{5,}\d|\"[^\"]*\"")


def segment_payloads(document: Any) -> Iterator[Request]:
    """A payload for each prebuilt mapping that takes a Segment event; why there is none, as a finding.

    A document is one event, a list of them, or a request of Segment's batch API.
    """
    root, events = events_of(document)
    for index, event in enumerate(events):
        where = "" if root is None else f"{root}/{index}"
        made = tuple(requests_of(event, where, root=root, index=index))
        yield from made or (unmade(NOT_SUBSCRIBED.name, "info", where),)


def events_of(document: Any) -> tuple[str | None, list[Any]]:
    """The pointer to the list of a document's events (None: the document is one event), and the events."""
    if isinstance(document, list):
        return "", document
    if isinstance(document, dict) and isinstance(document.get("batch"), list):
        return "/batch", document["batch"]
    return None, [document]


def requests_of(event: Any, where: str, *, root: str | None, index: int) -> Iterator[Request]:
    """What each prebuilt mapping that is subscribed to an event makes of it."""
    for preset in PRESETS.values() if isinstance(event, dict) else ():
        try:
            if is_subscribed(preset.trigger, event):
                conversion = transformer.convert(event, preset.mapping)
                yield Request({"data": [conversion.event]}, root, index)
        except TransformFailed as error:
            yield unmade(NOT_CONVERTED.name, "error", where, said=f"{preset.name}: {masked(str(error))}")


def masked(text: str) -> str:
    """An error's words without anything that may be somebody's data."""
    return _PERSONAL.sub("•••", text)


#: Rule -> what it says, and what to do.
COMPLAINTS: Final = {
    NOT_SUBSCRIBED.name: (
        "No prebuilt mapping takes this Segment event, so nothing would be sent for it.",
        "Name the event as Segment's specification does, or transform it with a mapping of your own.",
    ),
    NOT_CONVERTED.name: (
        "Segment's prebuilt mapping cannot convert this event ({said}), so nothing would be sent for it.",
        "Send the fields that the mapping needs; mockpin transform --explain shows them.",
    ),
}


def unmade(rule: str, severity: Severity, where: str, *, said: str = "") -> Request:
    """A Segment event of which no payload is made."""
    message, fix = COMPLAINTS[rule]
    finding = Finding(rule, severity, where, message.format(said=said), fix, SOURCE, "documented")
    return Request(NO_PAYLOAD, findings=(finding,))
