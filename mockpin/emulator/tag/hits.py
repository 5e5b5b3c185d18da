"""What the Pinterest tag reports, read from any of the forms in which it does.

The script's beacon has `ed` and `pd` as JSON, the image of a page without scripts spells them out with
brackets (`ed[value]=10.00`, `ed[line_items][0][product_id]=7`); both may come by GET or as a form by POST,
of one part or several. What can be read of neither form is said beside the event.
The event's id is `event_id`, `eventID` or `eid`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import orjson

from mockpin.emulator.accounts import fingerprint
from mockpin.emulator.event_names import canonical_name
from mockpin.emulator.json_texts import JsonUnreadable, object_of, parse_json
from mockpin.emulator.masking.events import HASHED_KEYS, mask_json, mask_parameter, mask_user_data, read_pairs
from mockpin.emulator.masking.texts import is_secret, mask_secrets, mask_tokens
from mockpin.emulator.pipeline.context import JudgedEvent, RequestContext
from mockpin.emulator.tag.rules import judge_hit

if TYPE_CHECKING:
    from mockpin.emulator.accounts import Accounts
    from mockpin.emulator.pipeline.requests import HttpRequest

EVENT_IDS = ("event_id", "eventID", "eid")
#: What a tag sends when a page loads and nothing has happened yet.
NO_EVENTS = ("", "init")
#: What opts out is event data for the API, whichever of its two places a tag puts it in.
OPT_OUT = ("opt_out_type",)
_BRACKET = re.compile(r"\[([^\[\]]*)\]")
DEPTH = 8
#: Characters of a form that is read. Browsers send beacons of at most 64 kB, and no other thread runs while
#: Python cuts a form into its escapes, which takes 0.1 s for 9 MB.
LONGEST_FORM = 1_000_000


def make_context(request: HttpRequest, accounts: Accounts, *, now: float) -> RequestContext:
    """The context of a tag hit, with its event if it reports one."""
    fields = read_fields(request)
    events = [read_event(fields, request, now)] if has_event(fields, request) else []
    return RequestContext(
        request,
        accounts.find_by_tag(str(fields.get("tid", ""))) or "",
        source="tag",
        payload=fields,
        events=[
            JudgedEvent(
                event, orjson.dumps(event), judge_hit(fields, event), canonical_name(event["event_name"])
            )
            for event in events
        ],
    )


def has_event(fields: Mapping[str, Any], request: HttpRequest) -> bool:
    """Whether a hit reports an event: HEAD asks what GET would answer, and no page has loaded anything."""
    return request.method != "HEAD" and text(fields.get("event")) not in NO_EVENTS


def read_event(fields: Mapping[str, Any], request: HttpRequest, now: float) -> dict[str, Any]:
    """A hit as a conversion event: what the API would call it."""
    data, person = object_of(fields.get("ed")), object_of(fields.get("pd"))
    page = object_of(fields.get("ad"))
    event_id = next((text(data[name]) for name in EVENT_IDS if data.get(name)), "")
    event: dict[str, Any] = {
        # Without its spaces, a credential after Bearer would no longer be recognized.
        "event_name": mask_tokens(text(fields["event"])).replace(" ", ""),
        "event_id": event_id,
        "event_time": int(now),
        "action_source": "web",
        "user_data": read_user_data(person, request),
        "custom_data": {**data, **{name: person[name] for name in OPT_OUT if name in person}},
    }
    return {**event, "event_source_url": text(page["loc"])} if page.get("loc") else event


def read_user_data(person: Mapping[str, Any], request: HttpRequest) -> dict[str, Any]:
    """The person's data, match keys as lists; the user agent is the browser's own header."""
    keys = {
        name: value if isinstance(value, list) or name not in HASHED_KEYS else [value]
        for name, value in person.items()
    }
    agent = request.headers.get("user-agent")
    return {**keys, "client_user_agent": agent} if agent else keys


def read_fields(request: HttpRequest) -> dict[str, Any]:
    """The parameters of the query and of a form, JSON parsed and brackets unfolded."""
    body = request.body if request.method == "POST" else b""
    posted = read_json(body)
    form = read_form(body) if posted is None else []
    fields = unfold([*read_pairs(request.query), *form])
    return {**fields, **posted} if isinstance(posted, dict) else fields


def read_form(body: bytes) -> list[tuple[str, str]]:
    """The parameters of a form.

    Empty for a body that is not a form, since text without a name may be anything, and for a form that is
    longer than any browser sends.
    """
    if len(body) > LONGEST_FORM:
        return []
    try:
        form = body.decode()
    except UnicodeDecodeError:
        return []
    return read_pairs(form) if "=" in form else []


def unfold(pairs: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Pairs as an object: `ed[a][0]=1` becomes `{"ed": {"a": ["1"]}}`."""
    unfolded: dict[str, Any] = {}
    for name, value in pairs:
        path = [name.partition("[")[0], *_BRACKET.findall(name)][:DEPTH]
        put(unfolded, path, value if len(path) > 1 else read_value(value))
    return {name: list_numbered(value) for name, value in unfolded.items()}


def put(target: dict[str, Any], path: list[str], value: Any) -> None:
    """Set a value at a path, making the objects on the way; an object is never lost to a text."""
    *way, last = path
    for step in way:
        inner = target.get(step)
        target[step] = target = inner if isinstance(inner, dict) else {}
    if not isinstance(target.get(last), dict) or isinstance(value, dict):
        target[last] = value


def list_numbered(value: Any) -> Any:
    """A value in which every object whose names count from 0 is a list."""
    if not isinstance(value, dict):
        return value
    inner = {name: list_numbered(member) for name, member in value.items()}
    numbered = inner and inner.keys() == {str(place) for place in range(len(inner))}
    return [inner[str(place)] for place in range(len(inner))] if numbered else inner


def read_value(value: str) -> Any:
    """A parameter's value: JSON where it is an object, else its text."""
    parsed = read_json(value) if value[:1] == "{" else None
    return value if parsed is None else parsed


def mask_hit(fields: Any) -> Any:
    """A hit's parameters as they may be kept: `pd` is what a conversion event calls `user_data`."""
    texts = {name: mask_parameter(name, value) for name, value in fields.items() if isinstance(value, str)}
    secrets = {name: fingerprint(str(value)) for name, value in fields.items() if is_secret(name)}
    person = {"pd": mask_user_data(fields["pd"])} if "pd" in fields else {}
    return {**mask_json({**fields, **texts, **secrets}, mask_secrets), **person}


def read_json(value: str | bytes) -> Any:
    """What a text says as JSON, None when it says nothing."""
    try:
        return parse_json(value)
    except JsonUnreadable:
        return None


def text(value: Any) -> str:
    """A text, a number's text, or nothing."""
    return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""
