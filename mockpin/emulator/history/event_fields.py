"""The fields of an event in one table: columns of the store, records of the admin API, filters, search words.

To add a field, add its column to `EventRow` and its line to `EVENT_FIELDS`, with `since` the next version of
the store; if it has a filter, add its type to `Filters`. `pipeline/rows.py` fills the column. The store's
migration, the filter in the admin API, in journeys and in `mockpin expect` and `tail`, the search word and
the OpenAPI document follow from the table.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, TypedDict, get_args

import orjson

from mockpin.emulator.event_names import canonical_name
from mockpin.emulator.history.records import DAMAGED, Record, read_json, read_payload
from mockpin.emulator.json_schemas import (
    ANY_OBJECT,
    FINDING,
    FLAG,
    MOMENT,
    TEXT,
    WHOLE,
    Schema,
    full_object,
    list_of,
    nullable,
    one_of,
)
from mockpin.emulator.masking.texts import mask_secrets
from mockpin_validator.contract.request import MATCH_KEYS

#: Whole numbers that SQLite can store are below this, and not below its negative.
LARGEST = 2**63
_MATCH_KEYS = frozenset(MATCH_KEYS)
Status = Literal["processed", "failed"]
ReportingClass = Literal["web", "app", "offline"]
Source = Literal["api", "tag", "segment"]
STATUSES: tuple[str, ...] = get_args(Status)
REPORTING_CLASSES: tuple[str, ...] = get_args(ReportingClass)
SOURCES: tuple[str, ...] = get_args(Source)


class EventRow(NamedTuple):
    """One conversion event as it was received and judged. `payload` and `findings` are JSON.

    All values have SQLite's own types, since SQLite takes any other at twice the cost: `test` and `limited`
    are 0 or 1. `received_at` and `event_time` are in Unix seconds; `event_name` is the canonical name,
    `sent_name` the sender's own; `duplicate_of` is the number of the first report of the same event; `fault`
    is the kind of the injected fault that failed the event.
    """

    seq: int
    received_at: float
    ad_account_id: str
    source: str
    test: int
    event_name: str
    sent_name: str
    event_id: str
    action_source: str
    event_time: int | float | None
    status: str
    error_message: str
    warning_message: str
    duplicate_of: int | None
    limited: int
    limited_reason: str
    reported_as: str
    findings: str
    payload: str
    request_id: str
    fault: str | None = None

    def to_dict(self) -> Record:
        """The event record of the admin API."""
        record = self._asdict()
        limited, reason = bool(record.pop("limited")), record.pop("limited_reason")
        payload = record["payload"] = read_payload(self.payload)
        record["test"] = bool(self.test)
        record["findings"] = read_json(self.findings, default=[])
        record["limited_data_processing"] = {"applies": limited, "reason": reason}
        keys = payload["user_data"].items()
        record["match_keys"] = [key for key, value in keys if value and key in _MATCH_KEYS]
        return record

    def to_written(self) -> Record:
        """The event record for orjson to write, with the payload as it is stored, unless that is damaged."""
        record = self.to_dict()
        if DAMAGED not in record["payload"]:
            record["payload"] = orjson.Fragment(self.payload)
        return record


def fit_column(event_time: float) -> float:
    """The time as SQLite can store it. A whole number of more than 64 bits becomes a float."""
    return event_time if -LARGEST <= event_time < LARGEST else float(event_time)


class Filters(TypedDict, total=False):
    """The filters of `EVENT_FIELDS` as a type, so that a type checker finds a misspelt filter.

    An event must match every filter that is given.
    """

    ad_account_id: str
    event_name: str
    event_id: str
    status: Status
    duplicate: bool
    test: bool
    action_source: str
    reported_as: ReportingClass
    source: Source
    limited_data_processing: bool


def keep(value: Any) -> Any:
    """Return the value as it is."""
    return value


@dataclass(frozen=True)
class EventFilter:
    """A filter of events: its name, what it is about, and its type or choices.

    `column` is the column, or the SQL, that the filter is compared with, if it does not have the filter's
    name; `also` is another field that may hold the value. `read` gets the value from a record. `as_stored`
    writes a value as the rows hold it: names in the API's spelling, and nothing in plain text. `aliases` are
    further options of the command line.
    """

    name: str
    about: str
    kind: type = str
    choices: tuple[str, ...] = ()
    column: str = ""
    also: tuple[str, ...] = ()
    read: Callable[[Mapping[str, Any]], Any] | None = None
    as_stored: Callable[[Any], Any] = keep
    aliases: tuple[str, ...] = ()

    @property
    def condition(self) -> str:
        """The filter as SQL, with a question mark for its value."""
        columns = (self.column or self.name, *self.also)
        return f"? IN ({', '.join(columns)})"

    @property
    def options(self) -> tuple[str, ...]:
        """The options of the command line."""
        return (f"--{self.name.replace('_', '-')}", *self.aliases)

    def read_value(self, record: Mapping[str, Any]) -> Any:
        """The value of a record that the filter is about."""
        return self.read(record) if self.read else record[self.name]

    def read_values(self, record: Mapping[str, Any]) -> Sequence[Any]:
        """The values of a record of which one must equal the filter's."""
        return (self.read_value(record), *[record[name] for name in self.also])


class SearchWord(NamedTuple):
    """A word of the search box that asks for the field, what it means, and an example of its use."""

    word: str
    meaning: str
    example: str


class EventField(NamedTuple):
    """A field of an event record, and the schema of its value.

    `columns` are the columns of `EventRow` that hold it, by default one of its own name. `since` is the
    version of the store that first had them.
    """

    name: str
    schema: Schema
    word: SearchWord | None = None
    filter: EventFilter | None = None
    columns: tuple[str, ...] | None = None
    since: int = 1

    @property
    def column_names(self) -> tuple[str, ...]:
        """The columns that hold the field, none if it is made of another one."""
        return (self.name,) if self.columns is None else self.columns


#: Fields with a filter come first, in the order in which help texts and messages list the filters.
EVENT_FIELDS: Sequence[EventField] = (
    EventField("ad_account_id", TEXT, SearchWord("account", "ad account", "account:549755885175"),
               EventFilter("ad_account_id", "The ad account.", aliases=("--ad-account",))),
    EventField("event_name", TEXT, SearchWord("event", "event name", "event:checkout"),
               EventFilter("event_name", "The event name, Pinterest's or as sent.", also=("sent_name",),
                           as_stored=lambda name: mask_secrets(canonical_name(name)))),
    EventField("event_id", TEXT, SearchWord("id", "event id", "id:order-1001"),
               EventFilter("event_id", "The event id.", as_stored=mask_secrets)),
    EventField("status", one_of(STATUSES), None,
               EventFilter("status", "Pinterest's verdict.", choices=STATUSES)),
    EventField("duplicate_of", nullable(WHOLE), None,
               EventFilter("duplicate", "Whether it is a duplicate.", bool, column="duplicate_of IS NOT NULL",
                           read=lambda record: record["duplicate_of"] is not None)),
    EventField("test", FLAG, None, EventFilter("test", "Whether it was sent in a test request.", bool)),
    EventField("action_source", TEXT, SearchWord("action", "action source", "action:web"),
               EventFilter("action_source", "Where the event happened, as sent.", as_stored=mask_secrets)),
    EventField("reported_as", one_of(REPORTING_CLASSES), SearchWord("as", "reported as", "as:offline"),
               EventFilter("reported_as", "What Pinterest reports it as.", choices=REPORTING_CLASSES)),
    EventField("source", one_of(SOURCES), SearchWord("source", "the source", "source:tag"),
               EventFilter("source", "The API, the tag or Segment.", choices=SOURCES)),
    EventField("limited_data_processing", full_object({"applies": FLAG, "reason": TEXT}), None,
               EventFilter("limited_data_processing", "Whether limited data processing applies.", bool,
                           column="limited",
                           read=lambda record: record["limited_data_processing"]["applies"]),
               columns=("limited", "limited_reason")),
    EventField("seq", WHOLE),
    EventField("received_at", MOMENT),
    EventField("sent_name", TEXT),
    EventField("event_time", nullable({"type": "number"})),
    EventField("error_message", TEXT),
    EventField("warning_message", TEXT),
    EventField("findings", list_of(FINDING)),
    EventField("payload", ANY_OBJECT),
    EventField("match_keys", list_of(TEXT), columns=()),
    EventField("request_id", TEXT, SearchWord("request", "the request it came with", "request:7")),
    EventField("fault", nullable(TEXT), SearchWord("fault", "the kind of the injected fault", "fault:drop"),
               since=2),
)  # fmt: skip

FILTERS: Mapping[str, EventFilter] = {
    field.filter.name: field.filter for field in EVENT_FIELDS if field.filter
}
