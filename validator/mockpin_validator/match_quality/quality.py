"""Match quality: how many events carry the parameters by which Pinterest matches, deduplicates and reports.

The terms are those of the event quality score in Pinterest's OpenAPI 5.23 (`conversion_eqs`). Pinterest
publishes neither its weights nor its thresholds: `WEIGHTS` and `GRADES` are mockpin's own.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import compress
from operator import itemgetter
from typing import Any, Final, Literal, TypeVar

from mockpin_validator.caching import cache_short_texts
from mockpin_validator.contract.names import STANDARD_EVENT_NAMES
from mockpin_validator.contract.request import MATCH_KEYS
from mockpin_validator.contract.spelling import find_meant_event_name
from mockpin_validator.masking import mask_personal

Status = Literal["NEEDS_IMPROVEMENT", "FAIR", "GOOD"]

#: Event name, and the wire names of the parameters that the event carries.
Shape = tuple[str, tuple[str, ...]]

#: Wire names of the parameters outside user_data that count for the score.
METADATA: Final = ("event_id", "content_ids", "order_id", "value", "event_source_url")

#: Component of the event quality score -> wire name of its parameter.
COMPONENTS: Mapping[str, str] = {
    "hashed_email": "em",
    "advertiser_external_id": "external_id",
    "click_id_epik": "click_id",
    "ip_address": "client_ip_address",
    "user_agent": "client_user_agent",
    "hashed_maid": "hashed_maids",
    "external_event_id": "event_id",
    "product_id": "content_ids",
    "order_id": "order_id",
    "order_value": "value",
    "source_url": "event_source_url",
}

#: Ours: points that each component adds to a score of 100 if every event carries it.
WEIGHTS: Mapping[str, int] = {
    "hashed_email": 25,
    "click_id_epik": 20,
    "advertiser_external_id": 15,
    "ip_address": 8,
    "user_agent": 7,
    "hashed_maid": 5,
    "external_event_id": 10,
    "product_id": 3,
    "order_value": 3,
    "order_id": 2,
    "source_url": 2,
}
#: Ours: the minimum score of each status.
GRADES: tuple[tuple[int, Status], ...] = ((65, "GOOD"), (40, "FAIR"), (0, "NEEDS_IMPROVEMENT"))
NOTE: Final = (
    "Pinterest publishes neither weights nor thresholds: score and status are mockpin's own. An event whose"
    " name is not Pinterest's but means one of its names adds nothing to the score: it is counted as unknown."
)

#: Shapes counted separately; with more, all event names are counted as `OTHERS`.
MAX_SHAPES: Final = 20_000
OTHERS: Final = "(all names)"

#: What is counted.
Counted = TypeVar("Counted")

_KEYS = frozenset(MATCH_KEYS)
_first = itemgetter(0)


@dataclass(frozen=True)
class Quality:
    """Coverage counted over conversion events. Qualities of parts can be added.

    Coverage is the percentage (0 to 100) of events that carry a parameter, as Pinterest's is.
    """

    shapes: Mapping[Shape, int] = field(default_factory=dict)

    def __add__(self, other: "Quality") -> "Quality":
        """Add the counts of two sets of events."""
        return Quality(add_counts(self.shapes, other.shapes))

    def limited(self, most: int = MAX_SHAPES) -> "Quality":
        """Return the quality without event names if it has more than `most` shapes, else unchanged."""
        if len(self.shapes) <= most:
            return self
        shapes: Counter[Shape] = Counter()
        for (_, parameters), count in self.shapes.items():
            shapes[OTHERS, parameters] += count
        return Quality(shapes)

    @cached_property
    def events(self) -> int:
        """The number of events counted."""
        return sum(self.shapes.values())

    @property
    def event_names(self) -> tuple[str, ...]:
        """The event names that occurred, in alphabetical order."""
        return tuple(self.by_name)

    @cached_property
    def by_name(self) -> Mapping[str, "Quality"]:
        """The quality of the events of each name, in alphabetical order."""
        shapes: dict[str, dict[Shape, int]] = defaultdict(dict)
        for shape, count in self.shapes.items():
            shapes[shape[0]][shape] = count
        return {name: Quality(shapes[name]) for name in sorted(shapes)}

    def of(self, event_name: str) -> "Quality":
        """Return the quality of the events of one name."""
        return self.by_name.get(event_name, Quality())

    def coverage(self, parameter: str) -> float:
        """Return the percentage of events with a parameter (wire name or component); 0 without events.

        Raises `KeyError` for an unknown name.
        """
        name = COMPONENTS.get(parameter, parameter)
        if name not in _KEYS and name not in METADATA:
            raise KeyError(parameter)
        return 100 * self._carrying[name] / (self.events or 1)

    @cached_property
    def _carrying(self) -> Counter[str]:
        """The number of events that carry each parameter."""
        carrying: Counter[str] = Counter()
        for (_, parameters), count in self.shapes.items():
            for parameter in parameters:
                carrying[parameter] += count
        return carrying

    @cached_property
    def score(self) -> float:
        """The score from 0 to 100, by our weights; events with a misspelt name add nothing to it."""
        known = Quality({shape: count for shape, count in self.shapes.items() if not is_misnamed(shape[0])})
        covered = sum(weight * known.coverage(component) for component, weight in WEIGHTS.items()) / 100
        return covered * known.events / (self.events or 1)

    @property
    def status(self) -> Status:
        """The status in Pinterest's three words, by our thresholds."""
        return next(status for least, status in GRADES if self.score >= least)

    def to_dict(self) -> dict[str, Any]:
        """Return the coverage of every match key and component, overall and by event name, as JSON."""
        return {
            "note": NOTE,
            **self.figures(),
            "by_event_name": {name: part.figures() for name, part in self.by_name.items()},
        }

    def figures(self) -> dict[str, Any]:
        """Return counts, score and coverage over all events as JSON."""
        return {
            "events": self.events,
            "score": round(self.score, 1),
            "status": self.status,
            "match_keys": {key: round(self.coverage(key), 1) for key in MATCH_KEYS},
            "components": {component: round(self.coverage(component), 1) for component in COMPONENTS},
        }


def add_counts(counts: Mapping[Counted, int], others: Mapping[Counted, int]) -> Counter[Counted]:
    """Add counts above 0; the sum of two counters takes ten times as long where the others are few."""
    both = Counter(counts)
    both.update(others)
    return both


def quality(events: Iterable[Any]) -> Quality:
    """Measure the match quality of events. A non-object counts as an event without parameters."""
    return Quality(Counter(shape_of(event) for event in events))


def match_keys(event: Any) -> tuple[str, ...]:
    """Return the match keys with a value in one conversion event, in the order in which they were sent."""
    user_data = event.get("user_data") if isinstance(event, dict) else None
    return _match_keys(user_data) if isinstance(user_data, dict) else ()


def _match_keys(user_data: Mapping[str, Any]) -> tuple[str, ...]:
    values = user_data.values()
    try:
        full = all(values) and all(map(_first, values))
    except (LookupError, TypeError):  # a value that is neither text nor list
        full = False
    return select_match_keys(
        tuple(user_data if full else filter(lambda key: has_value(user_data[key]), user_data))
    )


@lru_cache(maxsize=1024)
def select_match_keys(keys: tuple[str, ...]) -> tuple[str, ...]:
    """Select the keys that are match keys. Cached: most events of a sender have the same keys."""
    return tuple(key for key in keys if key in _KEYS)


def shape_of(event: Any) -> Shape:
    """Return an event's name and the parameters that it carries, match keys first."""
    if not isinstance(event, dict):
        return "", ()
    return mask_event_name(str(event.get("event_name", ""))), match_keys(event) + metadata(event)


@cache_short_texts(maxsize=1024)
def mask_event_name(event_name: str) -> str:
    """Replace an event name by dots if it may be personal data."""
    return mask_personal(event_name)


def is_misnamed(event_name: str) -> bool:
    """Whether an event name is not standard but means a standard one, as `purchase` means `checkout`."""
    return event_name not in STANDARD_EVENT_NAMES and find_meant_event_name(event_name) is not None


def metadata(event: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the wire names of the parameters outside user_data that have a value."""
    custom_data = event.get("custom_data")
    get = custom_data.get if isinstance(custom_data, dict) else {}.get
    values = (
        event.get("event_id"),
        get("content_ids") or has_product(get("contents")),
        get("order_id"),
        get("value"),
        event.get("event_source_url"),
    )
    return METADATA if all(values) else tuple(compress(METADATA, values))


def has_product(contents: Any) -> bool:
    """Whether any item of the contents has an id."""
    return isinstance(contents, list) and any(isinstance(item, dict) and item.get("id") for item in contents)


def has_value(value: Any) -> bool:
    """Whether a match key has a value: not null or empty, nor a list of only such values."""
    return any(value) if isinstance(value, list) else bool(value)
