"""HAR 1.2: the requests that a browser or proxy recorded, read as what they are by their addresses."""

import base64
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, BinaryIO, Final
from urllib.parse import parse_qsl, urlsplit

import orjson

from mockpin_validator.archive.documents import MARK, Document, make_flaw
from mockpin_validator.contract.kinds import Kind

_HEAD: Final = re.compile(rb'\s*\{\s*"log"\s*:\s*\{')
NO_HAR: Final = make_flaw(
    "Reading HAR needs another package.", "Install it with: pip install 'mockpin[har]'."
)
BROKEN: Final = make_flaw("This is not a complete HAR file from here on.", "Export the session again.")
TOO_DEEP: Final = make_flaw(
    "Objects and lists lie more than 100 deep within one another from here on.", "Export the session again."
)
#: How deep the values of a HAR file may nest. ijson keeps the path to each open value: for a file of 100 kB
#: that only opens lists, that would be 50 GB.
DEEPEST: Final = 100
#: How much deeper the values after an event of ijson lie.
_STEPS: Final = {"start_map": 1, "start_array": 1, "end_map": -1, "end_array": -1}
_EVENTS_PATH: Final = re.compile(r"/v5/ad_accounts/[^/]+/events/?")
_SEGMENT_PATH: Final = re.compile(r"/v1/(\w+)/?")
_TAG_PATH: Final = re.compile(r"/(v3|user)/?")
#: The last part of Segment's paths -> the type of its messages; a batch has types of its own.
_SEGMENT_TYPES: Final[Mapping[str, str | None]] = {
    "t": "track", "track": "track", "p": "page", "page": "page", "s": "screen", "screen": "screen",
    "i": "identify", "identify": "identify", "g": "group", "group": "group", "a": "alias", "alias": "alias",
    "b": None, "batch": None, "import": None,
}  # fmt: skip


def is_har(head: bytes) -> bool:
    """Whether a file that begins so is a HAR file."""
    return bool(_HEAD.match(head.removeprefix(MARK)))


def har_documents(stream: BinaryIO) -> Iterator[Document]:
    """A document for each conversion, tag or Segment request; its line is the number of its entry, from 1.

    Needs the extra `har`.
    """
    try:
        import ijson  # type: ignore[import-untyped]  # noqa: PLC0415 - belongs to an extra
    except ImportError:
        yield Document(b"", 0, 0, NO_HAR)
        return
    number = 0
    try:
        events = ijson.parse(bound_depth(ijson.basic_parse(stream, use_float=True)))
        for number, entry in enumerate(ijson.items(events, "log.entries.item"), start=1):
            yield from documents_of_entry(entry, number)
    except RecursionError:
        yield Document(b"", number + 1, flaw=TOO_DEEP)
    except (ijson.JSONError, UnicodeDecodeError):
        yield Document(b"", number + 1, flaw=BROKEN)


def bound_depth(events: Iterable[tuple[str, Any]]) -> Iterator[tuple[str, Any]]:
    """The events of ijson as long as they nest no deeper than `DEEPEST`; raises RecursionError after them."""
    depth = 0
    for event in events:
        depth += _STEPS.get(event[0], 0)
        if depth > DEEPEST:
            raise RecursionError
        yield event


def documents_of_entry(entry: Any, number: int) -> Iterator[Document]:
    """The documents of one recorded request; none for a request to another service."""
    request = entry.get("request") if isinstance(entry, dict) else None
    if not isinstance(request, dict) or request.get("method") not in ("GET", "POST"):
        return
    try:
        url = urlsplit(str(request.get("url", "")))
    except ValueError:  # a host such as [::
        return
    body = read_body(request.get("postData"))
    if request["method"] == "POST" and _EVENTS_PATH.fullmatch(url.path):
        yield Document(body, number, kind=Kind.PAYLOAD, is_made=True)
    elif (found := _SEGMENT_PATH.fullmatch(url.path)) and found[1] in _SEGMENT_TYPES:
        if request["method"] == "POST":
            text = fill_type(body, _SEGMENT_TYPES[found[1]])
            yield Document(text, number, kind=Kind.SEGMENT_EVENT, is_made=True)
    elif _TAG_PATH.fullmatch(url.path):
        pairs = [*parse_qsl(url.query, keep_blank_values=True), *parse_form(body)]
        if any(name == "tid" for name, _ in pairs):
            yield Document(orjson.dumps(pairs), number, kind=Kind.TAG_HIT, is_made=True)


def read_body(post_data: Any) -> bytes:
    """The bytes of a recorded body."""
    if not isinstance(post_data, dict):
        return b""
    text = str(post_data.get("text", ""))
    if post_data.get("encoding") == "base64":
        try:
            return base64.b64decode(text, validate=True)
        except ValueError:
            return text.encode()
    return text.encode(errors="replace")


def fill_type(body: bytes, kind: str | None) -> bytes:
    """The body of a Segment request with the type that its path gives it."""
    try:
        message = orjson.loads(body)
        return orjson.dumps({"type": kind, **message}) if kind and isinstance(message, dict) else body
    except (orjson.JSONDecodeError, orjson.JSONEncodeError):  # it nests deeper than orjson writes
        return body


def parse_form(body: bytes) -> list[tuple[str, str]]:
    """The parameters of a form in a body; empty for another kind of body."""
    text = body.decode(errors="replace")
    return parse_qsl(text, keep_blank_values=True) if text[:1] not in ("", "{", "[") else []
