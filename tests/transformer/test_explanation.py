import json

import pytest

from mockpin_transformer import DEFAULT_MAPPING, convert, parse_mapping
from tests.conftest import FIXTURES

CASE = json.loads((FIXTURES / "segment_events" / "offline-sale.json").read_text("utf-8"))


def steps(mapping=CASE["mapping"], event=CASE["event"], **options):
    trace = convert(event, parse_mapping(mapping), trace=True, **options).trace
    return {step.pointer: step for step in trace}


def test_without_being_asked_there_is_no_trace():
    assert convert(CASE["event"], CASE["mapping"]).trace == ()


def test_every_member_of_the_event_names_its_source():
    found = steps()
    assert found["/user_data/em/0"].sources == ("traits.email",)
    assert found["/custom_data/order_id"].sources == ("properties.order_id",)
    assert found["/custom_data/np"].sources == ("Segment",)
    assert found["/action_source"].sources == ()


def test_the_data_format_says_how_an_event_is_built_and_is_not_a_field_that_is_left_out():
    assert "/data_format" not in steps({**CASE["mapping"], "data_format": "latest"})


def test_of_an_if_the_branch_that_was_taken_is_the_source():
    email = {
        "@if": {
            "exists": {"@path": "$.traits.email"},
            "then": {"@path": "$.traits.email"},
            "else": {"@path": "$.properties.email"},
        }
    }
    name = {"@if": {"exists": {"@path": "$.traits.vip"}, "then": "lead", "else": "checkout"}}
    last = {"@if": {"exists": {"@path": "$.traits.vip"}, "then": {"@path": "$.traits.vip"}}}
    mapping = {
        **CASE["mapping"],
        "event_name": name,
        "user_data": {"email": email, "last_name": last},
    }
    found = steps(mapping)
    assert found["/user_data/em/0"].sources == ("traits.email",)
    assert found["/event_name"].sources == found["/user_data/last_name"].sources == ("traits.vip",)
    found = steps(mapping, {**CASE["event"], "traits": {}, "properties": {"email": "a@b.c"}})
    assert found["/user_data/em/0"].sources == ("properties.email",)


def test_of_an_if_that_took_a_constant_the_condition_is_the_source():
    name = {"@if": {"exists": {"@path": "$.x"}, "then": {"@path": "$.y"}, "else": "checkout"}}
    assert steps({**CASE["mapping"], "event_name": name})["/event_name"].sources == ("x",)


def test_the_stages_are_told_without_plain_text():
    step = steps()["/user_data/ge/0"]
    assert step.stages == (
        "delete white space: nothing to do",
        "lower case: changed, 6 characters to 6",
        "abbreviate gender: changed, 6 characters to 1",
        "SHA-256",
    )
    plain = [trait.lower() for trait in CASE["event"]["traits"].values() if isinstance(trait, str)]
    assert not any(item in repr(steps()).lower() for item in plain)


def test_it_says_which_match_keys_segment_loses():
    lost = {pointer for pointer, step in steps().items() if step.documented}
    assert lost == {f"/user_data/{key}/0" for key in ("db", "st", "zp", "country")}
    assert not [step for step in steps(normalization="documented").values() if step.documented]


def test_it_says_what_makes_the_hash_that_pinterest_asks_for():
    step = steps()["/user_data/db/0"]
    assert step.documented_stages == (
        "trim: nothing to do",
        "write birth date: changed, 10 characters to 8",
        "SHA-256",
    )
    assert steps()["/user_data/em/0"].documented_stages == ()


def test_a_hash_and_a_blank_are_told_apart():
    values = {"city": ["  ", "ab" * 32]}
    found = steps({**CASE["mapping"], "user_data": {"email": ["a@b.c"], **values}})
    assert found["/user_data/ct/0"].stages == ("blank: sent empty",)
    assert found["/user_data/ct/1"].stages == ("hashed already: sent as it is",)


@pytest.mark.parametrize(
    ("mapping", "pointer", "reason"),
    [
        ({}, "/event_source_url", "nothing there"),
        ({"shoe_size": 9}, "/shoe_size", "empty, or no field of the action"),
        ({"custom_data": {"order_id": "x"}}, "/custom_data/order_id", "no field of the latest data format"),
        ({"app_name": "Till"}, "/app_name", "no field of the latest data format"),
        (
            {"data_format": "legacy", "app_name": "Till", "device_info": {"brand": "x"}},
            "/device_info/brand",
            "no field of the legacy data format",
        ),
    ],
)
def test_what_is_left_out_has_a_reason(mapping, pointer, reason):
    dropped = [
        step
        for step in convert(CASE["event"], {**CASE["mapping"], **mapping}, trace=True).trace
        if step.pointer == pointer and step.dropped
    ]
    assert dropped[0].dropped == reason
    assert dropped[0].is_absent is (not mapping)


def test_a_product_without_a_known_field_is_sent_empty_and_its_list_not_left_out():
    event = {**CASE["event"], "properties": {"products": [{"colour": "red"}, {"product_id": "p1"}]}}
    for given in (event, {**event, "properties": {"products": [{"colour": "red"}]}}):
        trace = convert(given, {**DEFAULT_MAPPING, **CASE["mapping"]}, trace=True).trace
        told = [(step.pointer, step.value, step.dropped) for step in trace if "contents" in step.pointer]
        sent = [("/custom_data/contents/0", {}, None), ("/custom_data/contents/1/id", "p1", None)]
        assert told == sent[: len(given["properties"]["products"])]


@pytest.mark.parametrize(("legacy", "left_out"), [("$.properties.order_id", 0), ("$.properties.cart_id", 1)])
def test_a_field_of_both_data_formats_is_left_out_only_where_its_source_is_another(legacy, left_out):
    event = {**CASE["event"], "properties": {"order_id": "o1", "cart_id": "c1"}}
    both = {
        "custom_data": {"order_id": {"@path": legacy}},
        "custom_data_2": {"order_id": {"@path": "$.properties.order_id"}},
    }
    trace = convert(event, {**CASE["mapping"], **both}, trace=True).trace
    dropped = [step.dropped for step in trace if step.pointer == "/custom_data/order_id"]
    assert dropped == [None, "no field of the latest data format"][: left_out + 1]


@pytest.mark.parametrize("amount", ["price", "value"])
def test_of_the_default_mapping_no_amount_is_left_out_that_was_sent(amount):
    event = {**CASE["event"], "properties": {amount: 40, "email": "a@b.c"}}
    trace = convert(event, {**DEFAULT_MAPPING, "event_name": "checkout"}, trace=True).trace
    told = [(step.sources, step.dropped) for step in trace if step.pointer == "/custom_data/value"]
    assert told == [((f"properties.{amount}",), None)]


def test_an_install_time_that_cannot_be_read_is_told():
    app_info = {"install_time": "5e-7", "app_name": "Till"}
    found = steps({**CASE["mapping"], "app_info": app_info})
    assert found["/app_info/install_time"].dropped == "a time that cannot be read"


def test_a_match_key_of_which_nothing_is_left_is_told():
    user_data = {"email": ["a@b.c"], "phone": ["none"]}
    found = steps({**CASE["mapping"], "user_data": user_data}, normalization="documented")
    assert found["/user_data/phone"].dropped == "nothing left of it once it is cleaned"


def test_each_path_in_a_list_of_the_mapping_is_the_source_of_its_item():
    email = [{"@path": "$.traits.email"}, {"@path": "$.traits.work_email"}]
    event = {**CASE["event"], "traits": {"email": "a@b.c", "work_email": "b@b.c"}}
    found = steps({**CASE["mapping"], "user_data": {"email": email}}, event)
    assert found["/user_data/em/0"].sources == ("traits.email",)
    assert found["/user_data/em/1"].sources == ("traits.work_email",)


def test_a_slash_in_a_name_divides_nothing():
    step = steps({**CASE["mapping"], "shoe/size": {"@path": "$.messageId"}})["/shoe~1size"]
    assert (step.sources, step.dropped) == (("messageId",), "empty, or no field of the action")


def test_items_of_contents_are_traced_to_the_products():
    event = {**CASE["event"], "properties": {"products": [{"product_id": "a"}]}}
    found = steps(event=event)
    assert found["/custom_data/contents/0/id"].sources == ("properties.products.*.product_id",)
    assert "/contents/*" not in found


def test_an_empty_array_that_is_sent_is_told():
    empty = {"@path": "$.properties.none"}
    mapping = {**CASE["mapping"], "user_data": {"email": ["a@b.c"], "phone": empty}}
    event = {**CASE["event"], "properties": {"none": []}}
    sent = steps(mapping, event)["/user_data/ph"]
    assert (sent.value, sent.sources, sent.dropped) == ([], ("properties.none",), None)
    assert steps(mapping, event, normalization="documented")["/user_data/phone"].dropped


def test_an_item_without_a_field_of_the_action_is_told_as_the_empty_one_that_is_sent():
    step = steps({**CASE["mapping"], "contents": [{"size": 9}]})["/custom_data/contents/0"]
    assert (step.value, step.sources, step.dropped) == ({}, (), None)
