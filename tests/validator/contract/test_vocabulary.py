import pytest

from mockpin_validator.contract.request import properties_of
from mockpin_validator.contract.vocabulary import (
    did_you_mean,
    fields,
    find_meant_name,
    find_misnamed_field,
    is_presentable,
)


@pytest.mark.parametrize(
    ("name", "part", "answer"),
    [
        ("search_strng", "custom_data", "Did you mean search_string?"),
        ("search_term", "custom_data", "Did you mean search_string?"),
        ("category_name", "custom_data", "Did you mean content_category?"),
        ("currency", "event", "Did you mean custom_data.currency?"),
        ("email", "event", "Did you mean user_data.em?"),
        ("event_name", "custom_data", "Did you mean event_name of the event itself?"),
        ("event_name", "payload", "Did you mean event_name of the event itself?"),
        ("dta", "payload", "Did you mean data?"),
        ("opt_out_type", "event", "Did you mean custom_data.opt_out_type?"),
        ("optOutType", "event", "Did you mean custom_data.opt_out_type?"),
        ("languages", "event", "Did you mean device_info.languages?"),
        ("brand", "custom_data", "Did you mean content_brand, or device_info.brand?"),
        ("os_version", "app_info", "Did you mean os_version of the event itself, or device_info.os_version?"),
        ("advertiser_id", "event", "Did you mean ad_account_id of the request's path?"),
        ("emial", "user_data", "Did you mean em?"),
        ("hp", "user_data", "Did you mean ph?"),
        ("phoen", "event", "Did you mean user_data.ph?"),
        ("name", "custom_data", "Did you mean content_name?"),
        ("version", "app_info", "Did you mean app_version?"),
        ("width", "device_info", "Did you mean screen_width?"),
        ("id", "custom_data", "Did you mean contents.id?"),
        ("sku", "contents", "Did you mean id?"),
        ("type", "event", "Did you mean event_name, or device_info.type?"),
        ("maids", "user_data", "Did you mean hashed_maids?"),
        ("revenue", "custom_data", "Did you mean value?"),
        ("is_member", "custom_data", "Remove it."),
        ("foo", "event", "Remove it."),
    ],
)
def test_an_unknown_field_is_told_what_was_meant(name, part, answer):
    assert did_you_mean(name, part) == answer


PARTS = {"user_data": "match_keys"} | {
    text: text for text in ("event", "custom_data", "contents", "app_info", "device_info")
}


@pytest.mark.parametrize("part", PARTS)
def test_every_field_of_another_part_is_told_its_place(part):
    own = properties_of(PARTS[part])
    for home, _, field in (name.partition(".") for name in fields()):
        if home != part and field not in own:
            place = f"{field} of the event itself" if home == "event" else f"{home}.{field}"
            assert place in did_you_mean(field, part)


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("email", "em"), ("emial", "em"), ("me", "em"), ("Phone", "ph"),
        ("advertiser_id", None), ("currency", None), ("x", None),
    ],
)  # fmt: skip
def test_a_key_that_others_call_otherwise_is_found_among_those_known(name, meant):
    assert find_meant_name(name, ["em", "ph", "zp"]) == meant


@pytest.mark.parametrize("name", ["ada@example.com", "14155550123", "a" * 100, "two words", "n1234567", "ü"])
def test_a_name_that_may_be_somebodys_data_is_not_repeated(name):
    assert not is_presentable(name)


def test_the_names_of_all_known_fields_may_be_repeated():
    assert all(is_presentable(name.partition(".")[2]) for name in fields())


@pytest.mark.parametrize(("sent", "missing", "found"), [
    ("userData", "user_data", "userData"), ("timestamp", "event_time", "timestamp"),
    ("userData", "event_name", None), ("name", "event_name", None), ("language", "event_name", None),
])  # fmt: skip
def test_a_missing_field_may_be_there_under_another_name(sent, missing, found):
    assert find_misnamed_field({sent: 1}, missing) == found
