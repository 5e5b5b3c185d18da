"""Source text made fit to be shown."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from validator.masking import mask, mask_pointer

CANARY = "canary.jane@example.com"
KEYS = st.sampled_from(
    ["em", "ph", "user_data", "event_name", "contents", "traits", "email", "value", "unheard_of"]
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
        ('{"client_ip_address": "203.0.113.9"}', '{"client_ip_address": "•••••••••••"}'),
    ],
)
def test_values_that_identify_somebody_become_dots(text, shown):
    assert mask(text) == shown


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
