"""A service's answer as calibration reads it: tolerant of wording, strict about verdicts."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any, Literal

ObservedOutcome = Literal["processed", "failed", "refused"]

#: The only headers that a calibration keeps.
KEPT_HEADERS = re.compile(r"content-type|date|retry-after|(x-)?ratelimit-.*")
_CURRENT = re.compile(r"current timestamp:?\s*(\d{9,11})(?!\d)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class EventVerdict:
    """What the answer says about one event."""

    processed: bool
    warning: str = ""
    error: str = ""

    @property
    def outcome(self) -> ObservedOutcome:
        """The verdict in a word."""
        return "processed" if self.processed else "failed"


@dataclass(frozen=True, slots=True)
class ObservedAnswer:
    """An answer: `headers` by lower-case name, `body` as parsed JSON."""

    status: int
    reason: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    body: Any = None

    @property
    def summary(self) -> Mapping[str, Any]:
        """The object with the counts and the events: the body, or the `details` of a 422."""
        body = self.body if isinstance(self.body, dict) else {}
        details = body.get("details")
        return details if isinstance(details, dict) else body

    @property
    def judges_events(self) -> bool:
        """Whether the answer lists or counts events, as every answer of Pinterest's to events does."""
        counts = (self.summary.get("num_events_processed"), self.summary.get("num_events_received"))
        return isinstance(self.summary.get("events"), list) or any(isinstance(n, int) for n in counts)

    @property
    def verdicts(self) -> Sequence[EventVerdict]:
        """The verdict on each event that the answer lists; empty where it lists none."""
        events = self.summary.get("events")
        return (
            [read_verdict(event) for event in events if isinstance(event, dict)]
            if isinstance(events, list)
            else []
        )

    @property
    def outcomes(self) -> Sequence[ObservedOutcome]:
        """The outcome of each event that is listed; `refused` alone for a request refused as a whole."""
        if self.verdicts:
            return [verdict.outcome for verdict in self.verdicts]
        if self.status == HTTPStatus.UNPROCESSABLE_ENTITY:
            return ["failed"]
        if self.status >= HTTPStatus.BAD_REQUEST:
            return ["refused"]
        return ["failed" if self._counts_fewer() else "processed"]

    @property
    def service_time(self) -> float | None:
        """What the service's clock showed, in Unix seconds: by its words, else by the Date header."""
        stated = next(filter(None, (_CURRENT.search(verdict.error) for verdict in self.verdicts)), None)
        if stated:
            return float(stated[1]) + 0.5
        try:
            return parsedate_to_datetime(self.headers["date"]).timestamp() + 0.5
        except (KeyError, ValueError, TypeError):
            return None

    def to_dict(self) -> dict[str, Any]:
        """The answer as a calibration keeps it."""
        return asdict(self)

    def _counts_fewer(self) -> bool:
        processed, received = (self.summary.get(f"num_events_{kind}") for kind in ("processed", "received"))
        return isinstance(processed, int) and isinstance(received, int) and processed < received


def read_verdict(event: Mapping[str, Any]) -> EventVerdict:
    """The verdict in one item of `events`; without a readable status, an error message means failed."""
    error, warning = (str(event.get(f"{kind}_message") or "") for kind in ("error", "warning"))
    status = str(event.get("status") or ("failed" if error else "processed")).lower()
    return EventVerdict(status not in ("failed", "error", "rejected"), warning, error)


def keep_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """The headers that a calibration keeps, by lower-case name."""
    named = {name.lower(): value for name, value in headers.items()}
    return {name: value for name, value in named.items() if KEPT_HEADERS.fullmatch(name)}
