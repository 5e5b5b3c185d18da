"""Plain text and tokens at every door, and none in the store, the log or an answer of the admin API."""

import json
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

from hypothesis import example, given
from hypothesis import strategies as st

from mockpin.emulator.emulator import Emulator
from mockpin.emulator.history.store import Store
from mockpin.emulator.logs import write_json
from mockpin.web.app import build_app
from tests.path.path import AD_ACCOUNT_ID, HEADERS, NOW, TOKEN, URL, conversion_event

WORD = "canaryword"
ADDRESS, TOKEN_CANARY = f"{WORD}@leak.test", f"pina_{WORD}"
ADDRESSES = (
    ADDRESS, f"{WORD}%40leak.test", f"{WORD}%2540leak.test", f"{WORD}\uff20leak.test",
    f"{WORD}.o'brien@leak.test", f'"{WORD} b"@leak.test', f"{WORD * 9}@leak.test", f"{WORD}&#64;leak.test",
    f"{WORD}&commat;leak.test",
    f"{WORD}\\u0040leak.test", f"{WORD}%u0040leak.test",
)  # fmt: skip
#: What opens something, known by its look wherever it stands.
TOKENS = (
    f"pina_{WORD}", f"Bearer {WORD}", f"https://x.test/?jwt={WORD}", f"https://x.test/?a=1&sig={WORD}#top",
    f"https://x.test/?code={WORD}", f"https://x.test/#access_token={WORD}",
)  # fmt: skip
MATCH_KEYS = ("em", "ph", "fn", "external_id", "bd", "hashed_maids")
JUDGED = (
    "event_name",
    "event_id",
    "action_source",
    "event_source_url",
    "partner_name",
    "opt_out",
    "language",
)
CUSTOM = ("value", "currency", "order_id", "opt_out_type", "num_items", "content_ids", "contents", "np")
TRAITS = (
    "fullName",
    "dob",
    "emailAddress",
    "addressLine1",
    "ssn",
    "anything",
    "firstName",
    "last_name",
    "email",
    "phone",
    "birthday",
    "gender",
    "address",
    "name",
    "username",
)
SECRETS = (
    "Cookie", "Set-Cookie", "X-Auth-Token", "X-Access-Token", "Api-Key", "Proxy-Authorization", "X-Api-Key",
)  # fmt: skip
PARAMETERS = (
    "access_token",
    "token",
    "writeKey",
    "em",
    "pd[bd]",
    "pd",
    "pd.em",
    "pd%5Bem%5D",
    "PD[em]",
    "ed[phone]",
    "jwt",
    "sig",
    "code",
)
PHONES = ("ph", "phone", "Phone_Number", "tel", "mobile", "msisdn", "cell", "customerPhone")
#: What is no field's name.
NAMES = (*ADDRESSES, f"+1 415 555 0123 {WORD}", f"14155550123{WORD}", f"12 {WORD} Street", f"{WORD}ü")
FILTERS = ("event_id", "event_name", "action_source")


def post(http, event, query=""):
    return http.post(URL + query, data=json.dumps({"data": [event]}), headers=HEADERS)


def judged(http, name, canary):
    post(http, conversion_event(**{name: canary}))


def custom(http, name, canary):
    post(http, conversion_event(custom_data={name: canary}))


def known(http, name, canary):
    post(http, conversion_event(user_data={name: [canary]}))


def alone(http, _name, canary):
    http.post(URL, data=json.dumps(canary), headers=HEADERS)
    http.post("/v3/", data=canary)


def url(http, name, canary):
    source = f"https://x.test/?a=1&{name}={canary}"
    post(http, conversion_event(event_source_url=source))
    http.get("/v3/", query_string={"event": "lead", "ad": json.dumps({"loc": source})})
    http.get("/v3/", query_string={"event": "lead"}, headers={"Referer": source})


def parts(http, name, canary):
    form = {"event": "lead", f"pd[{name}]": canary}
    http.post("/v3/", data=form, content_type="multipart/form-data")


def header(http, name, canary):
    body = json.dumps({"data": [conversion_event()]})
    http.post(URL, data=body, headers={**HEADERS, name: f"a=1; b={canary}"})
    http.post(URL, data=body, headers={"Authorization": f'Token one token="{canary}"'})


def parameter(http, name, canary):
    post(http, conversion_event(), query=f"?{quote(name)}={quote(canary)}")
    http.get("/v3/", query_string={"tid": "1", "event": "checkout", name: canary})
    http.post("/v3/", data={"tid": "1", "event": "checkout", name: canary})


def path(http, _name, canary):
    canary = canary.replace("#", "%23")  # which would end the path
    for each in (
        f"/v5/ad_accounts/{canary}/events",
        f"/v5/{canary}",
        f"/v5/ad_accounts/{canary}/conversion_tags",
    ):
        http.post(each, data="{}", headers=HEADERS)
        http.get(each, headers=HEADERS)


def segment(http, name, canary):
    message = {
        "event": "Order Completed", "traits": {name: canary}, "writeKey": WORD, "userId": "u",
        "context": {"traits": {name: canary, "email": canary}, "page": {"url": f"https://x.test/?phone={canary}"}},
        "properties": {"order_id": "o1", "nested": [{"email": canary}]},
    }  # fmt: skip
    http.post("/v1/track", json=message)
    below = {**message, "traits": {"more": {name: canary}}, "customer": {name: [canary]}}
    batch = [{**message, "type": "identify"}, below, {**below, "type": "unknown"}]
    http.post("/v1/batch", json={"batch": batch, "writeKey": WORD})


def admin(http, name, canary):
    match = {name: canary, "payload": {"em": canary, f"custom_data.{canary}": canary}}
    account = {"ad_account_id": canary, "conversion_token": [canary], canary: canary}
    fault = {"event_name": canary, "fault": {"truncate": 1}}
    orders = {"expect": {"match": match}, "accounts": account, "faults": fault}
    return [http.post(f"/__mockpin/{each}", json=body).text for each, body in orders.items()]


def naming(http, name, canary):
    odd = {canary: 1, name: {canary: [{canary: True}]}}
    event = conversion_event()
    person = event["user_data"]
    ignored = {"user_data": person | {"customer_type": odd, canary: None}}
    for each in ({"user_data": person | odd}, ignored, {"custom_data": {"contents": [odd]}}, odd):
        post(http, event | each, query=f"?{quote(canary)}=1")
    http.get("/v3/", query_string={"event": "lead", "ed": json.dumps(odd), canary: "1"})
    http.post("/v3/", data={"event": "lead", f"ed[{canary}]": "1", f"pd[{name}][{canary}]": "1"})
    http.post("/v1/track", json={"event": "Order Completed", "properties": odd, "context": {"traits": odd}})


def doors():
    """Each door with a place behind it and what is put there."""
    addresses, anything = st.sampled_from([*ADDRESSES, *TOKENS]), st.sampled_from([*ADDRESSES, WORD])
    tokens = st.sampled_from([WORD, TOKEN_CANARY])
    return st.one_of(
        st.tuples(st.just(judged), st.sampled_from(JUDGED), addresses),
        st.tuples(st.just(custom), st.sampled_from(CUSTOM), addresses),
        st.tuples(st.just(known), st.sampled_from(MATCH_KEYS), anything),
        st.tuples(st.just(alone), st.just(""), anything),
        st.tuples(st.just(url), st.sampled_from(PHONES), anything),
        st.tuples(st.just(parts), st.sampled_from(MATCH_KEYS), anything),
        st.tuples(st.just(header), st.sampled_from(SECRETS), tokens),
        st.tuples(st.just(parameter), st.sampled_from(PARAMETERS), tokens),
        st.tuples(st.just(path), st.just(""), st.sampled_from([*ADDRESSES, TOKEN_CANARY])),
        st.tuples(st.just(segment), st.sampled_from(TRAITS), anything),
        st.tuples(st.just(naming), st.sampled_from(MATCH_KEYS), st.sampled_from(NAMES)),
        st.tuples(st.just(admin), st.sampled_from(FILTERS), addresses),
    )


def read_everything(http):
    """What the admin API shows, event by event and exchange by exchange."""
    document = http.get("/__mockpin/openapi.json").json
    plain = [each for each, methods in document["paths"].items() if "get" in methods and "{" not in each]
    answers = [http.get(each) for each in plain if not each.endswith("/stream")]
    numbers = range(1, 9)
    answers += [http.get(f"/__mockpin/{kind}/{each}") for kind in ("events", "requests") for each in numbers]
    return "".join(answer.text for answer in answers)


@given(st.lists(doors(), min_size=1, max_size=3))
@example([(admin, "event_id", ADDRESS)])
@example([(naming, "em", each) for each in NAMES])
@example([(parameter, "pd.em", WORD), (parameter, "pd%5Bem%5D", WORD)])
@example(
    [(door, name, each) for each in TOKENS for door, name in ((judged, "event_id"), (custom, "order_id"))]
)
@example([(segment, each, WORD) for each in TRAITS])
@example([(custom, "np", each) for each in ADDRESSES] + [(alone, "", each) for each in ADDRESSES])
@example([(alone, "", WORD), (url, "phone", WORD), (parts, "fn", WORD)])
@example([(path, "", ADDRESS), (path, "", TOKEN_CANARY)])
def test_no_canary_is_in_the_store_the_log_or_an_answer_of_the_admin_api(visits):
    log = []
    with TemporaryDirectory() as folder:
        emulator = Emulator(clock=lambda: NOW, store=Store(f"{folder}/store.db"), log=log.append)
        emulator.accounts.add(AD_ACCOUNT_ID, TOKEN, "2613000000000")
        http = build_app(emulator).test_client()
        with closing(emulator):
            told = [door(http, name, canary) for door, name, canary in visits]
            shown = f"{told}{read_everything(http)}{[write_json(each) for each in log]}"
        stored = b"".join(each.read_bytes() for each in Path(folder).iterdir())
    assert WORD not in shown
    assert WORD.encode() not in stored
