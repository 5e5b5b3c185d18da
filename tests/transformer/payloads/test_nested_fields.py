from mockpin_transformer.match_keys.normalization import MATCH_KEYS
from mockpin_transformer.payloads.nested_fields import (
    APP_INFO,
    CONTENTS,
    CUSTOM_DATA,
    DEVICE_INFO,
    LEGACY_CONTENTS,
    LEGACY_CUSTOM_DATA,
    USER_DATA,
)


def test_every_hashed_match_key_may_have_several_values():
    many = {field.name for field in USER_DATA if field.many}
    assert many == {key.field for key in MATCH_KEYS}


def test_the_two_generations_of_contents_differ_in_the_label_of_the_id_only():
    assert (CONTENTS[0].title, LEGACY_CONTENTS[0].title) == ("Product ID", "ID")
    assert CONTENTS[1:] == LEGACY_CONTENTS[1:]


def test_the_members_of_a_device_are_reported_in_alphabetical_order():
    names = [field.name for field in DEVICE_INFO]
    assert names == sorted(names)


def test_the_lengths_are_segments():
    fields = (*LEGACY_CONTENTS, *LEGACY_CUSTOM_DATA, *DEVICE_INFO, *APP_INFO)
    assert {field.name: field.max_length for field in fields if field.max_length} == {
        "item_brand_id": 64, "os_name": 100, "os_version": 100,
    }  # fmt: skip


def test_contents_stand_behind_the_ids_of_the_legacy_format_alone():
    names = [field.name for field in LEGACY_CUSTOM_DATA]
    assert names[2:5] == ["content_ids", "contents", "num_items"]
    assert [name for name in names if name != "contents"] == [field.name for field in CUSTOM_DATA]


def test_what_may_stand_several_times_outside_of_user_data_is_a_list():
    fields = (*LEGACY_CUSTOM_DATA, *DEVICE_INFO, *APP_INFO)
    assert [field.name for field in fields if field.many] == ["content_ids", "contents", "languages"]
