"""Source text made fit to be shown."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mockpin_validator.masking import SHOWN, is_personal, mask, mask_personal, mask_pointer

AMOUNTS = ("value", "item_price", "quantity", "num_items", "predicted_ltv")
CANARY = "canary.jane@example.com"
KEYS = st.sampled_from(
    [
        "em",
        "ph",
        "user_data",
        "event_name",
        "contents",
        "traits",
        "email",
        "value",
        "unheard_of",
        "event_source_url",
        "event_time",
    ]
)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ('{"em": ["jane"]}', '{"em": ["••••"]}'),
        ('{"event_name": "checkout"}', '{"event_name": "checkout"}'),
        ('{"event_name": "jane@example.com"}', '{"event_name": "••••••••••••••••"}'),
        ('{"event_time": 1700000000, "ph": 15550104477}', '{"event_time": 1700000000, "ph": •••••••••••}'),
        ('{"em": "' + "a" * 64 + '"}', '{"em": "' + "a" * 64 + '"}'),
        ('{"opt_out": true, "em": null}', '{"opt_out": true, "em": null}'),
        ('{"jane@example.com": 1}', '{"••••••••••••••••": •}'),
        ('{"em": "jane', '{"em": "••••'),
        ('{"order_id": "o1", "jan', '{"order_id": "o1", "•••'),
        ('{"order_id": "o1"} "jane"', '{"order_id": "o1"} "••••"'),
        ('{"content_ids": ["a", "b"]}', '{"content_ids": ["a", "b"]}'),
        ('"a \\" b"', '"••••••"'),
        ("{jane: 1}", "{••••: •}"),
        ('{"value": "undefined"}', '{"value": "undefined"}'),
        ('{"client_ip_address": "jane"}', '{"client_ip_address": "jane"}'),
        ('{"order_id": "203.0.113.9"}', '{"order_id": "•••••••••••"}'),
        ('{"order_id": 1001, "value": 123456789.5}', '{"order_id": 1001, "value": 123456789.5}'),
    ],
)
def test_values_that_identify_somebody_become_dots(text, shown):
    assert mask(text) == shown


@pytest.mark.parametrize("field", sorted(SHOWN - {"event_time", *AMOUNTS}))
def test_a_phone_number_becomes_dots_in_quotes_and_without(field):
    assert "14155550100" not in mask(json.dumps({field: "14155550100", "items": {field: 14155550100}}))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("client_ip_address", "203.0.113.9"),
        ("client_ip_address", "2001:db8::1"),
        ("client_user_agent", "Mozilla/5.0 (X11; Linux x86_64) Chrome/126.0.0.0 Safari/537.36"),
        ("event_source_url", "shop.example.com/thanks?order=1001&d=2026-09-24"),
        ("click_id", "epik=dj0yJnU9ZXhhbXBsZQ"),
        ("event_time", "1790243040"),
        ("event_time", "2026-09-24T09:45:00.5+02:00"),
    ],
)
def test_what_pinterest_takes_in_plain_text_is_shown(field, value):
    text = json.dumps({field: value})
    assert mask(text) == text


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("client_ip_address", "jane@example.com"),
        ("client_user_agent", "+1 415 555 0100"),
        ("event_source_url", "https://shop.example.com/?mail=jane%40example.com"),
        ("event_source_url", "https://shop.example.com/?mail=jane%2540example.com"),
        ("event_source_url", "https://shop.example.com/?p=4155550100"),
        ("event_source_url", "https://shop.example.com/?tel=555-0100"),
        ("click_id", "(415) 555-0100"),
        ("event_time", "+1 415 555 0100"),
        ("event_time", "jane"),
    ],
)
def test_an_address_or_a_phone_number_in_a_field_of_plain_text_becomes_dots(field, value):
    assert value not in mask(json.dumps({field: value}))


@settings(deadline=None, max_examples=60)
@given(st.text())
def test_nothing_moves(text):
    assert len(mask(text)) == len(text)


@settings(deadline=None, max_examples=60)
@given(
    st.recursive(
        st.just(CANARY) | st.none(),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    ),
    st.sampled_from([None, 1]),
)
def test_no_address_is_shown_wherever_it_stands(value, indent):
    assert "jane" not in mask(json.dumps(value, indent=indent))


def test_a_pointer_keeps_the_names_of_fields_only():
    assert mask_pointer("/data/0/user_data/em/12") == "/data/0/user_data/em/12"
    assert mask_pointer("/data/0/jane@example.com") == "/data/0/•••"
    assert mask_pointer("") == ""


@pytest.mark.parametrize(
    "text",
    [
        "jane%2540x.test",
        "jane\uff20x.test",
        "jane&#64;x.test",
        "jane&commat;x.test",
        "jane%u0040x.test",
        "Bearer abc",
        "Bearer\tabc",
        "Bearer  abc",
        "Bearer\u00a0abc",
        "Bearer%20abc",
        "pina_abc",
        "https://x.test/?jwt=abc",
        "https://x.test/#access_token=abc",
    ],
)
def test_an_address_in_any_notation_and_a_credential_are_personal(text):
    assert is_personal(text)
    for field in ("order_id", "event_source_url"):
        for written in (json.dumps(text), json.dumps(text, ensure_ascii=False)):
            assert "abc" not in mask(f'{{"{field}": {written}}}')
            assert "x.test" not in mask(f'{{"{field}": {written}}}')


def test_personal_text_is_dotted_out_and_other_text_shown():
    assert mask_personal("jane@x.test") == "•" * 11
    assert mask_personal("checkout") == "checkout"


def test_a_text_that_is_not_json_is_hidden_where_it_may_be_personal():
    assert mask('{"event_name": "jane@x.test\\q"}') == '{"event_name": "•••••••••••••"}'
