"""The one table of inputs: every way in which text comes in, and where in it a canary is put.

An input is a function of the scene, a place and a text. A new route and a new command fail `test_canaries.py`
until `outputs.py` lists them; no test notices a new field, header or option: add it here by hand.
"""

import base64
import json
import sqlite3
from collections.abc import Callable, Sequence
from typing import NamedTuple
from urllib.parse import quote, urlencode

from tests.canaries.canaries import ADDRESSES, NAMES, TOKENS
from tests.canaries.scene import ACCESS_TOKEN, HEADERS, Scene, conversion_event
from tests.mockpin.sending import AD_ACCOUNT_ID, NOW, PATH, TAG_ID

JUDGED = (
    "event_name", "event_id", "action_source", "event_source_url", "partner_name", "opt_out", "language",
    "device_model", "app_name",
)  # fmt: skip
CUSTOM = (
    "value", "currency", "order_id", "opt_out_type", "num_items", "content_ids", "contents", "np",
    "search_string", "content_name",
)  # fmt: skip
MATCH_KEYS = ("em", "ph", "fn", "ln", "ct", "external_id", "bd", "hashed_maids")
TRAITS = (
    "fullName", "dob", "emailAddress", "addressLine1", "ssn", "anything", "firstName", "last_name", "email",
    "phone", "birthday", "gender", "address", "name", "username",
)  # fmt: skip
SECRETS = (
    "Cookie", "Set-Cookie", "X-Auth-Token", "X-Access-Token", "Api-Key", "Proxy-Authorization", "X-Api-Key",
    "Authorization",
)  # fmt: skip
PARAMETERS = (
    "access_token", "token", "writeKey", "em", "pd[bd]", "pd", "pd.em", "pd%5Bem%5D", "PD[em]", "ed[phone]",
    "jwt", "sig", "code",
)  # fmt: skip
PHONES = ("ph", "phone", "Phone_Number", "tel", "mobile", "msisdn", "cell", "customerPhone")
#: Keys of an `[[expect]]` table, as TOML writes them.
EXPECTED = (
    "event_id",
    'payload."user_data.em"',
    'payload."custom_data.order_id"',
    "plain.em",
    "count",
    "within",
)
ANY = (*ADDRESSES, "WORD")
SECRET = ("WORD", "pina_WORD")


def add_event(scene: Scene, event) -> None:
    """Put a conversion event into the API, and into the files that a user has."""
    scene.post_event(event)
    scene.payloads.append(event)
    scene.recorded.append(record("POST", f"https://api.pinterest.com{PATH}", json.dumps({"data": [event]})))


def put_document(scene, place, text):
    message = {
        "type": "track",
        "event": "Order Completed",
        "traits": {place: text},
        "properties": {place: text},
    }
    event = conversion_event(user_data={"em": [text]}, custom_data={place: f"{text}@leak.test"})
    payload = json.dumps({"data": [event]})
    for document in (payload, json.dumps(message), f"{payload[:-3]} %"):
        for path in ("document", "send"):
            address = f"/__mockpin/ui/workbench/{path}"
            scene.ask(
                f"POST /ui/workbench/{path}", "POST", address, data={"document": document, "profile": text}
            )


def record(method: str, url: str, body: str = "", kind: str = "application/json"):
    """An entry of a HAR file."""
    request = {"method": method, "url": url, "headers": [], "postData": {"mimeType": kind, "text": body}}
    return {"startedDateTime": "2026-09-24T10:00:00Z", "time": 1, "request": request, "response": {}}


def put_field(scene, place, text):
    add_event(scene, conversion_event(**{place: text}))


def put_custom_data(scene, place, text):
    add_event(scene, conversion_event(custom_data={place: text}))


def put_match_key(scene, place, text):
    add_event(scene, conversion_event(user_data={place: [text]}))
    scene.rows.append({
        "event_name": "checkout", "action_source": "web", "event_time": NOW, "event_id": "o-1",
        **({place: text} if place in ("em", "ph", "fn", "external_id") else {"em": text}),
        "event_source_url": f"https://x.test/?phone={text}", "custom_data.order_id": f"{text}@leak.test",
    })  # fmt: skip


def put_alone(scene, _place, text):
    scene.http.post(PATH, data=json.dumps(text), headers=HEADERS)
    scene.http.post("/v3/", data=text)
    scene.http.post("/v1/track", data=json.dumps(text), headers={"Authorization": "Basic a2V5Og=="})
    scene.http.post("/nothing", data=json.dumps({"em": text}))


def put_url(scene, place, text):
    source = f"https://x.test/?a=1&{place}={text}"
    add_event(scene, conversion_event(event_source_url=source))
    tag = {"event": "lead", "ad": json.dumps({"loc": source})}
    scene.ask("GET /v3/", "GET", "/v3/", query_string=tag)
    scene.ask("GET /v3/", "GET", "/v3/", query_string={"event": "lead"}, headers={"Referer": source})
    scene.recorded.append(record("GET", f"https://ct.pinterest.com/v3/?{urlencode(tag)}"))


def put_form_part(scene, place, text):
    form = {"event": "lead", "tid": TAG_ID, f"pd[{place}]": text}
    scene.ask("POST /v3/", "POST", "/v3/", data=form, content_type="multipart/form-data")
    scene.recorded.append(
        record("POST", "https://ct.pinterest.com/v3/", urlencode(form), "application/x-www-form-urlencoded")
    )


def put_header(scene, place, text):
    body = json.dumps({"data": [conversion_event()]})
    scene.http.post(PATH, data=body, headers={**HEADERS, place: f"a=1; b={text}"})
    scene.http.post(PATH, data=body, headers={"Authorization": f'Token one token="{text}"'})


def put_parameter(scene, place, text):
    scene.post_event(conversion_event(), query=f"?{quote(place)}={quote(text)}")
    tag = {"tid": TAG_ID, "event": "checkout", place: text}
    scene.ask("GET /v3/", "GET", "/v3/", query_string=tag)
    scene.ask("POST /v3/", "POST", "/v3/", data=tag)
    scene.recorded.append(record("GET", f"https://ct.pinterest.com/v3/?{urlencode(tag)}"))


def put_tag_field(scene, place, text):
    for method, how in (("GET", "query_string"), ("POST", "data")):
        scene.ask(f"{method} /v3/", method, "/v3/", **{how: {"tid": TAG_ID, "event": "lead", place: text}})


def put_referrer(scene, place, text):
    headers = {"Referer": f"https://x.test/?a=1&{place}={text}"}
    scene.ask("GET /v3/", "GET", "/v3/", query_string={"tid": TAG_ID, "event": "lead"}, headers=headers)
    scene.http.post(PATH, data=json.dumps({"data": [conversion_event()]}), headers={**HEADERS, **headers})


def put_path(scene, _place, text):
    part = text.replace("#", "%23")  # which would end the path
    for path in (f"/v5/ad_accounts/{part}/events", f"/v5/{part}", f"/v5/ad_accounts/{part}/conversion_tags"):
        scene.http.post(path, data="{}", headers=HEADERS)
        scene.http.get(path, headers=HEADERS)


def put_segment(scene, place, text):
    message = {
        "event": "Order Completed", "type": "track", "traits": {place: text}, "userId": "u", "messageId": "m",
        "timestamp": "2026-09-24T10:00:00Z",
        "context": {"traits": {place: text, "email": text}, "page": {"url": f"https://x.test/?phone={text}"}},
        "properties": {"order_id": "o1", "nested": [{"email": text, "em": text}]},
    }  # fmt: skip
    scene.ask("POST /v1/track", "POST", "/v1/track", json={**message, "writeKey": text})
    below = {**message, "traits": {"more": {place: text}}, "customer": {place: [text]}}
    batch = [
        {**message, "type": "identify"},
        below,
        {**below, "type": "unknown", "writeKey": text},
        {**below, "writeKey": text},
    ]
    credentials = base64.b64encode(f"{text}:".encode()).decode()
    basic = {"Authorization": f"Basic {credentials}"}
    scene.ask("POST /v1/batch", "POST", "/v1/batch", json={"batch": batch, "writeKey": text}, headers=basic)
    scene.segment_events.append(message)
    scene.recorded.append(record("POST", "https://api.segment.io/v1/t", json.dumps(message)))


def put_name(scene, place, text):
    odd = {text: 1, place: {text: [{text: True}]}}
    event = conversion_event()
    person = event["user_data"]
    ignored = {"user_data": person | {"customer_type": odd, text: None}}
    for fields in ({"user_data": person | odd}, ignored, {"custom_data": {"contents": [odd]}}, odd):
        add_event(scene, event | fields)
    scene.post_event(event, query=f"?{quote(text)}=1")
    scene.ask("GET /v3/", "GET", "/v3/", query_string={"event": "lead", "ed": json.dumps(odd), text: "1"})
    form = {"event": "lead", f"ed[{text}]": "1", f"pd[{place}][{text}]": "1"}
    scene.ask("POST /v3/", "POST", "/v3/", data=form)
    call = {"event": "Order Completed", "properties": odd, "context": {"traits": odd}, "writeKey": "w"}
    scene.ask("POST /v1/track", "POST", "/v1/track", json=call)


def put_admin_order(scene, place, text):
    match = {place: text, "payload": {"em": text, f"custom_data.{text}": text}}
    orders = {
        "expect": {"match": match},
        "accounts": {"ad_account_id": text, "conversion_token": [text], text: text},
        "faults": {"event_name": text, "fault": {"truncate": 1}},
        "clock": {"freeze": text, text: 1},
        f"reset?ad_account_id={quote(text)}": {text: text},
    }
    for path, order in orders.items():
        method = "PUT" if path == "clock" else "POST"
        scene.ask(f"{method} /__mockpin/{path.partition('?')[0]}", method, f"/__mockpin/{path}", json=order)
    for path in (f"accounts/{quote(text)}", f"faults?ad_account_id={quote(text)}"):
        scene.ask("DELETE /__mockpin", "DELETE", f"/__mockpin/{path}")


def put_account_token(scene, _place, text):
    account = {"ad_account_id": AD_ACCOUNT_ID[:-3] + "999", "conversion_token": text}
    scene.ask("POST /__mockpin/accounts", "POST", "/__mockpin/accounts", json=account)
    form = {
        "ad_account_id": AD_ACCOUNT_ID[:-3] + "998",
        "conversion_token": text,
        "tag_id": text if "pina" in text else "7",
    }
    scene.ask("POST /ui/controls", "POST", "/__mockpin/ui/controls/add-account", data=form)


def put_admin_query(scene, place, text):
    for path in ("events", "requests", "stream?after=99999999", "summary", "ui/", "ui/requests", "ui/rows"):
        question = f"{place}={quote(text)}"
        joint = "&" if "?" in path else "?"
        answer = scene.http.get(f"/__mockpin/{path}{joint}{question}", buffered=False)
        scene.answer(f"GET /__mockpin/{path}, asked for {place}", next(iter(answer.response), b""))
        answer.close()


def put_controls_form(scene, place, text):
    for action in ("clock", "add-fault", "remove-fault", "add-account", "remove-account", "reset", text):
        form = dict.fromkeys(
            ("how", "at", "by", "kind", "value", "number", "ad_account_id", "event_name"), text
        )
        scene.ask(
            "POST /ui/controls", "POST", f"/__mockpin/ui/controls/{quote(action)}", data={**form, place: text}
        )


def put_hash_form(scene, place, text):
    scene.ask(
        "POST /ui/workbench/hash", "POST", "/__mockpin/ui/workbench/hash", data={"key": place, "value": text}
    )
    form = {"key": place, "hash": "a" * 64, "plain": text}
    scene.ask("POST /ui/workbench/why", "POST", "/__mockpin/ui/workbench/why", data=form)
    scene.ask("POST /ui/workbench/why", "POST", "/__mockpin/ui/workbench/why", data={**form, "hash": text})


def put_hash_argument(scene, place, text):
    scene.answer("mockpin hash", scene.run("hash", place, text))
    scene.answer("mockpin why-hash", scene.run("why-hash", place, "a" * 64, "--plain", text))
    scene.answer("mockpin why-hash", scene.run("why-hash", place, text))


def put_endpoint_body(scene, place, text):
    headers = {"Authorization": f"Bearer {ACCESS_TOKEN}"}
    base = f"/v5/ad_accounts/{AD_ACCOUNT_ID}"
    events = "advertiser_defined_events"
    for method, path in (("POST", "conversion_tags"), ("POST", events), ("PATCH", events)):
        scene.http.open(
            f"{base}/{path}", method=method, json={place: text, "user_data": {"em": text}}, headers=headers
        )
    scene.http.delete(f"{base}/advertiser_defined_events?{place}={quote(text)}", headers=headers)
    scene.http.post(f"/v5/oauth/conversion_token?{place}={quote(text)}", data={place: text}, headers=headers)


def put_configuration(scene, place, text):
    """A configuration file whose value is not what it should be; its error names no secret."""
    path = scene.folder / "odd.toml"
    path.write_text(
        f"[serve]\n{place} = {json.dumps([{'x': text}])}\n".replace('{"x":', "{x ="), encoding="utf-8"
    )
    scene.answer("mockpin.toml", scene.run("serve", "--config", path, "--port", "x"))
    path.write_text(f"[serve]\n{place} = {json.dumps(text)}\nport = 'x'\n", encoding="utf-8")
    scene.answer("mockpin.toml", scene.run("serve", "--config", path))
    scene.answer("options of serve", scene.run("serve", f"--{place}", text, "--port", "x"))


def put_destination(scene, place, text):
    settings = {"ad_account_id": "1", "conversion_token": text, place: text}
    path = scene.folder / "destination.json"
    path.write_text(json.dumps({"settings": settings, "subscriptions": []}))
    scene.answer("destination file", scene.run("serve", "--destination", path, "--port", "x"))
    path.write_text(json.dumps({"settings": text}))
    scene.answer("destination file", scene.run("serve", "--destination", path, "--port", "x"))


def put_credentials(scene, _place, text):
    """Tokens as commands take them: of files and of options."""
    path = scene.folder / "token"
    path.write_text(f"{text}\n{text}\n")
    files = scene.folder / "one.json"
    files.write_text(json.dumps({"data": [conversion_event()]}))
    left = ("--failed", scene.folder / "failed.jsonl")
    commands = (
        ("calibrate", "--token-file", path, "--ad-account", AD_ACCOUNT_ID, "--dry-run"),
        ("calibrate", "--to", scene.url, "--token-file", path, "--ad-account", "1", "--yes"),
        ("serve", "--account", f"x={text}", "--port", "x"),
        ("serve", "--account", f"1={text}", "--tag", f"2={text}"),
        ("send", files, "--to", scene.url, "--ad-account", AD_ACCOUNT_ID, "--token", text, *left),
        ("replay", files, "--to", scene.url, "--ad-account", AD_ACCOUNT_ID, "--token", text, *left),
        ("report", "--url", scene.url, "--admin-token", text),
        ("wait", "--url", "http://127.0.0.1:1", "--timeout", "0s", "--admin-token", text),
        ("run", "--account", f"x={text}", "--", "true"),
    )
    for command in commands:
        scene.answer(f"mockpin {command[0]} with a token", scene.run(*command))


def put_expectation(scene, place, text):
    """A journey whose only event never comes, so that the command says what it expected and what came."""
    journey = scene.folder / "journey.toml"
    journey.write_text(f"[[expect]]\nevent_name = 'lead'\n{place} = {json.dumps(text)}\n", encoding="utf-8")
    output = scene.run_well("expect", "--url", scene.url, "--journey", journey)
    scene.answer("mockpin expect --journey", output)


def put_foreign_store(scene, _place, text):
    path = scene.folder / "foreign.db"
    path.unlink(missing_ok=True)
    with sqlite3.connect(path) as foreign:
        foreign.execute(f'CREATE TABLE events ("{text.replace(chr(34), "")}" TEXT)')
        foreign.execute("INSERT INTO events VALUES (?)", (text,))
    foreign.close()
    scene.answer("a foreign store", scene.run("report", "--store", path))
    scene.answer("a file that is not an event", scene.run("validate", path))


class Input(NamedTuple):
    """How canaries come in: a function, the places it knows, and the forms of text that it takes there."""

    put: Callable[[Scene, str, str], None]
    places: Sequence[str]
    forms: Sequence[str]
    is_slow: bool = False


INPUTS = {
    # First, while the history is short: its lists and pages are long later.
    "admin query": Input(put_admin_query, ("event_id", "q", "ad_account_id", "x"), (*ADDRESSES, "pina_WORD")),
    "field": Input(put_field, JUDGED, (*ADDRESSES, *TOKENS)),
    "custom data": Input(put_custom_data, CUSTOM, (*ADDRESSES, *TOKENS)),
    "match key": Input(put_match_key, MATCH_KEYS, ANY),
    "body": Input(put_alone, ("",), ANY),
    "URL": Input(put_url, PHONES, ANY),
    "form part": Input(put_form_part, MATCH_KEYS, ANY),
    "header": Input(put_header, SECRETS, SECRET),
    "parameter": Input(put_parameter, PARAMETERS, SECRET),
    "field of the tag": Input(
        put_tag_field, ("tid", "event", "ed[order_id]", "ad[loc]"), (*ADDRESSES, *TOKENS)
    ),
    "referrer": Input(put_referrer, ("jwt", "sig", "code", "access_token", "phone"), SECRET),
    "path": Input(put_path, ("",), (*ADDRESSES, "pina_WORD")),
    "Segment": Input(put_segment, (*TRAITS, "em", "external_id"), ANY),
    "name": Input(put_name, MATCH_KEYS, NAMES),
    "admin order": Input(put_admin_order, ("event_id", "event_name", "action_source"), ADDRESSES),
    "account token": Input(put_account_token, ("",), SECRET),
    "form of the controls": Input(
        put_controls_form, ("conversion_token", "token"), (*ADDRESSES, "pina_WORD")
    ),
    "form of the hash": Input(put_hash_form, MATCH_KEYS, ANY),
    "workbench": Input(put_document, ("em", "email", "phone"), ANY),
    "argument of hash": Input(put_hash_argument, ("em", "ph", "bd"), ANY, is_slow=True),
    "body of another endpoint": Input(put_endpoint_body, ("em", "token", "phone"), ANY),
    "configuration": Input(
        put_configuration, ("access-token", "admin-token", "account"), SECRET, is_slow=True
    ),
    "destination": Input(put_destination, ("conversion_token", "em"), SECRET, is_slow=True),
    "credentials": Input(put_credentials, ("",), SECRET, is_slow=True),
    "expectation": Input(put_expectation, EXPECTED, ADDRESSES, is_slow=True),
    "foreign store": Input(put_foreign_store, ("",), ADDRESSES, is_slow=True),
}
