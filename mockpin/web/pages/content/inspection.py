"""The details of one received event: its payload with findings, its match keys, limited data processing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from mockpin.emulator.json_texts import object_of
from mockpin.reports.usable_keys import find_usable
from mockpin.web.pages.content.annotation import Line, Note, annotate
from mockpin_validator.contract.request import CHECKOUT_KEYS, VISITOR_KEYS
from mockpin_validator.judging.limited_data_processing import COUNTRY, FLAG, flags, hashes, list_sent_hashes

Record = Mapping[str, Any]

#: Match key -> its meaning, hashed ones first.
MATCH_KEYS: Mapping[str, str] = {
    "em": "e-mail address",
    "ph": "phone number",
    "external_id": "your own id of the user",
    "hashed_maids": "mobile advertising id",
    "fn": "first name",
    "ln": "last name",
    "ge": "gender",
    "db": "date of birth",
    "ct": "city",
    "st": "state",
    "zp": "postal code",
    "country": "country",
    "client_ip_address": "IP address",
    "client_user_agent": "user agent",
    "click_id": "Pinterest's click id (_epik)",
}
#: What Pinterest recommends on every event, and what it adds for a checkout.
RECOMMENDED = frozenset({"external_id", *VISITOR_KEYS})
RECOMMENDED_ON_CHECKOUT = RECOMMENDED | {*CHECKOUT_KEYS, "hashed_maids", "click_id"}

#: The hashes of all dates of birth take seconds to compute, so pages do not look them up.
_SLOW = frozenset({"db"})

State = Literal["fits", "ignored", "missing"]


@dataclass(frozen=True)
class LimitedValue:
    """One of the three values that limited data processing needs, and whether it is right."""

    field: str
    state: State
    explanation: str


@dataclass(frozen=True)
class MatchKeyState:
    """A match key: usable (`fits`), present but not usable (`ignored`) or missing; is it recommended?"""

    name: str
    meaning: str
    state: State
    recommended: bool


@dataclass(frozen=True)
class Inspection:
    """An event's annotated lines, its values for limited data processing, and its match keys."""

    lines: tuple[Line, ...]
    limited: tuple[LimitedValue, ...]
    match_keys: tuple[MatchKeyState, ...]


def inspect(record: Record, *, ldp_states: tuple[str, ...] = ("CA",)) -> Inspection:
    """Inspect an event record. `ldp_states` are the states where limited data processing has an effect."""
    payload = record["payload"]
    notes = [*map(note_finding, record["findings"]), *recognize(payload)]
    limited = tuple(find_limiting_values(payload, ldp_states))
    return Inspection(annotate(payload, notes), limited, tuple(_match_keys(record)))


def note_finding(finding: Mapping[str, Any], *, whole: bool = False) -> Note:
    """Turn a finding into a note on its event, where `/data/3/em` is `/em`, or on the whole payload."""
    steps = finding["path"].split("/")
    within = whole or steps[1:2] != ["data"]
    pointer = finding["path"] if within else "".join(f"/{step}" for step in steps[3:])
    named = {name: finding[name] for name in ("message", "fix", "source", "rule", "documented")}
    return Note(finding["severity"], pointer, **named)


def recognize(payload: Any) -> Iterator[Note]:
    """Yield a note on each hash whose plain text is not a secret, such as the hash of a state."""
    from mockpin_validator.forensics import known  # noqa: PLC0415 - its tables are built when first asked for

    for key, pointer, value in _hashes(payload):
        plain = known(key, value) if key not in _SLOW else None
        if plain:
            yield Note("known", pointer, f"Recognized: {plain}.")


def find_limiting_values(payload: Any, states: tuple[str, ...]) -> Iterator[LimitedValue]:
    """Yield the three values that limited data processing depends on: flag, country and state of the USA.

    Each says whether it fits. Yields nothing if an event does not ask for limited data processing.
    """
    custom_data, user_data = (_read_part(payload, name) for name in ("custom_data", "user_data"))
    asked = custom_data.get("opt_out_type")
    if not asked:
        return
    is_asked = FLAG in flags(asked)
    explanation = "LDP" if is_asked else "not LDP: Pinterest ignores it"
    yield LimitedValue("custom_data.opt_out_type", "fits" if is_asked else "ignored", explanation)
    yield _check_place("country", user_data.get("country"), (COUNTRY,))
    yield _check_place("st", user_data.get("st"), states)


def _check_place(key: str, sent: Any, codes: tuple[str, ...]) -> LimitedValue:
    from mockpin_validator.forensics import known  # noqa: PLC0415 - its tables are built when first asked for

    field = f"user_data.{key}"
    hashed = list_sent_hashes(sent)
    if not hashed:
        return LimitedValue(field, "missing", "not sent: LDP is ignored without it")
    plain = known(key, hashed[0])
    if not hashes(codes).isdisjoint(hashed):
        return LimitedValue(field, "fits", str(plain))
    name = str(plain) if plain else "an unknown hash"
    return LimitedValue(field, "ignored", f"{name}: LDP needs the hash of {' or '.join(codes)}")


def _match_keys(record: Record) -> Iterator[MatchKeyState]:
    wanted = RECOMMENDED_ON_CHECKOUT if record["event_name"] == "checkout" else RECOMMENDED
    states: dict[str, State] = dict.fromkeys(record["match_keys"], "ignored")
    states |= dict.fromkeys(find_usable(record), "fits")
    for name, meaning in MATCH_KEYS.items():
        yield MatchKeyState(name, meaning, states.get(name, "missing"), name in wanted)


def _hashes(payload: Any) -> Iterator[tuple[str, str, str]]:
    for key, value in _read_part(payload, "user_data").items():
        if isinstance(value, str):
            yield key, f"/user_data/{key}", value
        for index, item in enumerate(value if isinstance(value, list) else ()):
            if isinstance(item, str):
                yield key, f"/user_data/{key}/{index}", item


def _read_part(payload: Any, name: str) -> Mapping[str, Any]:
    return object_of(object_of(payload).get(name))
