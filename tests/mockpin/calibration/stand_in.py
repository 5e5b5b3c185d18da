"""A small stand-in for Pinterest's service. It shares no code with the emulator.

It answers as the replies in `fixtures/replies` are attested, and can be given any combination of the
contested behaviours.
"""

import json
import re
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

AD_ACCOUNT, TOKEN = "549755885175", "pina_REALTOKEN"
NAMES = {"add_to_cart", "checkout", "custom", "lead", "page_visit", "search", "signup", "view_category"}
SOURCES = {"app_android", "app_ios", "web", "offline"}
HASHED = (
    "em", "external_id", "ph", "ge", "db", "ln", "fn", "ct", "st", "zp", "country", "hashed_maids",
)  # fmt: skip
SHA_256 = re.compile("[0-9a-fA-F]{64}")
INVALID = "The action could not be processed properly due to some or all data provided being invalid."
KNOWN = {
    "event_name", "action_source", "event_time", "event_id", "event_source_url", "user_data", "custom_data",
}  # fmt: skip
KNOWN_CUSTOM = {"currency", "value", "num_items", "order_id"}


@dataclass
class Behaviours:
    """Each contested point. Consequences are refuse, fail or warn."""

    mixed_batch_status: int = 422
    failed_batch_status: int = 422
    user_data_minimum: str = "refuse"
    event_id_missing: str = "refuse"
    unknown_event_name: str = "warn"
    unknown_action_source: str = "fail"
    em_as_text: str = "refuse"
    unhashed: dict = field(default_factory=lambda: {"em": "fail", "external_id": "warn"})
    max_event_age: float = 7 * 86_400
    future_tolerance: float = 60
    warnings: str = "2026"
    rate_limit: str | None = '120000, 120000;w=60;name="ads_conversions_ad_account_id"'
    test_batch: int = 20
    drops_unjudged: bool = False
    clock_ahead: float = 0.0
    words: str = ""
    unknown_ad_account: int = 403


class Refused(Exception):
    """400 for the whole request."""


@contextmanager
def standing_in(behaviours=None, respond=None):
    """A running stand-in; `respond(handler)` replaces its answers. Gives (url, requests it received)."""
    received = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self):
            body = self.rfile.read(int(self.headers["content-length"]))
            received.append((self.path, dict(self.headers), body))
            (respond or answer)(self, behaviours or Behaviours(), body)

        def date_time_string(self, timestamp=None):  # noqa: ARG002 - as the base class calls it
            return formatdate(time.time() + (behaviours.clock_ahead if behaviours else 0), usegmt=True)

        def log_message(self, *_arguments):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", received
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def reply(handler, status, content, headers=(), kind="application/json"):
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    handler.send_response(status)
    for name, value in [("Content-Type", kind), ("Content-Length", str(len(body))), *headers]:
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(body)


def answer(handler, behaviours, body):
    if handler.headers["authorization"] != f"Bearer {TOKEN}":
        return reply(handler, 401, {"code": 2, "message": "Authentication failed.", "status": "failure"})
    if f"/v5/ad_accounts/{AD_ACCOUNT}/events" not in handler.path:
        content = {"code": 29, "message": "You are not permitted to access that resource."}
        return reply(handler, behaviours.unknown_ad_account, content)
    assert handler.path.endswith("?test=true")
    limit = behaviours.rate_limit
    headers = [("X-RateLimit-Limit", limit), ("X-RateLimit-Remaining", "119999")] if limit else []
    try:
        verdicts = judge_all(json.loads(body)["data"], behaviours)
    except Refused as refused:
        return reply(handler, 400, {"code": 1, "message": f"Invalid request: {refused}"}, headers)
    failed = sum(verdict["status"] == "failed" for verdict in verdicts)
    counts = {"num_events_processed": len(verdicts) - failed, "num_events_received": len(verdicts)}
    details = {**counts, "events": verdicts}
    whole = failed == len(verdicts)
    status = 200 if not failed else behaviours.failed_batch_status if whole else behaviours.mixed_batch_status
    content = details if status == 200 else {"code": 953, "message": INVALID, "details": details}
    return reply(handler, status, content, headers)


def judge_all(events, behaviours):
    for event in events:
        check(event, behaviours)
    judged = [judge(event, behaviours) for event in events[: behaviours.test_batch]]
    unjudged = 0 if behaviours.drops_unjudged else len(events) - len(judged)
    return judged + [{"status": "processed", "error_message": "", "warning_message": ""}] * unjudged


def check(event, behaviours):
    custom = event.get("custom_data", {}).keys() - KNOWN_CUSTOM
    if unknown := sorted((event.keys() - KNOWN) | custom):
        raise Refused(f"Additional properties are not allowed ('{unknown[0]}' was unexpected)")
    if "event_id" not in event and behaviours.event_id_missing == "refuse":
        raise Refused("'event_id' is a required property")
    if not identifies(event["user_data"]) and behaviours.user_data_minimum == "refuse":
        raise Refused(f"{event['user_data']} is not valid under any of the given schemas")
    if isinstance(event["user_data"].get("em"), str) and behaviours.em_as_text == "refuse":
        raise Refused(f"'{event['user_data']['em']}' is not of type 'array'")


def identifies(user_data):
    address = user_data.get("client_ip_address") and user_data.get("client_user_agent")
    return bool(user_data.get("em") or user_data.get("hashed_maids") or address)


def judge(event, behaviours):  # noqa: C901 - a line a behaviour
    errors, warnings = [], []
    word = behaviours.words

    def note(consequence, text):
        (errors if consequence == "fail" else warnings).append(word + text)

    now = time.time() + behaviours.clock_ahead
    age = now - event["event_time"]
    stamps = f"Current timestamp: {int(now)}, Given event_timestamp: {event['event_time']}"
    if age > behaviours.max_event_age:
        errors.append(f"Invalid event_timestamp parameter. Given timestamp is in the past. {stamps}")
    if -age > behaviours.future_tolerance:
        errors.append(f"{word}Invalid event_timestamp parameter. Given timestamp is in the future. {stamps}")
    if event["event_name"] not in NAMES:
        note(behaviours.unknown_event_name, "This event has a non-standard name")
    if event["action_source"] not in SOURCES:
        note(behaviours.unknown_action_source, f"Invalid action_source: {event['action_source']}.")
    if "event_id" not in event:
        note(behaviours.event_id_missing, "event_id is missing.")
    if not identifies(event["user_data"]):
        note(behaviours.user_data_minimum, "user_data is not sufficient.")
    for key in HASHED:
        values = event["user_data"].get(key, [])
        if isinstance(values, list) and not all(map(SHA_256.fullmatch, values)):
            note(behaviours.unhashed.get(key, behaviours.unhashed.get("*", "warn")), f"'{key}' is not hashed")
    if isinstance(event["user_data"].get("em"), str):
        note(behaviours.em_as_text, "em should be a list")
    recommended = [key for key in ("external_id", "click_id") if not event["user_data"].get(key)]
    if behaviours.warnings == "2026":
        warnings += [
            f"{word}{key} is missing. We highly recommend this on all events." for key in recommended
        ]
    said = "" if behaviours.warnings == "off" else "; ".join(warnings)
    status = "failed" if errors else "processed"
    return {"status": status, "error_message": "; ".join(errors), "warning_message": said}
