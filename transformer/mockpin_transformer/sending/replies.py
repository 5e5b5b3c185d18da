"""Reads the answers to requests to Pinterest."""

import json
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from mockpin_transformer.js import JSON

if TYPE_CHECKING:
    import httpx

_TRANSIENT: Final = frozenset({HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS})
_SETTINGS_REFUSED: Final = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN})
_FIRST_SERVER_ERROR: Final = 500
# http.client has the same table and loads sockets and e-mail with it.
_PHRASES: Final = {status.value: status.phrase for status in HTTPStatus}


@dataclass(frozen=True)
class PinterestAnswer:
    """An answer, or why there is none (`status` None).

    `reached` is False only where the request certainly never arrived. `wait` is how many seconds the server
    asks to wait. `final` says that no repeat can get an answer.
    """

    status: int | None
    reason: str
    body: JSON = None
    wait: float | None = None
    reached: bool = True
    final: bool = False

    @property
    def accepted(self) -> bool:
        """Whether the request was accepted as a whole."""
        return self.status is not None and HTTPStatus.OK <= self.status < HTTPStatus.MULTIPLE_CHOICES

    @property
    def is_transient(self) -> bool:
        """Whether the same request may do better later: no answer, 408, 429 or 5xx."""
        if self.status is None:
            return not self.final
        return self.status in _TRANSIENT or self.status >= _FIRST_SERVER_ERROR

    @property
    def is_ambiguous(self) -> bool:
        """Whether the events may have been processed all the same."""
        return self.reached and self.is_transient and self.status != HTTPStatus.TOO_MANY_REQUESTS

    @property
    def refuses_settings(self) -> bool:
        """Whether no request with these settings can succeed."""
        return self.status in _SETTINGS_REFUSED


def read_reply(response: "httpx.Response", *, now: float) -> PinterestAnswer:
    """A response as it comes in, its body parsed if it is JSON."""
    return PinterestAnswer(
        response.status_code,
        response.reason_phrase or _PHRASES.get(response.status_code, ""),
        _read_body(response),
        _read_wait(response.headers, now=now),
    )


def _read_body(response: "httpx.Response") -> JSON:
    """The body's value without the conversion token, which a server may repeat.

    None if it is not JSON, or cannot be decompressed.
    """
    from httpx import DecodingError  # noqa: PLC0415 - loaded already where there is a response

    _, _, token = response.request.headers.get("authorization", "").partition(" ")
    try:
        response.read()
        body: JSON = json.loads(response.text.replace(token, "<token>") if token else response.text)
    except (ValueError, RecursionError, DecodingError):
        return None
    return body


def _read_wait(headers: "httpx.Headers", *, now: float) -> float | None:
    """Seconds out of `Retry-After` (seconds or a date), else of `X-RateLimit-Reset` when nothing remains."""
    if "retry-after" in headers:
        return _seconds(headers["retry-after"], now=now)
    if headers.get("x-ratelimit-remaining", "0") == "0":
        return _seconds(headers.get("x-ratelimit-reset", ""), now=now)
    return None


def _seconds(text: str, *, now: float) -> float | None:
    from email.utils import parsedate_to_datetime  # noqa: PLC0415 - loads sockets

    if text.isascii() and text.isdecimal():
        return float(text)
    try:
        return max(0.0, parsedate_to_datetime(text).timestamp() - now)
    except ValueError:
        return None
