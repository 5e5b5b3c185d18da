"""Writes a received event as a curl command or a pytest test.

The copies come from the history, so they contain no conversion token and no plain text of a match key. An
event from Segment is sent to the Conversions API; `tag_copying` writes events of the tag. A test writes the
event time relative to now, because a fixed one would be refused a week later. A copy expects the verdict on
the event alone: in the history, a fault, another setting or the rest of its batch may have changed it.
"""

from __future__ import annotations

import json
import pprint
import re
import shlex
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from textwrap import indent
from typing import TYPE_CHECKING, Any

from mockpin_validator.wording import make_visible

if TYPE_CHECKING:
    from mockpin.web.pages.content.exchanges import ExchangeView
    from mockpin_validator import Report

    Record = Mapping[str, Any]

_NO_WORD = re.compile(r"\W+", re.ASCII)
#: The scheme of an Authorization header -> the environment variable of its credentials.
_CREDENTIALS = {"Bearer": "PINTEREST_CONVERSION_TOKEN", "Basic": "SEGMENT_BASIC_AUTH"}
_PLAIN = "import httpx\n\n\n"
#: The plugin fails a test in which an event fails, unless the test has this mark.
_ALLOWING = "import httpx\nimport pytest\n\n\n@pytest.mark.mockpin(allow_bad_events=True)\n"
_TEST = """\
import time

{beginning}def test_{name}_is_{status}(mockpin):
    event = {event}
    httpx.post(
        f"{{mockpin.api_uri}}/ad_accounts/{{mockpin.ad_account_id}}/events{query}",
        headers={{"Authorization": f"Bearer {{mockpin.conversion_token}}"}},
        json={{"data": [event]}},
    )
    (received,) = mockpin.events({filters})
    assert received["status"] == "{status}"
    assert {{finding["rule"] for finding in received["findings"]}} == {rules}
"""


@dataclass(frozen=True)
class _Expression:
    """Python code in the place of a value."""

    code: str

    def __repr__(self) -> str:
        return self.code


def write_curl(record: Record, api_uri: str) -> str:
    """Write a shell command that sends only this event again, with the token from the environment."""
    address = f"{api_uri}/ad_accounts/{record['ad_account_id']}/events{_query(record)}"
    body = json.dumps({"data": [record["payload"]]})
    return " \\\n  ".join((
        f"curl {shlex.quote(address)}",
        '-H "Authorization: Bearer $PINTEREST_CONVERSION_TOKEN"',
        "-H 'Content-Type: application/json'",
        f"-d {shlex.quote(body)}",
    ))  # fmt: skip


def write_request_curl(exchange: ExchangeView, server: str) -> str:
    """Write a shell command that sends a request again, with tokens from the environment."""
    headers = [
        f"-H {shlex.quote(f'{name}: {value}')}"
        for name, value in exchange.headers.items()
        if name in {"content-type", "user-agent"}
    ]
    if "authorization" in exchange.headers:
        scheme = "Basic" if exchange.source == "segment" else "Bearer"
        headers.insert(0, f'-H "Authorization: {scheme} ${_CREDENTIALS[scheme]}"')
    body = _read_sent_body(exchange)
    data = [] if body is None else [f"-d {shlex.quote(make_visible(json.dumps(body)))}"]
    method = [] if exchange.method == ("POST" if data else "GET") else [f"-X {exchange.method}"]
    return " \\\n  ".join((
        f"curl {shlex.quote(server + make_visible(exchange.target))}", *method, *headers, *data,
    ))  # fmt: skip


def _read_sent_body(exchange: ExchangeView) -> Any:
    """Return the body as it was sent, masked; None without one, or if the tag's query contains all of it."""
    if exchange.segment_calls:
        calls = [call["event"] for call in exchange.segment_calls]
        return {"batch": calls} if exchange.path.rstrip("/").endswith("/batch") else calls[0]
    return None if exchange.method in {"GET", "HEAD"} or not exchange.body else exchange.body


def write_test(record: Record, _api_uri: str = "") -> str:
    """Write a pytest test with the `mockpin` fixture: the event and its verdict."""
    report = _judge(record)
    rules = sorted({finding.rule for finding in report})
    return _TEST.format(
        beginning=_PLAIN if report.ok else _ALLOWING,
        name=name_test(record),
        status=_name_status(report),
        event=indent(write_literal(_timeless(record)), "    ").lstrip(),
        query=_query(record),
        filters="test=True" if record["test"] else "",
        rules=f"{{{', '.join(map(repr, rules))}}}" if rules else "set()",
    )


#: The form of a copy -> the function that writes it.
FORMS: Mapping[str, Callable[[Record, str], str]] = {
    "curl": write_curl,
    "pytest test": write_test,
}


def _judge(record: Record) -> Report:
    from mockpin_validator import validate  # noqa: PLC0415 - jsonschema is loaded when first needed

    return validate({"data": [record["payload"]]}, now=record["received_at"])


def _name_status(report: Report) -> str:
    return "processed" if report.ok else "failed"


def name_test(record: Record) -> str:
    """Write the event's name as a part of a function name."""
    return _NO_WORD.sub("_", record["event_name"]).strip("_").lower() or "event"


def write_literal(value: object) -> str:
    """Write a value as Python source."""
    return pprint.pformat(value, width=90, sort_dicts=False)


def _query(record: Record) -> str:
    return "?test=true" if record["test"] else ""


def _timeless(record: Record) -> Mapping[str, Any]:
    payload = record["payload"]
    if not isinstance(payload.get("event_time"), int):
        return dict(payload)
    age = round(record["received_at"]) - payload["event_time"]
    return {
        **payload,
        "event_time": _Expression(f"int(time.time()) - {age}" if age >= 0 else f"int(time.time()) + {-age}"),
    }
