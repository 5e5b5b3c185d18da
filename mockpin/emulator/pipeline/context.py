"""What the emulator knows about one request on its way to an answer, and about each of its events."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from mockpin.emulator.history.first_reports import FirstReports
from mockpin.emulator.pipeline.answers import PROCESSED
from mockpin_validator.judging.limited_data_processing import NOT_REQUESTED

if TYPE_CHECKING:
    from mockpin.emulator.history.event_fields import EventRow
    from mockpin.emulator.pipeline.answers import Answer, Header, Verdict
    from mockpin.emulator.pipeline.faults import Fault
    from mockpin.emulator.pipeline.requests import HttpRequest
    from mockpin_validator.judging.finding import Finding
    from mockpin_validator.judging.limited_data_processing import LimitedDataProcessing


class RefusalCause(NamedTuple):
    """Why a payload was refused: a JSON pointer into it and a sentence, both masked."""

    path: str
    sentence: str


@dataclass(eq=False)
class Refused(Exception):
    """Ends a request with this answer and without events.

    `reason` is one word for the log, such as `token` or `ad-account`; `cause` names the place in a payload.
    """

    answer: Answer
    reason: str | None = None
    cause: RefusalCause | None = field(default=None, repr=False)

    def __str__(self) -> str:
        return f"answered {self.answer.status}"


class StoredTexts(NamedTuple):
    """The texts of an event as they may be stored, masked. `findings` and `payload` are JSON."""

    event_name: str
    sent_name: str
    event_id: str
    action_source: str
    error_message: str
    warning_message: str
    findings: str
    payload: str


NOT_MASKED_YET = StoredTexts("", "", "", "", "", "", "", "")


@dataclass(slots=True)
class JudgedEvent:
    """One conversion event and what the steps decide about it.

    `sent` is the event as it came, `text` is its JSON and `name` is its canonical name. `is_judged` is
    False for the events of a test batch that no rule looked at. `duplicate_of` is the number of the first
    report. `is_faulted` says that an injected fault failed the event. An event `is_plain` if it was processed
    without a finding and needs no mask; `stored` has the masked texts of another.
    """

    sent: Mapping[str, Any] = field(repr=False)
    text: bytes = field(repr=False)
    findings: tuple[Finding, ...] = ()
    name: str = ""
    verdict: Verdict = PROCESSED
    is_judged: bool = True
    is_faulted: bool = False
    duplicate_of: int | None = None
    limited: LimitedDataProcessing = NOT_REQUESTED
    reported_as: str = ""
    is_plain: bool = False
    stored: StoredTexts = NOT_MASKED_YET


@dataclass(slots=True)
class RequestContext:
    """One request, and what the steps find out about it. Event `i` of `events` gets number `first_seq + i`.

    `ad_account_id` is as in the path. `source` is api, tag or segment. `unreadable` is the refusal of a body
    that gave no `payload`. A `trusted` request needs no token: the emulator itself makes it for one of its
    ad accounts. `rows`, `first_seqs` and the masked `stored_body` are to be stored; a request that
    `is_clean` is stored as one row, without `rows`. `limit_headers` go on every answer once the request has
    been counted. `reason` is the log's word for why no event was judged, and `cause` the place in the payload
    that was refused.
    """

    request: HttpRequest
    ad_account_id: str = ""
    source: str = "api"
    now: float = 0.0
    number: int = 0
    first_seq: int = 0
    payload: Any = field(default=None, repr=False)
    trusted: bool = False
    unreadable: Refused | None = None
    events: list[JudgedEvent] = field(default_factory=list)
    first_seqs: dict[bytes, int] = field(default_factory=dict, repr=False)
    rows: list[EventRow] = field(default_factory=list, repr=False)
    is_clean: bool = False
    stored_body: bytes | None = field(default=None, repr=False)
    limit_headers: tuple[Header, ...] = ()
    fault: Fault | None = None
    reason: str | None = None
    cause: RefusalCause | None = field(default=None, repr=False)

    @property
    def test(self) -> bool:
        """Whether it is a test request; the tag has none."""
        return bool(self.request.query) and self.request.test and self.source != "tag"

    @property
    def first_reports(self) -> FirstReports:
        """Which of its events are first reports."""
        return FirstReports(self.ad_account_id, self.now, self.first_seqs)

    @property
    def seqs(self) -> range:
        """The numbers of the events that the history gets, once this is known."""
        return range(self.first_seq, self.first_seq + len(self.events) * (self.is_clean or bool(self.rows)))

    def drop_events(self) -> None:
        """Forget the events, so that nothing about them is stored or logged."""
        self.rows, self.is_clean, self.first_seqs, self.events = [], False, {}, []
