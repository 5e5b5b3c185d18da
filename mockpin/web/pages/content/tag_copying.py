"""Writes an event of the tag as a curl command or a test that sends it as the tag does.

The Conversions API would not accept it.
"""

import json
import shlex
from collections.abc import Callable, Mapping
from textwrap import indent
from typing import Any
from urllib.parse import urlencode

from mockpin.web.pages.content.copying import name_test, write_literal
from mockpin_validator.wording import make_visible

Record = Mapping[str, Any]

_TEST = """\
import json

import httpx


def test_the_tag_s_{name}_is_{status}(mockpin):
    event = {event}
    httpx.get(
        f"{{mockpin.url}}/v3/",
        params={{
            "tid": mockpin.tag_id,
            **{{key: value if isinstance(value, str) else json.dumps(value) for key, value in event.items()}},
        }},
        headers={{"User-Agent": {agent}}},
    )
    (received,) = mockpin.events()
    assert received["source"] == "tag"
    assert received["status"] == "{status}"
"""


def write_tag_curl(record: Record, api_uri: str) -> str:
    """Write a shell command that sends the hit again, with the tag's id from the environment."""
    hit = {
        name: value if isinstance(value, str) else json.dumps(value)
        for name, value in read_hit(record).items()
    }
    address = f"{api_uri.removesuffix('/v5')}/v3/?tid=$PINTEREST_TAG_ID&{urlencode(hit)}"
    return f'curl "{address}" \\\n  -A {shlex.quote(make_visible(_read_agent(record)))}'


def write_tag_test(record: Record, api_uri: str = "") -> str:  # noqa: ARG001  # all forms have one signature
    """Write a pytest test with the `mockpin` fixture: the hit and its verdict."""
    return _TEST.format(
        name=name_test(record),
        status=record["status"],
        event=indent(write_literal(read_hit(record)), "    ").lstrip(),
        agent=ascii(_read_agent(record)),
    )


#: The form of a copy -> the function that writes it.
TAG_FORMS: Mapping[str, Callable[[Record, str], str]] = {
    "curl": write_tag_curl,
    "pytest test": write_tag_test,
}


def read_hit(record: Record) -> dict[str, Any]:
    """Return the parameters with which the tag sends this event. The user agent is sent as a header."""
    payload = record["payload"]
    person = {name: value for name, value in payload["user_data"].items() if name != "client_user_agent"}
    page = {"loc": payload["event_source_url"]} if payload.get("event_source_url") else {}
    parts = {"ed": payload["custom_data"], "pd": person, "ad": page}
    return {"event": record["sent_name"], **{name: part for name, part in parts.items() if part}}


def _read_agent(record: Record) -> str:
    return str(record["payload"]["user_data"].get("client_user_agent", ""))
