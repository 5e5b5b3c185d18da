"""The request's JSON Schema: the one truth about its fields, types, limits and enumerations.

It is Pinterest's OpenAPI 5.23 in our words, with what later descriptions and large senders are known to add
(`x-beyond` says since when). Two demands are contested, so a `Demands` value switches them: 5.23 demands an
identity in user_data with an `anyOf` of three branches (em, or hashed_maids, or client_ip_address with
client_user_agent), 5.28 only in its prose; and every description requires event_id, which Pinterest's own
server template leaves out when its event has none.
"""

import json
from functools import cache
from importlib.resources import files
from typing import Any, Final, NamedTuple

Schema = dict[str, Any]

HASHED_MATCH_KEYS: Final = (
    "em",
    "ph",
    "ge",
    "db",
    "ln",
    "fn",
    "ct",
    "st",
    "zp",
    "country",
    "external_id",
    "hashed_maids",
)


#: Every field of user_data by which Pinterest can match a person.
MATCH_KEYS: Final = (*HASHED_MATCH_KEYS, "client_ip_address", "client_user_agent", "click_id", "partner_id")


class Demands(NamedTuple):
    """Which of the contested demands the schema makes."""

    identity: bool = True
    event_id: bool = True


ALL_DEMANDS: Final = Demands()


def payload_schema(demands: Demands = ALL_DEMANDS) -> Schema:
    """The JSON Schema (2020-12) of a payload `{"data": [conversion event, ...]}`."""
    return _payload_schema(demands)


@cache
def _payload_schema(demands: Demands) -> Schema:
    schema: Schema = json.loads(files("mockpin_validator.contract").joinpath("contract.json").read_bytes())
    if not demands.identity:
        schema["$defs"]["user_data"] = {"$ref": "#/$defs/match_keys"}
    if not demands.event_id:
        schema["$defs"]["event"]["required"].remove("event_id")
    return schema


@cache
def envelope_schema() -> Schema:
    """The JSON Schema of what is around the conversion events of a payload."""
    schema = payload_schema()
    data = {keyword: asked for keyword, asked in schema["properties"]["data"].items() if keyword != "items"}
    return {**schema, "properties": {"data": data}}


def event_schema(demands: Demands = ALL_DEMANDS) -> Schema:
    """The JSON Schema of one conversion event."""
    return {"$ref": "#/$defs/event", "$defs": payload_schema(demands)["$defs"]}


@cache
def properties_of(part: str) -> Schema:
    """The fields of a part: `payload`, `event`, `custom_data`, `contents` and so on.

    The fields of user_data are those of the part `match_keys`, although customer_type matches nobody.
    """
    schema = payload_schema()
    contents = schema["$defs"]["custom_data"]["properties"]["contents"]["items"]
    properties: Schema = {**schema["$defs"], "payload": schema, "contents": contents}[part]["properties"]
    return properties
