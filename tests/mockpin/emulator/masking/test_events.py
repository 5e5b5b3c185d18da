import orjson
import pytest
from hypothesis import event as note
from hypothesis import example, given
from hypothesis import strategies as st

from mockpin.emulator.masking.events import (
    HASHED_KEYS,
    are_signless,
    mask_dumped,
    mask_event,
    mask_json,
    mask_parameter,
    mask_payload,
    may_show,
    read_pairs,
)
from mockpin.emulator.masking.texts import LONGEST_TEXT, mask_name, mask_secrets, mask_text
from mockpin_validator.contract.vocabulary import fields
from tests.mockpin.sending import HASH, conversion_event

CANARY = "canary.plain"
words = st.text(max_size=6)
url_texts = st.lists(
    st.sampled_from(
        [
            *("?", "&", "=", "a", "@", "%40", "\uff20", "tel=", "ph=", "PHONE=", "1555", "<masked 4>", "#"),
            *("\\" * 40, "\x01" * 30, "bearer", "basic", "\n", " ", "pina_", "Sm9obkRvZQ"),
        ]
    )
).map("".join)
json = st.recursive(
    st.none() | st.booleans() | st.integers() | words,
    lambda inner: st.lists(inner) | st.dictionaries(words, inner),
)


def masked(event, **how):
    """The text to store: the event's own where `may_show` sees nothing to mask."""
    text = orjson.dumps(event)
    return text.decode() if may_show(text, event, **how) else mask_event(event)


def stored(**fields):
    return orjson.loads(masked(conversion_event(**fields)))


@pytest.mark.parametrize("key", sorted(HASHED_KEYS))
def test_plain_text_where_a_hash_belongs_is_replaced_by_its_length(key):
    assert stored(user_data={key: [CANARY, HASH, None]})["user_data"] == {key: ["<masked 12>", HASH, None]}


def test_a_hash_of_upper_case_digits_and_an_empty_text_are_shown():
    assert stored(user_data={"em": [HASH.upper(), ""]})["user_data"] == {"em": [HASH.upper(), ""]}


@pytest.mark.parametrize("value", [CANARY, [CANARY], {"a": [CANARY]}, [[CANARY]]])
def test_what_user_data_holds_beyond_the_contract_is_hidden_in_any_shape(value):
    assert CANARY not in str(stored(user_data={"em": [HASH], "bd": value}))


def test_what_pinterest_takes_in_plain_text_is_shown():
    shown = {"client_ip_address": "198.51.100.7", "client_user_agent": "Mozilla/5.0", "click_id": "dj0y"}
    assert stored(user_data=shown)["user_data"] == shown


@pytest.mark.parametrize(
    "url", ["https://x.test/?mail=jane@x.test&a=1", "https://x.test/?mail=jane%40x.test&a=1"]
)
def test_an_address_in_a_url_is_replaced(url):
    assert stored(event_source_url=url)["event_source_url"] == "https://x.test/?mail=<masked 11>&a=1".replace(
        "11", str(len(url.split("mail=")[1]) - 4)
    )


@pytest.mark.parametrize("name", ["ph", "phone", "Phone_Number", "tel", "mobile"])
def test_what_a_url_calls_a_telephone_number_is_replaced(name):
    url = f"https://x.test/?order=15550104477&{name}=15550104477"
    shown = f"https://x.test/?order=15550104477&{name}=<masked 11>"
    assert stored(event_source_url=url)["event_source_url"] == mask_secrets(url) == shown
    assert mask_parameter(f"ed[{name}]", "15550104477") == "<masked 11>"


@pytest.mark.parametrize("url", [None, "https://x.test/", "https://x.test/?order=1"])
def test_a_telephone_number_in_a_url_is_replaced_wherever_the_url_stands(url):
    link = {"search_string": "https://x.test/?tel=15550104477"}
    shown = stored(event_source_url=url, custom_data=link)
    assert shown["custom_data"] == {"search_string": "https://x.test/?tel=<masked 11>"}
    assert b"15550104477" not in mask_dumped(orjson.dumps(link))


@given(st.dictionaries(st.sampled_from(["event_source_url", "event_id", "language"]), url_texts))
def test_an_event_is_stored_as_its_json_is_masked(fields):
    event = conversion_event(**fields)
    assert orjson.loads(masked(event)) == orjson.loads(masked(event, hashed=True)) == mask_json(event)


@given(url_texts)
@example("bearer\nSm9obkRvZQ")
@example("?" + "\\" * 60 + "tel=1555")
def test_a_body_is_kept_as_its_json_is_masked(text):
    assert orjson.loads(mask_dumped(orjson.dumps({"a": text}))) == mask_json({"a": text})


@pytest.mark.parametrize("unit", ['"', "\\", "a", "é", '"\\', '\\"'])
@pytest.mark.parametrize("more", [-1, 0, 1])
def test_a_long_body_is_kept_as_its_json_is_masked(unit, more):
    text = (unit * (LONGEST_TEXT // len(unit) + 1))[: LONGEST_TEXT + more]
    body = orjson.dumps(["a" * LONGEST_TEXT, text, "a"])
    assert orjson.loads(mask_dumped(body)) == mask_json(orjson.loads(body))


def test_a_long_body_of_short_texts_is_kept_byte_for_byte():
    body = b'[%s"a"]' % (b'"a", ' * LONGEST_TEXT)
    assert mask_dumped(body) == body


@given(st.lists(url_texts, max_size=3))
def test_texts_are_signless_together_exactly_if_each_is(texts):
    bodies = [orjson.dumps({"a": text}) for text in texts]
    assert are_signless(bodies) == all(are_signless([body]) for body in bodies)
    assert not are_signless(bodies) or [*map(mask_secrets, texts)] == texts


def test_a_text_too_long_to_look_through_is_not_signless():
    assert are_signless([b"a" * LONGEST_TEXT])
    assert not are_signless([b"a", b"a" * (LONGEST_TEXT + 1)])


def test_an_event_with_nothing_to_hide_is_stored_as_it_is():
    event = conversion_event(custom_data={"order_id": "1700000000123", "value": "10.00"})
    assert may_show(orjson.dumps(event), event)


def test_what_the_rules_found_hashed_is_not_looked_at_again_but_unknown_keys_are():
    event = conversion_event(user_data={"em": [HASH], "bd": CANARY})
    assert CANARY not in masked(event, hashed=True)


@given(st.sampled_from(["em", "ph", "user_data", "external_id"]), json, json)
def test_no_text_under_a_match_key_is_seen_wherever_the_key_is(key, value, around):
    hidden = mask_json({"data": [{"custom_data": {key: [value, CANARY]}, "x": around}]})
    assert CANARY not in str(hidden)


@given(json)
def test_masking_twice_is_masking_once(value):
    once = mask_json({"user_data": value, "rest": value})
    assert mask_json(once) == once


@pytest.mark.parametrize(("text", "shown"), [
    ("write to jane.doe@x.test now", "write to <masked 15> now"), ("call +49 30 1234567", "call <masked 14>"),
    ("(415) 555-2671", "<masked 14>"), ("2026-01-31T12:00:00.000Z", "2026-01-31T12:00:00.000Z"),
    ("/v5/ad_accounts/549755885175/events", "/v5/ad_accounts/549755885175/events"),
    ("https://x.test/?tel=%2B15550104477&a=1", "https://x.test/?tel=<masked 14>&a=1"),
    ("https://x.test/?a=%252B1%25205550104477", "https://x.test/?a=<masked 21>"),
    ("https://x.test/?phone=5550104477#top", "https://x.test/?phone=<masked 10>#top"),
    ("https://x.test/?order=5550104477", "https://x.test/?order=5550104477"),
])  # fmt: skip
def test_addresses_and_telephone_numbers_are_known_by_their_shape(text, shown):
    assert mask_text(text) == shown


def test_numbers_under_a_match_key_are_hidden_but_switches_are_not():
    assert mask_json({"ph": 15551234567, "em": True}) == {"ph": 0, "em": True}


@pytest.mark.parametrize("at", ["@", "%40", "%2540", "%252540", "\uff20", "\ufe6b", "%EF%BC%A0", "%ef%bc%a0"])
def test_an_address_is_known_however_its_sign_is_written(at):
    assert mask_secrets(f"mail {CANARY}{at}x.test, please") == f"mail <masked {len(CANARY + at) + 6}>, please"
    assert CANARY not in masked(conversion_event(event_id=f"{CANARY}{at}x.test"))


def test_a_body_that_a_fault_has_cut_is_masked_too():
    assert mask_dumped(b'{"a":"jane@x.test","b') == b'{"a":"<masked 11>","b'


def test_a_body_with_nothing_to_hide_is_kept_to_the_byte():
    assert mask_dumped(b'{"a": 1}') == b'{"a": 1}'


@pytest.mark.parametrize(
    "name", ["+1 415 555 0123", "14155550123", "(415) 555-0123", "jane@x.test", "12 Main Street"]
)
def test_a_member_name_that_looks_personal_is_masked(name):
    length = f"<masked {len(name)}>"
    assert mask_name(name) == mask_name(length) == length
    assert mask_json({"contents": [{name: {name: 1}}]}) == {"contents": [{length: {length: 1}}]}
    assert mask_json({"user_data": {name: {name: "x"}}}) == {"user_data": {length: {length: "<masked 1>"}}}


@pytest.mark.parametrize("name", ["order_id", "Order Total", "ge", "$email", "0", "1234", "x-1.y", ""])
def test_the_name_of_a_field_and_a_place_in_a_list_are_shown(name):
    assert mask_json({name: True}) == {name: True}


def test_the_names_of_the_contract_are_shown():
    assert all(mask_name(field.rpartition(".")[2]) == field.rpartition(".")[2] for field in fields())


@pytest.mark.parametrize("value", [None, True, {"14155550123": 1}])
def test_a_name_that_user_data_hides_is_hidden_whatever_stands_under_it(value):
    for name in ("14155550123", "customer_type"):
        kept = stored(user_data={"em": [HASH], name: value, "14155550123": value})
        assert "4155550123" not in str(kept)


FRAGMENTS = st.sampled_from([
    "@", "\uff20", "%40", "%2540", "%u0040", "&#64;", "&amp;#x40;", "&commat;", "\\u0040", "\\x40",
    "mary", "x.test", "pina_", "pinc_", "0123456789abcdefgh", "Bearer ", "BASIC ", "basic\t",
    "bearer%20", "Bearer\u00a0", "bearer+", "?", "&",
    "#", "=", "phone", "graph", "ph", "tel", "hotel", "access_token", "sig", "code", "JWT", "secret",
    "cookie2", "https://shop.example/", " ", "%", "o'brien",
])  # fmt: skip


@given(st.lists(FRAGMENTS | st.text(max_size=3), max_size=8).map("".join))
def test_the_quick_look_passes_no_text_in_which_something_is_hidden(text):
    event = conversion_event(custom_data={"order_id": text})
    kept = orjson.loads(masked(event, hashed=True))["custom_data"]["order_id"]
    note("hidden" if mask_secrets(text) != text else "shown")
    assert kept == mask_secrets(text)


@pytest.mark.parametrize(
    ("payload", "shown"),
    [
        ("jane", "<masked 4>"),
        (15550104477, 0),
        (True, True),
        (["jane@x.test", "jane"], ["<masked 11>", "jane"]),
    ],
)
def test_a_body_that_is_one_value_is_hidden_and_a_list_is_masked(payload, shown):
    assert mask_payload(payload) == shown


def test_a_query_of_more_parameters_than_python_reads_has_none():
    assert read_pairs("a=1&b=&a=%20") == [("a", "1"), ("b", ""), ("a", " ")]
    assert read_pairs("a=1;b=2") == [("a", "1;b=2")]


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("pd[em]", HASH, HASH),
        ("pd.em", "jane", "<masked 4>"),
        ("pd[bd]", "jane", "<masked 4>"),
        ("pd[client_user_agent]", "Mozilla", "Mozilla"),
        ("tid", "2613", "2613"),
        ("pd", "jane", "<masked 4>"),
        ("ed", "jane", "jane"),
        ("ed", "mail jane@x.test", "mail <masked 11>"),
        ("pd", '{"em":"jane"}', '{"em":"<masked 4>"}'),
        ("other", '{"em":"jane"}', '{"em":"<masked 4>"}'),
        ("other", '["a@b.test"]', '["<masked 8>"]'),
        ("ph", "{15550104477", "{15550104477"),
    ],
)
def test_a_parameter_is_masked_by_its_name_or_as_the_json_that_it_holds(name, value, shown):
    assert mask_parameter(name, value) == shown


def test_a_secret_is_shown_as_its_fingerprint():
    shown = mask_json({"access_token": "very secret"})["access_token"]
    assert "secret" not in shown
    assert mask_json({"access_token": shown}) == {"access_token": shown}
    assert mask_json({"access_token": None}) == {"access_token": None}
