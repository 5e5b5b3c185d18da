from urllib.parse import urlencode

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockpin.emulator.pipeline.requests import HttpRequest
from mockpin.emulator.tag.hits import make_context, read_fields, read_user_data, unfold
from tests.mockpin.sending import AD_ACCOUNT_ID, HASH, NOW, TAG_ID, Sending, conversion_event

DATA = {"event_id": "o-1", "value": "10.00"}
COMPACT = {"eventID": "o-1", "value": "10.00"}
FORMS = {
    "the beacon of the script": urlencode(
        {"tid": TAG_ID, "event": "Checkout", "ed": orjson.dumps(DATA).decode(), "pd[em]": HASH}
    ),
    "the image of a page without scripts": "&".join((
        f"tid={TAG_ID}&event=checkout&ed[event_id]=o-1", f"ed[value]=10.00&pd[em]={HASH}&noscript=1",
    )),
    "eventID": urlencode(
        {"tid": TAG_ID, "event": "checkout", "ed": orjson.dumps(COMPACT).decode(), "pd": f'{{"em":"{HASH}"}}'}
    ),
    "eid": f"tid={TAG_ID}&event=CHECKOUT&ed[eid]=o-1&pd[em][0]={HASH}",
}  # fmt: skip


def hit(query="", body=b"", method="GET", sending=None, **headers):
    sending = sending or Sending()
    answer = sending.emulator.receive_tag(
        make_context(HttpRequest(method, "/v3/", query, headers, body), sending.emulator.accounts, now=NOW)
    )
    return sending, answer


@pytest.mark.parametrize("query", FORMS.values(), ids=FORMS)
@pytest.mark.parametrize("how", ["query", "form"])
def test_every_form_of_a_hit_is_one_event(query, how):
    sending, answer = hit(query) if how == "query" else hit(body=query.encode(), method="POST")
    (record,) = sending.records()
    assert answer.body[:3] == b"GIF"
    assert (record["event_name"], record["event_id"], record["source"]) == ("checkout", "o-1", "tag")
    assert (record["ad_account_id"], record["event_time"], record["match_keys"]) == (
        AD_ACCOUNT_ID,
        NOW,
        ["em"],
    )


def test_a_hashed_match_key_alone_becomes_a_list():
    person = {"em": HASH, "ph": [HASH], "click_id": "c"}
    keys = read_user_data(person, HttpRequest("GET", "/v3/"))
    assert keys == {"em": [HASH], "ph": [HASH], "click_id": "c"}


def test_a_json_body_is_read_too():
    sending, _ = hit(
        body=orjson.dumps({"tid": TAG_ID, "event": "lead", "ed": {"event_id": "7"}}), method="POST"
    )
    assert sending.records()[0]["event_id"] == "7"


@pytest.mark.parametrize(
    "body", [b"canary.plain", b"canary.plain=\xff", b'"canary.plain"', b'["canary.plain"]']
)
def test_nothing_of_a_body_that_is_not_a_form_is_stored(body):
    sending, answer = hit(f"tid={TAG_ID}&event=lead", body=body, method="POST")
    assert (answer.status, len(sending.records())) == (200, 1)
    assert "canary.plain" not in str(sending.exchanges())


@pytest.mark.parametrize(("length", "read"), [(1_000_000, 1), (1_000_001, 0)])
def test_a_form_longer_than_any_browser_sends_is_not_read(length, read):
    request = HttpRequest("POST", "/v3/", body=b"event=checkout&x=".ljust(length, b"a"))
    assert len(make_context(request, Sending().emulator.accounts, now=NOW).events) == read


@pytest.mark.parametrize("query", ["", f"tid={TAG_ID}", f"tid={TAG_ID}&event=init", f"tid={TAG_ID}&event="])
def test_a_page_load_is_not_an_event(query):
    sending, answer = hit(query)
    assert (answer.status, sending.records(), len(sending.exchanges())) == (200, [], 1)


@pytest.mark.parametrize("first", ["tag", "api"])
def test_the_tag_and_the_api_count_an_event_once(first):
    sending = Sending()
    for source in ("tag", "api") if first == "tag" else ("api", "tag"):
        if source == "tag":
            hit("event=AddToCart&ed[event_id]=o-1", sending=sending)
        else:
            sending.post(conversion_event(event_name="add_to_cart"))
    assert [record["duplicate_of"] for record in sending.records()] == [None, 1]


def test_the_tag_has_no_test_requests_whatever_its_query_says():
    sending = Sending()
    for _ in range(2):
        hit("event=AddToCart&ed[event_id]=o-1&test=true", sending=sending)
    assert [(record["test"], record["duplicate_of"]) for record in sending.records()] == [
        (False, None),
        (False, 1),
    ]


def test_the_tag_asks_for_limited_data_processing_in_its_own_form():
    state, country = (
        "4b650e5c4785025dee7bd65e3c5c527356717d7a1c0bfef5b4ada8ca1e9cbe17",
        "9b202ecbc6d45c6d8901d989a918878397a3eb9d00e8f48022fc051b19d21a1d",
    )
    sending, _ = hit(f"event=checkout&pd[opt_out_type]=LDP&pd[st]={state}&pd[country]={country}")
    assert sending.records()[0]["limited_data_processing"]["applies"]


def test_the_page_and_the_browser_are_kept():
    sending, _ = hit('event=lead&ad={"loc":"https://shop.test/"}', **{"user-agent": "Mozilla/5.0"})
    payload = sending.records()[0]["payload"]
    assert (payload["event_source_url"], payload["user_data"]) == (
        "https://shop.test/",
        {"client_user_agent": "Mozilla/5.0"},
    )


def test_spaces_in_a_name_are_removed_as_the_tag_does():
    sending, _ = hit("event=my%20event&ed[event_id]=1")
    assert sending.records()[0]["sent_name"] == "myevent"


def test_plain_text_from_a_tag_is_masked():
    sending, _ = hit("event=lead&pd[em]=jane@x.test&pd[fn]=Jane-Canary")
    assert "Jane-Canary" not in str(sending.records()) + str(sending.exchanges())


def test_brackets_unfold_into_objects():
    pairs = [("ed[line_items][0][product_id]", "7"), ("ed[value]", "1"), ("ed", "lost"), ("x", "y")]
    assert unfold(pairs) == {"ed": {"line_items": [{"product_id": "7"}], "value": "1"}, "x": "y"}


def test_brackets_that_count_from_nought_are_a_list_in_any_order():
    pairs = [("ed[ids][1]", "b"), ("ed[ids][0]", "a"), ("ed[sizes][1]", "x"), ("ed[sizes][2]", "y")]
    assert unfold(pairs) == {"ed": {"ids": ["a", "b"], "sizes": {"1": "x", "2": "y"}}}


@pytest.mark.parametrize(("query", "path"), [
    ("ed={bad", "/data/0/custom_data"), ("pd=canary", "/data/0/user_data"), ("ad=[1]", "/data/0"),
])  # fmt: skip
def test_unreadable_data_is_noted_beside_the_event(query, path):
    sending, _ = hit(f"tid={TAG_ID}&event=watchVideo&{query}")
    (finding,) = sending.records()[0]["findings"]
    assert (finding["rule"], finding["severity"], finding["path"]) == ("tag-data-unreadable", "info", path)
    assert f"The tag's {query[:2]} is not a JSON object" in finding["message"]


@pytest.mark.parametrize("query", [*FORMS.values(), "event=lead&ed=&pd=", "event=lead&ed={}"])
def test_data_that_can_be_read_is_not_complained_of(query):
    sending, _ = hit(query)
    unreadable = [
        finding for finding in sending.records()[0]["findings"] if finding["rule"] == "tag-data-unreadable"
    ]
    assert unreadable == []


@given(st.text(max_size=60), st.binary(max_size=60))
def test_no_hit_of_any_shape_is_an_error(query, body):
    assert hit(query, body, method="POST")[1].status == 200


@given(st.lists(st.tuples(st.text("e[d]0", max_size=9), st.text(max_size=3)), max_size=9))
def test_unfolding_any_pairs_gives_an_object(pairs):
    assert isinstance(unfold(pairs), dict)


def test_more_parameters_than_python_reads_are_none():
    assert read_fields(HttpRequest("GET", "/v3/", "&".join(f"a{i}=1" for i in range(10)))) != {}


@pytest.mark.parametrize("query", [
    "pd[bd]=canary", 'pd={"bd":"canary"}', "pd=canary", "access_token=canary", "a[b]=pina_canary",
])  # fmt: skip
def test_what_a_form_says_of_a_person_or_a_token_is_not_kept(query):
    sending, _ = hit(body=f"tid={TAG_ID}&event=checkout&{query}".encode(), method="POST")
    assert "canary" not in f"{sending.records()}{sending.exchanges()}"


def test_a_credential_as_the_name_of_an_event_is_not_stored_without_its_space():
    sending, _ = hit(urlencode({"tid": TAG_ID, "event": "Bearer abcdefgh"}))
    assert "abcdefgh" not in f"{sending.records()}{sending.exchanges()}"
    assert [record["event_name"][:13] for record in sending.records()] == ["Bearersha256:"]
