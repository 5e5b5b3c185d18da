"""The bodies Pinterest answers with, to the byte, and what surrounds them.

Bodies attested in the wild are reproduced in `fixtures/replies`; `docs/emulation.md` gives the sources.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from http import HTTPStatus
from typing import Any, NamedTuple, Self

import orjson

Header = tuple[str, str]

JSON_TYPE: Header = ("Content-Type", "application/json")
#: Seen on every answer of the v5 API (pinterest/pinterest-python-sdk 128).
HEADERS: tuple[Header, ...] = (
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Cache-Control", "no-cache, no-store, must-revalidate"),
)
INVALID_EVENTS = "The action could not be processed properly due to some or all data provided being invalid."
RATE_LIMIT_EXCEEDED = (
    "This request exceeded a rate limit. This can happen if the client exceeds one\n"
    "of the published rate limits within a short time window."
)
RAMPED_DOWN = "The endpoint has been ramped down and is currently not accepting any traffic."
LONGEST_MESSAGE = 2000
#: A transparent GIF of one pixel: what an image tag is answered.
PIXEL = bytes.fromhex("47494638396101000100800000000000ffffff21f90401000000002c000000000100010000020144003b")


class Answer(NamedTuple):
    """What goes back to a sender.

    `delay` is how many seconds it is held back. `promised` is the length that Content-Length states where
    that is more than `body` holds: the connection then ends before the body does. One that is `dropped`
    is not to go out at all: the connection ends unanswered, or with a short body where that cannot be had.
    `stored` is the body that the history keeps, where `body` repeats a value that only its sender may see.
    """

    status: int
    body: bytes
    headers: tuple[Header, ...] = (JSON_TYPE,)
    delay: float = 0.0
    promised: int | None = None
    dropped: bool = False
    stored: bytes | None = None

    def __repr__(self) -> str:
        """The status alone: a body may repeat a value that only its sender may see."""
        return f"Answer({self.status})"

    def with_headers(self, headers: Iterable[Header]) -> Self:
        """The same answer with further headers."""
        return type(self)(self.status, self.body, (*self.headers, *headers), *self[3:])

    def with_stored(self, body: bytes) -> Self:
        """The same answer, of which the history keeps `body` instead."""
        return self._replace(stored=body)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is answered about one event: processed unless it has an error message."""

    status: str = "processed"
    error_message: str = ""
    warning_message: str = ""


PROCESSED = Verdict()


def dump(body: Any) -> bytes:
    """JSON as Pinterest writes it: no white space."""
    return orjson.dumps(body)


def error(status: int, /, *, code: int, message: str, **more: Any) -> Answer:
    """An error of the API: its own code and a message, then whatever else belongs to it."""
    return Answer(status, dump({"code": code, "message": message, **more}))


def unauthorized() -> Answer:
    """401: no token, or an unknown one."""
    return error(401, code=2, message="Authentication failed.", status="failure")


def forbidden() -> Answer:
    """403: the token does not open this ad account, or there is none."""
    return error(403, code=29, message="You are not permitted to access that resource.")


def invalid(sentence: str) -> Answer:
    """400: what is wrong with the request as a whole, in at most 2,000 characters."""
    cut = sentence if len(sentence) <= LONGEST_MESSAGE else sentence[: LONGEST_MESSAGE - 1] + "…"
    return error(400, code=1, message=f"Invalid request: {cut}")


def malformed_ad_account(ad_account_id: str) -> Answer:
    """400: the ad account in the path is not a number."""
    return error(
        400, code=1, message=rf"'ad_account_id' value {ad_account_id!r} must match the pattern: ^\d+$"
    )


def rate_limited() -> Answer:
    """429: one request too many in this window."""
    return error(429, code=8, message=RATE_LIMIT_EXCEEDED)


def ramped_down() -> Answer:
    """503: the endpoint takes no traffic for now."""
    return error(503, code=4197, message=RAMPED_DOWN)


def broken() -> Answer:
    """500: something of the service's own went wrong."""
    return error(500, code=0, message="Something went wrong on our end. Sorry about that.")


def too_large(limit: int) -> Answer:
    """413: the body, unpacked, is larger than the emulator takes."""
    return error(413, code=1, message=f"Invalid request: the body is larger than {limit} bytes")


def not_found() -> Answer:
    """404: there is nothing at this path."""
    return error(404, code=50, message="Not found.")


def unknown_ad_account() -> Answer:
    """404: there is no such ad account, in the words of the generic example in Pinterest's OpenAPI."""
    return error(404, code=2, message="AdAccount not found.")


def method_not_allowed() -> Answer:
    """405: the path takes other methods."""
    return error(405, code=5, message="Method not allowed")


def judged(verdicts: Sequence[Verdict], mixed_batch_status: int) -> Answer:
    """200 with each event's verdict in order; a 422 with the same body if events failed.

    `mixed_batch_status` 200 leaves the 422 to batches of which every event failed.
    """
    if verdicts.count(PROCESSED) == len(verdicts):
        return all_processed(len(verdicts))
    failed = sum([verdict.status == "failed" for verdict in verdicts])
    body = summary(verdicts, failed)
    if not failed or (failed < len(verdicts) and mixed_batch_status == HTTPStatus.OK):
        return Answer(200, body)
    return error(422, code=953, message=INVALID_EVENTS, details=orjson.Fragment(body))


@lru_cache(maxsize=16)  # a sender's batches are seldom of many sizes; the largest answer has 60 kB
def all_processed(count: int) -> Answer:
    """200 for this number of events, all processed and without a message."""
    return Answer(200, summary([PROCESSED] * count, 0))


def summary(verdicts: Sequence[Verdict], failed: int) -> bytes:
    """The counts and the verdicts; messages that say nothing are empty, never absent."""
    counts = {"num_events_processed": len(verdicts) - failed, "num_events_received": len(verdicts)}
    return dump({**counts, "events": verdicts})


def beacon() -> Answer:
    """What the tag gets: a transparent pixel. No reply of Pinterest's tag server is known."""
    return Answer(200, PIXEL, (("Content-Type", "image/gif"),))


#: The answer of each status a fault can ask for.
BY_STATUS: Mapping[int, Any] = {
    401: unauthorized,
    403: forbidden,
    404: unknown_ad_account,
    429: rate_limited,
    500: broken,
    503: ramped_down,
}
