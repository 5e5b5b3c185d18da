import pytest

from mockpin_transformer.errors import PayloadInvalid
from mockpin_transformer.payloads.payload import read_payload

GOOD = {
    "data_format": "latest",
    "event_name": "checkout",
    "action_source": "web",
    "event_time": "2026-11-24",
    "event_id": "e1",
}


def problems(payload):
    with pytest.raises(PayloadInvalid) as caught:
        read_payload(payload)
    return caught.value.errors


def test_fields_that_fit_come_out_as_they_are():
    assert read_payload(GOOD) == GOOD


def test_missing_fields_come_first_in_their_order():
    assert problems({"data_format": "latest", "wifi": "x"}) == (
        *(
            f"The root value is missing the required field '{text}'."
            for text in ("event_name", "action_source", "event_time", "event_id")
        ),
        "Wifi must be a boolean but it was a string.",
    )


@pytest.mark.parametrize("data_format", [None, "", "legacy"])
def test_without_the_latest_format_an_app_name_is_required(data_format):
    assert problems({**GOOD, "data_format": data_format}) == (
        "The root value is missing the required field 'app_name'.",
        'The root value must match "then" schema.',
    )


def test_each_sentence_comes_with_the_field_it_is_about():
    with pytest.raises(PayloadInvalid) as caught:
        read_payload({"custom_data": {"value": "12,5"}, "contents": [{"item_price": []}]})
    assert caught.value.pointers == (
        *("/app_name", "/data_format", "/event_name", "/action_source", "/event_time", "/event_id"),
        *("/custom_data/value", "/contents/0/item_price"),
    )
    assert len(caught.value.errors) == len(caught.value.pointers)


def test_a_format_in_an_array_escapes_that_rule():
    assert read_payload({**GOOD, "data_format": ["legacy"]})["data_format"] == "legacy"


def test_one_product_will_do_for_contents():
    assert read_payload({**GOOD, "contents": {"id": 5}})["contents"] == [{"id": "5"}]


def test_the_message_is_all_sentences_in_one_line():
    with pytest.raises(PayloadInvalid, match=r"^Wifi must be .* string\. Language must be .*\.$"):
        read_payload({**GOOD, "wifi": "x", "language": {}})
