"""Hostile requests: valid traffic of every surface, mutated, and framing that no client writes."""

import gzip
import json
import zlib
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import quote, urlencode

from tests.hostile.growth import PUMPS
from tests.mockpin.sending import AD_ACCOUNT_ID, HASH, TOKEN, conversion_event

#: 20 kB that unpack to 20 MB.
BOMB = gzip.compress(b"0" * 20_000_000)
EVENTS = f"/v5/ad_accounts/{AD_ACCOUNT_ID}/events"
NUMBERS = (0, -1, 1e20, -1e20, 1e308, 5e-324, 2**31, 2**53 + 1, 2**63 - 1, 2**63, 2**64, 10**30, 0.1, -0.0)
TEXTS = (
    "",
    " ",
    "\x00",
    "\u0085\u009b31m",
    "\u202e",
    "\ufeff",
    "\U0001f600",
    "é" * 50,
    "undefined",
    "null",
    "NaN",
    "-1",
    "1e999",
    "jane@x.test",
    "+1 415 555 0123",
    f"pina_{'A' * 80}",
    "Bearer x",
    "<script>alert(1)</script>",
    "{{7*7}}",
    "%00",
    "2024-02-30",
    "0000-00-00",
    "99999999999999999999",
    "1e400",
    "-inf",
    "{",
    "[",
    HASH,
    HASH.upper(),
    "../../etc",
    "'",
)
NAMES = (
    "__proto__",
    "constructor",
    "",
    ".",
    "a.b",
    "$",
    "@path",
    "em",
    "user_data",
    "data",
    "ü",
    "jane@x.test",
    "0",
)
SEGMENT_EVENT = {
    "type": "track",
    "event": "Order Completed",
    "messageId": "m-1",
    "userId": "u-1",
    "timestamp": "2026-01-31T12:00:00.000Z",
    "properties": {
        "order_id": "o-1",
        "total": 24.5,
        "currency": "EUR",
        "email": "jane@x.test",
        "query": "shoes",
        "products": [
            {
                "product_id": "p-1",
                "quantity": 1,
                "price": 12.25,
                "name": "Shoe",
                "brand": "B",
                "category": "C",
            }
        ],
    },
    "context": {
        "ip": "198.51.100.7",
        "userAgent": "Mozilla/5.0",
        "locale": "en-US",
        "page": {"url": "https://x.test/?a=1"},
        "traits": {
            "email": "jane@x.test",
            "phone": "+14155550123",
            "firstName": "J",
            "birthday": "1990-01-31",
            "address": {"city": "Berlin", "state": "BE", "postalCode": "10115", "country": "DE"},
        },
        "device": {"type": "ios", "advertisingId": "7A3CBEA0-BDF5-11E4-8DFC-AA07A5B093DB"},
        "app": {"version": "1"},
    },
}
TAG = {
    "tid": "2613000000000",
    "event": "checkout",
    "ed": {"value": 10, "line_items": [{"product_id": 7}]},
    "pd": {"em": HASH},
    "ad": {"loc": "https://x.test/"},
}
ADMIN = (
    "events",
    "requests",
    "summary",
    "quality",
    "deduplication",
    "conduct",
    "settings",
    "accounts",
    "faults",
    "clock",
    "health",
    "openapi.json",
    "ui",
    "ui/events",
    "ui/overview",
    "ui/requests",
    "ui/workbench",
    "nothing",
)
FILTERS = (
    "event_name",
    "event_id",
    "status",
    "duplicate",
    "test",
    "after",
    "limit",
    "ad_account_id",
    "q",
    "source",
    "x",
)
ENDPOINTS = ("conversion_eqs", "conversion_tags", "conversion_tags/1", "advertiser_defined_events", "other")
CALLS = ("track", "page", "screen", "identify", "group", "alias", "batch", "import", "t", "m", "nothing")


class HostileRequest(NamedTuple):
    """The bytes of one request; `is_framed` says that exactly one answer comes and the connection goes on."""

    data: bytes
    is_framed: bool = True
    has_body: bool = True


def make_requests(random) -> Iterator[HostileRequest]:
    """Hostile requests without end, the same for the same seed."""
    makers = (
        *[send_events] * 6,
        *[send_tag] * 5,
        *[send_segment] * 2,
        *[read_admin] * 2,
        *[ask_endpoint] * 2,
        order_admin,
        *[stray] * 3,
        *[break_framing] * 2,
        *[corrupt_bytes] * 2,
    )
    while True:
        yield random.choice(makers)(random)


def send_events(random):
    events = [
        conversion_event(event_id=f"e-{random.random()}") for _ in range(random.choice((1, 1, 1, 2, 5)))
    ]
    payload = {"data": events}
    if random.random() < 0.005:
        payload = {"data": [mutate(events[0], random) for _ in range(random.choice((100, 1000, 1001)))]}
    body = spoil_text(write(mutate(payload, random)), random)
    query = random.choice(("", "", "?test=true", "?" + odd_query(random)))
    return request("POST", EVENTS + query, body, random, {"Authorization": f"Bearer {TOKEN}"})


def send_tag(random):
    fields = mutate(TAG, random)
    fields = fields if isinstance(fields, dict) else TAG
    flat = {name: field if isinstance(field, str) else write(field) for name, field in fields.items()}
    form = random.choice((quoted(flat), bracketed(fields, random), odd_query(random)))
    if random.random() < 0.5:
        return request("GET", f"/v3/?{form}", b"", random, {"Referer": odd_text(random).replace("\n", "")})
    kind = random.choice(
        ("application/x-www-form-urlencoded", "application/json", "multipart/form-data; boundary=x")
    )
    return request("POST", "/v3/", form.encode("utf-8", "surrogateescape"), random, {"Content-Type": kind})


def send_segment(random):
    event = mutate(SEGMENT_EVENT, random)
    kind = random.choice(CALLS)
    said = {"batch": [event] * random.choice((1, 1, 1, 2, 2, 30))} if kind in ("batch", "import") else event
    body = spoil_text(write(said), random)
    return request("POST", f"/v1/{kind}", body, random, {"Authorization": "Basic a2V5Og=="})


def read_admin(random):
    path = f"/__mockpin/{random.choice(ADMIN)}"
    number = random.choice(("", "", "/1", "/0", "/-1", "/99999999999999999999999", "/x"))
    query = random.choice(
        ("", f"?{odd_query(random)}", f"?{random.choice(FILTERS)}={quote(odd_text(random)[:3000])}")
    )
    return request(
        random.choice(("GET", "GET", "GET", "HEAD", "OPTIONS", "TRACE")), path + number + query, b"", random
    )


def order_admin(random):
    match = {"event_name": "lead", "payload": {"custom_data.order_id": "o"}}
    orders = {
        "expect": {"match": match, "at_least": 1, "timeout_ms": 5},
        "accounts": {"ad_account_id": "123", "conversion_token": "pina_X", "tag_id": "7"},
        "faults": {"fault": {"delay_ms": [2, 1]}},
        "clock": {"advance": "1s"},
        "ui/workbench": {"document": write(SEGMENT_EVENT).decode()},
    }
    path, order = random.choice([*orders.items()])
    body = spoil_text(write(mutate(order, random)), random)
    if b"fault" in body and (b"status" in body or b"drop" in body or b"timeout_ms" in body):
        body = b"{"
    return request("PUT" if path == "clock" else "POST", f"/__mockpin/{path}", limit_wait(body), random)


def limit_wait(body):
    """An order that does not wait: a long wait is allowed, and would only slow the suite."""
    return body if b'"timeout_ms":5' in body or b"timeout" not in body else b"{}"


def ask_endpoint(random):
    ad_account_id = random.choice((AD_ACCOUNT_ID, "x", quote(odd_text(random)[:200])))
    path = f"/v5/ad_accounts/{ad_account_id}/{random.choice(ENDPOINTS)}"
    method = random.choice(("GET", "GET", "POST", "PATCH", "DELETE"))
    headers = {"Authorization": f"Bearer {random.choice((TOKEN, 'access', 'x'))}"}
    return request(
        method, f"{path}?{odd_query(random)}", write(mutate({"name": "n"}, random)), random, headers
    )


def stray(random):
    method = random.choice(("GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD"))
    return request(
        method, "/" + quote(odd_text(random)[:500], safe="/"), b"x" * random.choice((0, 3)), random
    )


def corrupt_bytes(random):
    """A valid request of which some bytes are others; nothing is known of its framing any more."""
    data = bytearray(random.choice((send_events, send_tag, send_segment, read_admin))(random).data)
    for _ in range(random.choice((1, 3, 20))):
        place = random.randrange(len(data))
        data[place : place + random.choice((0, 1, 1, 8))] = random.randbytes(random.choice((0, 1, 1, 4)))
    return HostileRequest(bytes(data), is_framed=False)


def break_framing(random):
    head = f"POST {EVENTS} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {TOKEN}\r\n".encode()
    return HostileRequest(
        random.choice(
            (
                head + b"Content-Length: 10\r\n\r\n12345",
                head + b"Content-Length: -1\r\n\r\n",
                head + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
                head + b"Content-Length: 99999999999999999999\r\n\r\n{}",
                head + b"Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n",
                head + b"Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n",
                head + b"Transfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
                head + b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
                head + b"Expect: 100-continue\r\nContent-Length: 2\r\n\r\n",
                b"GET / HTTP/9.9\r\n\r\n",
                b"\r\n\r\n\r\n",
                b"GET\r\n\r\n",
                b"\x16\x03\x01\x02\x00\x01",
                b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                b"GET /" + b"a" * random.choice((9_000, 70_000)) + b" HTTP/1.1\r\nHost: x\r\n\r\n",
                b"GET / HTTP/1.1\r\n" + b"X-A: b\r\n" * random.choice((90, 300)) + b"\r\n",
                b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"y" * 100_000 + b"\r\n\r\n",
                b"GET / HTTP/1.1\r\nHost : x\r\n folded: y\r\n\r\n",
            )
        ),
        is_framed=False,
    )


def request(method, target, body, random, headers=()):
    """A request that is well framed, perhaps packed, with one odd header now and then."""
    said = {"Host": "127.0.0.1", **dict(headers)}
    if body and random.random() < 0.1:
        pack, encoding = random.choice(
            ((gzip.compress, "gzip"), (zlib.compress, "deflate"), (bytes, "gzip"), (bytes, "br"))
        )
        body, said["Content-Encoding"] = pack(body), encoding
    if random.random() < 0.1:
        name = random.choice(
            ("User-Agent", "Cookie", "X-Forwarded-For", "Accept", "Content-Type", "Origin", "Last-Event-ID")
        )
        said[name] = odd_text(random)[:4000].translate(dict.fromkeys(range(32), "?"))
    lines = "".join(f"{name}: {value}\r\n" for name, value in said.items())
    head = f"{method} {target} HTTP/1.1\r\n{lines}Content-Length: {len(body)}\r\n\r\n"
    return HostileRequest(head.encode("utf-8", "surrogateescape") + body, has_body=method != "HEAD")


def mutate(value, random):
    """The value with a few of its parts replaced, left out, renamed, repeated or wrapped."""
    for _ in range(random.choice((0, 1, 1, 2, 5))):
        value = mutate_once(value, random)
    return value


def mutate_once(value, random):
    if isinstance(value, dict) and value and random.random() < 0.8:
        name = random.choice([*value])
        kind = random.random()
        if kind < 0.05:
            return {other: item for other, item in value.items() if other != name}
        if kind < 0.1:
            return {**value, random.choice((*NAMES, odd_text(random)[:200])): value[name]}
        return {**value, name: mutate_once(value[name], random)}
    if isinstance(value, list) and value and random.random() < 0.8:
        place = random.randrange(len(value))
        if random.random() < 0.05:
            return value * random.choice((2, 50))
        return [*value[:place], mutate_once(value[place], random), *value[place + 1 :]]
    return odd_value(value, random)


def odd_value(value, random):
    odd = (
        lambda: random.choice(NUMBERS),
        lambda: odd_text(random),
        lambda: odd_text(random),
        lambda: [value],
        lambda: {random.choice(NAMES): value},
        lambda: None,
        lambda: random.random() < 0.5,
        list,
        dict,
        lambda: [[[[value] * 3]]],
        lambda: nest(value, random.choice((20, 99, 101, 300))),
        lambda: str(value),
    )
    return random.choice(odd)()


def nest(value, depth):
    for _ in range(min(depth, 240)):
        value = [value]
    return value


def odd_text(random):
    if random.random() < 0.6:
        return random.choice(TEXTS)
    pump = random.choice(PUMPS)
    (length,) = random.choices((30, 300, 3_000, 30_000, 1_000_000), (40, 40, 15, 5, 0.2))
    return (
        random.choice(("", "https://x.test/?a="))
        + pump * (length // len(pump))
        + random.choice(("", "!", "\x00"))
    )


def odd_query(random):
    raw = random.choice(
        ("a=é", "event=\udcff\udcfe", "&&&==", "a[b][c][0]=1&a[b]=2", "%ff%fe=%zz", "a" * 5000, "pd[em]=x")
    )
    count, longest = random.choice(((0, 0), (1, 2_000), (3, 300), (200, 10)))
    pairs = [(random.choice((*NAMES, *FILTERS)), odd_text(random)[:longest]) for _ in range(count)]
    return f"{raw}&{urlencode(pairs, errors='replace')}"


def quoted(fields):
    return urlencode(
        {name: field[:2_000] for name, field in fields.items() if isinstance(name, str)}, errors="replace"
    )


def bracketed(fields, random):
    deep = "".join(f"[{random.choice(('0', '1', 'a', ''))}]" for _ in range(random.choice((1, 2, 30))))
    return f"event=lead&tid=7&ed{deep}={quote(odd_text(random)[:500])}&pd[em]={HASH}"


def write(value):
    """A JSON text in UTF-8, as deep as it may be; orjson has crashed on values that are this deep."""
    try:
        return json.dumps(value).encode()
    except RecursionError:
        return b"[" * 3000


def spoil_text(text, random):
    if random.random() > 0.05:
        return text
    spoil = (
        lambda: text[: random.randrange(len(text) + 1)],
        lambda: text.replace(b'"', b"'"),
        lambda: text + text,
        lambda: text.replace(b'"value"', b'"value":1,"value"'),
        lambda: b"\xff\xfe" + text,
        lambda: text.replace(b":", b":NaN,"),
        lambda: b"[" * random.choice((100, 5000)),
        lambda: b'{"data":[' + b'{"a":' * 2000,
        lambda: text.replace(b"a", b"\\ud800", 1),
        lambda: BOMB,
        lambda: b" " * 100_000 + text,
    )
    return random.choice(spoil)()
