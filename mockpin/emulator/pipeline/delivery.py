"""One request on its way through the emulator: what was sent, and what has been found out so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from mockpin.emulator.masking.events import read_pairs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mockpin.emulator.history.records import EventRow
    from mockpin.emulator.pipeline.answers import Answer, Header, Verdict
    from mockpin.emulator.pipeline.deduplication import First, Key
    from mockpin.emulator.pipeline.faults import Fault
    from mockpin_validator.judging.finding import Finding
    from mockpin_validator.judging.limited_data_processing import LimitedDataProcessing


@dataclass(frozen=True, slots=True)
class Request:
    """An HTTP request as it came: `headers` by lower-case name, `body` still packed.

    An `oversized` one has no `body`: it was too large to be received. `connection` tells those of one server
    apart; it is empty where nobody knows. `after` is the number of the latest request that had been answered
    when this one began; None where nobody knows.
    """

    method: str
    path: str
    query: str = field(default="", repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    body: bytes = field(default=b"", repr=False)
    oversized: bool = False
    connection: str = ""
    after: int | None = None

    @property
    def token(self) -> str | None:
        """The bearer token, None when there is none."""
        scheme, _, token = self.headers.get("authorization", "").partition(" ")
        return token.strip() or None if scheme.lower() == "bearer" else None

    @property
    def test(self) -> bool:
        """Whether it says `test=true`, in any case; said more than once, the last time counts."""
        return bool(self.query) and dict(read_pairs(self.query)).get("test", "").lower() == "true"


@dataclass(slots=True)
class Delivery:
    """What the steps read and fill in. Lists run along `events`; event `i` is number `first_seq + i`.

    `ad_account_id` is as the path has it; `source` is api, tag or segment; `unreadable` is the refusal of a
    body that gave no `payload`; `texts` is each event as JSON; the first `judged` events have been looked at
    by the rules; `rows` and `firsts` are to be kept; `limit_headers` go on whatever is answered once the
    request has been counted; `shown` is the answer's body as it may be stored, where that differs; `reason`
    is the log's word for why no event was judged.
    """

    request: Request
    ad_account_id: str
    source: str = "api"
    now: float = 0.0
    number: int = 0
    first_seq: int = 0
    payload: Any = field(default=None, repr=False)
    unreadable: Refused | None = None
    events: Sequence[Mapping[str, Any]] = field(default=(), repr=False)
    names: list[str] = field(default_factory=list)
    judged: int = 0
    findings: list[tuple[Finding, ...]] = field(default_factory=list)
    texts: list[bytes] = field(default_factory=list, repr=False)
    verdicts: list[Verdict] = field(default_factory=list)
    duplicates: list[int | None] = field(default_factory=list)
    firsts: dict[Key, First] = field(default_factory=dict, repr=False)
    limited: list[LimitedDataProcessing] = field(default_factory=list)
    reported: list[str] = field(default_factory=list)
    rows: list[EventRow] = field(default_factory=list, repr=False)
    limit_headers: tuple[Header, ...] = ()
    fault: Fault | None = None
    answer: Answer | None = None
    shown: bytes | None = field(default=None, repr=False)
    reason: str | None = None

    @property
    def test(self) -> bool:
        """Whether it is a test request, which the tag has none of."""
        return self.request.test and self.source != "tag"

    def drop_events(self) -> None:
        """Have nothing of the events kept, and nothing said of them."""
        self.rows, self.firsts, self.verdicts = [], {}, []


@dataclass(eq=False)
class Refused(Exception):
    """A step ends the request with this answer; nothing of it enters the history of events.

    `reason` says why in a word for the log, such as `token` or `ad-account`.
    """

    answer: Answer
    reason: str | None = None
    shown: bytes | None = field(default=None, repr=False)

    def __str__(self) -> str:
        return f"answered {self.answer.status}"
