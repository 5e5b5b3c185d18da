"""From a JSON document to the payloads in it: a request, an event, a list of them, or an export."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final, NamedTuple

from mockpin_validator.contract.kinds import Kind, tell_kind, unpack_export
from mockpin_validator.judging.finding import Finding

#: Events that one request may have.
BATCH: Final = 1000
#: Stands for a payload that could not be made of a document; null would be one that can be sent.
NO_PAYLOAD: Final = object()


class Payload(NamedTuple):
    """A payload to judge, and where in its document a place of the payload is.

    `root` is the document's pointer to what stands at /data, and `first` the index there of the payload's
    first event. A bare event has no list around it: its root is None, and `event_pointer` leads to it. Where
    no payload could be made, `value` is NO_PAYLOAD and `findings` say why, with pointers into the document.
    `events` are counted without being judged, as those of the tag.
    """

    value: Any
    root: str | None = "/data"
    first: int = 0
    findings: tuple[Finding, ...] = ()
    events: tuple[Any, ...] = ()
    event_pointer: str = ""

    def pointer(self, path: str) -> str:
        """A pointer into the payload -> the pointer to the same value in the document."""
        if self.value is NO_PAYLOAD:
            return path
        if not path.startswith("/data/"):
            return path if self.root == "/data" else self.root or ""
        _, _, index, *rest = path.split("/")
        event = self.event_pointer if self.root is None else f"{self.root}/{int(index) + self.first}"
        return "/".join((event, *rest))

    def path(self, path: str, before: int = 0) -> str:
        """A pointer into the payload, its index counted through a list that was cut into batches.

        `before` is the number of elements in front of the document.
        """
        first = self.first + before
        if not first or not path.startswith("/data/") or self.value is NO_PAYLOAD:
            return path
        _, data, index, *rest = path.split("/")
        return "/".join(("", data, str(int(index) + first), *rest))


#: How a document is read: its JSON value -> the payloads in it.
Reading = Callable[[Any], Iterable[Payload]]


def find_payloads(document: Any) -> Iterator[Payload]:
    """The payloads of a document, whose kind its members tell; the schema judges what is of no kind."""
    return find_payloads_of_kind(document, tell_kind(document))


def find_payloads_of_kind(document: Any, kind: Kind | None) -> Iterator[Payload]:
    """The payloads of a document of a known kind: lists in batches of 1,000, an event as a batch of one."""
    if kind is Kind.LIST:
        for first in range(0, len(document), BATCH) or (0,):
            yield Payload({"data": document[first : first + BATCH]}, "", first)
    elif kind is Kind.EXPORT:
        yield from (exported_payload(pointer, value) for pointer, value in unpack_export(document))
    elif isinstance(document, dict) and "data" not in document:
        yield Payload({"data": [document]}, None)
    else:
        yield Payload(document)


def exported_payload(pointer: str, value: Any) -> Payload:
    """The payload of a payload or conversion event that the emulator exported, at its pointer."""
    if tell_kind(value) is Kind.PAYLOAD:
        return Payload(value, f"{pointer}/data")
    return Payload({"data": [value]}, None, event_pointer=pointer)
