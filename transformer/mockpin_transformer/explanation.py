"""Explains a conversion: the source of each member, how it was cleaned, and why fields were left out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from mockpin_transformer.js import JSON, trim
from mockpin_transformer.mappings.sources import EACH, Sources, escape, find_paths, unescape
from mockpin_transformer.match_keys.hashing import hash_value, is_hashed, trace_stages
from mockpin_transformer.match_keys.normalization import Normalization, Stages, select_stages
from mockpin_transformer.match_keys.user_data import USER_DATA_FIELDS, drop_unusable

_DEPTH: Final = 3
_INSTALL_TIME: Final = "/app_info/install_time"
_NOTHING: Final = "nothing there"
_OF_SEGMENT: Final = ("/partner_name", "/custom_data/np")


@dataclass(frozen=True)
class Step:
    """One member of the conversion event, or one field of the mapping that is not in it.

    `pointer` is its place in the event (of a field left out: in the mapping), `sources` the paths of the
    Segment event it may come from (none: it stands in the mapping). `stages` says in words, without plain
    text, how a match key was cleaned. Where Pinterest's documentation asks for another hash than is sent,
    `documented` is that hash and `documented_stages` the way to it. `dropped` says why a field is left out.
    """

    pointer: str
    sources: tuple[str, ...] = ()
    value: JSON = None
    stages: tuple[str, ...] = ()
    documented: str | None = None
    documented_stages: tuple[str, ...] = ()
    dropped: str | None = None

    @property
    def is_absent(self) -> bool:
        """Whether the field is left out because the event has no value for it."""
        return self.dropped == _NOTHING


@dataclass(frozen=True)
class Explained:
    """The stages of one conversion: the resolved mapping, the fields read from it, and the event.

    `taken` holds the sources of each field, of an @if only those of the branch that was taken.
    """

    taken: Sources
    resolved: Mapping[str, JSON]
    payload: Mapping[str, JSON]
    event: Mapping[str, JSON]

    @property
    def is_latest(self) -> bool:
        """Whether the event has the latest data format; any other, and none, is legacy."""
        return self.payload.get("data_format") == "latest"


def explain(
    conversion: Explained, *, normalization: Normalization, region: str | None = None
) -> tuple[Step, ...]:
    """List a step for every member of the event, in order, then one for every field that was left out.

    A field does not count as left out if the same source was sent in the other data format's field.
    """
    user_data = conversion.payload.get("user_data", {})
    if normalization == "documented":
        user_data = drop_unusable(user_data, select_stages(normalization, region))
    sent = tuple(_sent(conversion))
    origins = {_for_every_item(_origin(step.pointer, is_latest=conversion.is_latest)) for step in sent}
    hashed = tuple(_with_stages(step, user_data, (normalization, region)) for step in sent)
    twins = {(step.pointer, step.sources) for step in sent if step.sources}
    left_out = _left_out(conversion, origins)
    return (*hashed, *(step for step in left_out if (step.pointer, step.sources) not in twins))


def _sent(conversion: Explained) -> Iterator[Step]:
    for pointer, value in _leaves(conversion.event, ""):
        taken = find_paths(_origin(pointer, is_latest=conversion.is_latest), conversion.taken)
        yield Step(pointer, ("Segment",) if pointer in _OF_SEGMENT else taken, value)


def _origin(pointer: str, *, is_latest: bool) -> str:
    """The pointer of the mapping's field that a member of the event was built from."""
    keys = pointer.split("/")[1:]
    if keys[0] == "user_data":
        keys[1] = USER_DATA_FIELDS[keys[1]]
    elif keys[0] == "custom_data" and is_latest:
        keys = keys[1:] if keys[1] == "contents" else ["custom_data_2", *keys[1:]]
    return "".join(f"/{key}" for key in keys)


def _for_every_item(pointer: str) -> str:
    """A pointer as sources have it: `/contents/*/id` for `/contents/0/id`."""
    return "/".join(EACH if key.isdecimal() else key for key in pointer.split("/"))


def _with_stages(step: Step, user_data: Mapping[str, JSON], how: tuple[Normalization, str | None]) -> Step:
    """The step with its cleaning, if it is a hashed match key."""
    _, group, key, *index = (*step.pointer.split("/"), "", "")
    wanted = select_stages("documented", how[1])
    if group != "user_data" or key not in wanted or not index[0].isdecimal():
        return step
    plain = user_data[USER_DATA_FIELDS[key]][int(index[0])]
    explained = replace(step, stages=tuple(_describe(plain, select_stages(*how)[key])))
    documented = _hash(plain, wanted[key])
    if documented in (None, step.value):
        return explained
    return replace(explained, documented=documented, documented_stages=tuple(_describe(plain, wanted[key])))


def _hash(plain: str, stages: Stages) -> str | None:
    cleaned = [*(text for _, text in trace_stages(plain, stages))]
    return hash_value(plain, stages) if is_hashed(plain) or trim(cleaned[-1]) else None


def _describe(plain: str, stages: Stages) -> Iterator[str]:
    if is_hashed(plain):
        yield "hashed already: sent as it is"
    elif not trim(plain):
        yield "blank: sent empty"
    else:
        before = plain
        for name, after in trace_stages(plain, stages):
            changed = f"changed, {len(before)} characters to {len(after)}"
            yield f"{name}: {changed if after != before else 'nothing to do'}"
            before = after
        yield "SHA-256"


def _left_out(conversion: Explained, origins: set[str]) -> Iterator[Step]:
    """Steps for the mapping's fields that have no member in the event."""
    given = map(_for_every_item, (pointer for pointer, _ in _leaves(conversion.resolved, "")))
    fields = ("/".join(field.split("/")[:_DEPTH]) for field in (*conversion.taken, *given))
    for pointer in dict.fromkeys(fields):
        if (
            not any(f"{origin}/".startswith(f"{pointer}/") for origin in origins)
            and pointer != "/data_format"
        ):
            yield Step(pointer, find_paths(pointer, conversion.taken), dropped=_reason(pointer, conversion))


def _reason(pointer: str, conversion: Explained) -> str:
    if not _holds(conversion.resolved, pointer):
        return _NOTHING
    if not _holds(conversion.payload, pointer):
        return "empty, or no field of the action"
    if pointer.startswith("/user_data/"):
        return "nothing left of it once it is cleaned"
    if conversion.is_latest and pointer == _INSTALL_TIME:
        return "a time that cannot be read"
    return f"no field of the {'latest' if conversion.is_latest else 'legacy'} data format"


def _holds(value: JSON, pointer: str) -> bool:
    for key in pointer.split("/")[1:]:
        if key == EACH:
            return bool(value)
        if not isinstance(value, dict) or unescape(key) not in value:
            return False
        value = value[unescape(key)]
    return True


def _leaves(value: JSON, pointer: str) -> Iterator[tuple[str, JSON]]:
    """Each value without members, with its pointer; of empty objects only those in lists, which are sent."""
    if isinstance(value, dict):
        for key, member in value.items():
            yield from _leaves(member, f"{pointer}/{escape(key)}")
    elif isinstance(value, list) and value:
        for index, item in enumerate(value):
            place = f"{pointer}/{index}"
            yield from _leaves(item, place) if item != {} else ((place, item),)
    else:
        yield pointer, value
