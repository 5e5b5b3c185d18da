"""The request's JSON Schema: the one truth about its fields, types, limits and enumerations.

It is Pinterest's OpenAPI 5.23 in our words, with what later descriptions and large senders are known to add
(`x-beyond` says since when). Unlike OpenAPI 3.0 tools, which ignore what stands beside a `$ref`, the three
branches of user_data bind: em, or hashed_maids, or client_ip_address with client_user_agent.
"""

import json
from functools import cache
from importlib.resources import files
from typing import Any, Final

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


@cache
def payload_schema() -> Schema:
    """The JSON Schema (2020-12) of a payload `{"data": [conversion event, ...]}`."""
    schema: Schema = json.loads(files("mockpin_validator.contract").joinpath("contract.json").read_bytes())
    return schema


@cache
def envelope_schema() -> Schema:
    """The JSON Schema of what is around the conversion events of a payload."""
    schema = payload_schema()
    data = {keyword: asked for keyword, asked in schema["properties"]["data"].items() if keyword != "items"}
    return {**schema, "properties": {"data": data}}


@cache
def event_schema() -> Schema:
    """The JSON Schema of one conversion event."""
    return {"$ref": "#/$defs/event", "$defs": payload_schema()["$defs"]}


@cache
def properties_of(part: str) -> Schema:
    """The fields of a part: `payload`, `event`, `custom_data`, `contents`, `match_keys` and so on."""
    schema = payload_schema()
    contents = schema["$defs"]["custom_data"]["properties"]["contents"]["items"]
    properties: Schema = {**schema["$defs"], "payload": schema, "contents": contents}[part]["properties"]
    return properties
