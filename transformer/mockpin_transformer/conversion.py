"""Converts one Segment event with one mapping into one conversion event."""

from dataclasses import dataclass

from mockpin_transformer.conversion_events import BUILDERS, build_legacy
from mockpin_transformer.errors import NotJson, PayloadInvalid
from mockpin_transformer.explanation import Explained, Step, explain
from mockpin_transformer.js import JSON
from mockpin_transformer.mappings.mapping import Mapping, parse_mapping
from mockpin_transformer.match_keys.normalization import Normalization, select_stages
from mockpin_transformer.match_keys.user_data import build_user_data, hash_usable, require_identity
from mockpin_transformer.payloads.payload import read_payload
from mockpin_transformer.payloads.sentences import mismatch
from mockpin_transformer.wire import find_foreign, write_converted


@dataclass(frozen=True)
class Conversion:
    """A conversion event, the body of a request with it alone, and its `trace` if one was asked for."""

    event: dict[str, JSON]
    body: bytes
    trace: tuple[Step, ...] = ()


def convert(
    event: JSON,
    mapping: Mapping | JSON,
    *,
    normalization: Normalization = "segment",
    region: str | None = None,
    trace: bool = False,
) -> Conversion:
    """Convert a Segment event with a mapping; raises TransformFailed where Segment fails.

    It is NotJson for a value of a type that JSON does not have, with the value's place in `event`.

    `normalization` "segment" is what Segment sends, to the byte; "documented" is what Pinterest asks for: it
    drops match keys that are empty after cleaning, and reads phone numbers without a country code as numbers
    of `region` (RegionUnavailable if it cannot). A mapping given as JSON is parsed for every call: parse it
    once with `parse_mapping` for many events.
    """
    parsed = mapping if isinstance(mapping, Mapping) else parse_mapping(mapping)
    try:
        resolved = parsed.resolve(event)
        payload = _read(resolved)
        conversion_event = _build(payload, normalization=normalization, region=region)
        body = write_converted([conversion_event])
    except NotJson as error:
        raise _find(error, event) from None
    if not trace:
        return Conversion(conversion_event, body)
    explained = Explained(parsed.sources(event), resolved, payload, conversion_event)
    return Conversion(conversion_event, body, explain(explained, normalization=normalization, region=region))


def _find(error: NotJson, event: JSON) -> NotJson:
    """The error with the value's place in the Segment event, if the value came from there."""
    return next((foreign for foreign in find_foreign(event) if foreign.type_name == error.type_name), error)


def _read(resolved: JSON) -> dict[str, JSON]:
    if not isinstance(resolved, dict):
        raise PayloadInvalid((mismatch("The root value", "object", resolved),))
    return read_payload(resolved)


def _build(payload: dict[str, JSON], *, normalization: Normalization, region: str | None) -> dict[str, JSON]:
    stages = select_stages(normalization, region)
    fields = payload.get("user_data", {})
    if normalization == "documented":
        fields = hash_usable(fields, stages)
    require_identity(fields)
    builder = BUILDERS.get(payload.get("data_format", ""), build_legacy)
    return builder(payload, build_user_data(fields, stages))
