"""The request's JSON Schema: the only definition of its fields, types, limits and enumerations.

It is Pinterest's OpenAPI 5.23 in our words, with additions of later descriptions and large senders
(`x-beyond` names the version). Two demands are contested, so a `Demands` value switches them.

5.23 requires an identity in user_data by an `anyOf` of three branches (em, or hashed_maids, or
client_ip_address with client_user_agent); 5.28 does so only in prose. Every description requires event_id,
but Pinterest's own server template leaves it out if its event has none.
"""

import json
from functools import cache
from importlib.resources import files
from typing import Any, Final, NamedTuple

Schema = dict[str, Any]

#: The objects that an event may hold.
PARTS: Final = ("user_data", "custom_data", "app_info", "device_info")
HASHED_MATCH_KEYS: Final = (
    "em", "ph", "ge", "db", "ln", "fn", "ct", "st", "zp", "country", "external_id", "hashed_maids",
)  # fmt: skip
#: What a browser or an app tells of its user, whoever that is.
VISITOR_KEYS: Final = ("client_ip_address", "client_user_agent")
#: Every field of user_data by which Pinterest can match a person.
MATCH_KEYS: Final = (*HASHED_MATCH_KEYS, *VISITOR_KEYS, "click_id", "partner_id")
#: The sets of match keys of which user_data must hold one.
IDENTIFYING_KEYS: Final = (("em",), ("hashed_maids",), VISITOR_KEYS)
#: The match keys that Pinterest recommends for a checkout.
CHECKOUT_KEYS: Final = ("em", "ph", "fn", "ln")


class Demands(NamedTuple):
    """The contested demands: whether the schema makes each of them."""

    identity: bool = True
    event_id: bool = True


ALL_DEMANDS: Final = Demands()


def payload_schema(demands: Demands = ALL_DEMANDS) -> Schema:
    """Return the JSON Schema (2020-12) of a payload `{"data": [conversion event, ...]}`."""
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
    """Return the JSON Schema of a payload without the schema of its events."""
    schema = payload_schema()
    data = {keyword: asked for keyword, asked in schema["properties"]["data"].items() if keyword != "items"}
    return {**schema, "properties": {"data": data}}


def event_schema(demands: Demands = ALL_DEMANDS) -> Schema:
    """Return the JSON Schema of one conversion event."""
    return {"$ref": "#/$defs/event", "$defs": payload_schema(demands)["$defs"]}


@cache
def properties_of(part: str) -> Schema:
    """Return the schemas of a part's fields. Parts are `payload`, `event`, `custom_data`, `contents`...

    The fields of user_data are in the part `match_keys`, although customer_type is not a match key.
    """
    schema = payload_schema()
    contents = schema["$defs"]["custom_data"]["properties"]["contents"]["items"]
    properties: Schema = {**schema["$defs"], "payload": schema, "contents": contents}[part]["properties"]
    return properties
