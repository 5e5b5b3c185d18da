"""A request's body out of its content encoding, without letting a small one grow without bound."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mockpin.emulator.pipeline.requests import HttpRequest

#: gzip and zlib forms, told apart by zlib itself.
WINDOW = {"gzip": 47, "x-gzip": 47, "deflate": 47}


@dataclass(eq=False)
class BodyTooLarge(Exception):
    """The body, unpacked, is larger than allowed."""

    limit: int

    def __str__(self) -> str:
        return f"the body is larger than {self.limit} bytes"


@dataclass(eq=False)
class BodyUnreadable(Exception):
    """The body is not what its Content-Encoding says."""

    encoding: str

    def __str__(self) -> str:
        return f"the body is not what its Content-Encoding {self.encoding!r} says"


class EncodingUnknown(BodyUnreadable):
    """The Content-Encoding is not supported."""

    def __str__(self) -> str:
        return f"Content-Encoding {self.encoding!r} is not one of {', '.join(WINDOW)}"


def unpack_request(request: HttpRequest, *, limit: int) -> bytes:
    """The plain bytes of a request's body. Raises BodyTooLarge, BodyUnreadable."""
    if request.oversized:
        raise BodyTooLarge(limit)
    encoding = request.headers.get("content-encoding", "").strip().lower()
    return unpack(request.body, encoding=encoding, limit=limit)


def unpack(body: bytes, *, encoding: str, limit: int) -> bytes:
    """The plain bytes of a body, which is packed once and whole. Raises BodyTooLarge, BodyUnreadable."""
    plain = body if encoding in ("", "identity") else _inflate(body, encoding, limit)
    if len(plain) > limit:
        raise BodyTooLarge(limit)
    return plain


def _inflate(body: bytes, encoding: str, limit: int) -> bytes:
    if encoding not in WINDOW:
        raise EncodingUnknown(encoding)
    inflater = zlib.decompressobj(WINDOW[encoding])
    try:
        plain = inflater.decompress(body, limit + 1)
    except zlib.error:
        raise BodyUnreadable(encoding) from None
    if len(plain) <= limit and (inflater.unused_data or not inflater.eof):
        raise BodyUnreadable(encoding)
    return plain
