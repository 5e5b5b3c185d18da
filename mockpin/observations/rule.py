"""A rule over many events as data, and what it finds: an observation with its sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from mockpin.addresses import UI
from mockpin_validator.wording import count

if TYPE_CHECKING:
    from mockpin_validator.judging.finding import Grade, Severity


#: What a mistake does to conversions: Pinterest never counts them, counts them twice, or counts them wrong.
Effect = Literal["lost", "doubled", "wrong", "none"]
#: Columns that every query of a rule must give, in this order. `events` are the events that are lost,
#: doubled or wrong, of `total`; `example` and `other` are ids of facts that show it.
HIT_COLUMNS = ("account", "event_name", "source", "detail", "events", "total", "example", "other")


@dataclass(frozen=True)
class ObservationRule:
    """A rule over many events.

    name: As reports and settings call it.
    query: A SELECT over `facts` (or one of the views of `views`) in the SQL that SQLite, DuckDB and Spark
        share, with `{least}` and `{threshold}`; it gives `HIT_COLUMNS`, one row for each time it is seen.
    sentence, fix: What is wrong and what to do; `{n}`, `{total}`, `{share}`, `{name}`, `{detail}` and
        `{source}` are filled in.
    least: The smallest number of events at which it may speak. `threshold`: a share from 0 to 1 at which it
        speaks, None where one event proves it. `why` justifies both.
    explained_by: Rules of which this one only shows an effect: it says nothing of an account and event name
        of which one of them speaks.
    """

    name: str
    severity: Severity
    effect: Effect
    summary: str
    query: str = field(repr=False)
    sentence: str
    fix: str
    why: str
    source: str = "the contract of deduplication and of user_data in Pinterest's documentation"
    documented: Grade = "inferred"
    date: str = "2026-11-25"
    least: int = 1
    threshold: float | None = None
    explained_by: tuple[str, ...] = ()


class ExamplePlace(NamedTuple):
    """Where to look: an event of the history, a request without one, or a line of a file.

    `server` is the URL of the server that has the event or request, where there are several.
    """

    event: int | None = None
    request: int | None = None
    file: str | None = None
    line: int | None = None
    server: str | None = None

    def __str__(self) -> str:
        return f"{self.own} of {self.server}" if self.server else self.own

    @property
    def own(self) -> str:
        """The place without its server: `#12`, `request 12`, `export.jsonl:12`."""
        if self.file is not None:
            return f"{self.file}:{self.line}"
        return f"#{self.event}" if self.event is not None else f"request {self.request}"

    @property
    def link(self) -> str | None:
        """The page of the event or request; None where no server is named."""
        page = f"events/{self.event}" if self.event is not None else f"requests/{self.request}"
        return f"{self.server}{UI}/{page}" if self.server else None

    @property
    def number(self) -> int | dict[str, Any] | None:
        """The event's number alone, or with its server where there are several."""
        return self.to_dict() if self.server else self.event

    def to_dict(self) -> dict[str, Any]:
        """The members that are known."""
        return {name: value for name, value in self._asdict().items() if value is not None}


@dataclass(frozen=True)
class Observation:
    """What a rule says about many events together: one for each ad account, event name and cause."""

    rule: str
    severity: Severity
    effect: Effect
    sentence: str
    fix: str
    events: int
    total: int
    ad_account_id: str = ""
    event_name: str = ""
    source: str = ""
    detail: str = ""
    times: int = 1
    examples: tuple[ExamplePlace, ...] = ()

    @property
    def share(self) -> float:
        """The share of the total that it concerns, 0 to 1; 0 where there is no total."""
        return self.events / self.total if self.total else 0.0

    def to_dict(self) -> dict[str, Any]:
        """The observation as JSON."""
        return {**vars(self), "examples": [example.to_dict() for example in self.examples]}


#: How a sentence calls a source.
SOURCES: Mapping[str, str] = {"api": "the API", "tag": "the tag", "segment": "Segment", "": "the sender"}


def complete(observation: Observation) -> Observation:
    """The observation with `{n}`, `{events}`, `{name}` and the like of its sentence and fix filled in."""
    number, total = observation.events, observation.total
    words = {
        "n": f"{number:,}",
        "total": f"{total:,}",
        "share": f"{100 * observation.share:.0f} %",
        "name": f"{observation.event_name or 'unnamed'} events",
        "title": observation.event_name,
        "detail": observation.detail,
        "source": SOURCES[observation.source],
        "events": f"{number:,}" if "{events} of" in observation.sentence else count(number, "event"),
        "lost": f"{count(number, 'event')} came",
        "calls": count(number, "Segment call"),
    }
    sentence = observation.sentence.format(**words)
    return replace(
        observation, sentence=sentence[:1].upper() + sentence[1:], fix=observation.fix.format(**words)
    )
