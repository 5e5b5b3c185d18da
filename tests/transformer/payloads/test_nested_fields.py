from mockpin_transformer.match_keys.normalization import MATCH_KEYS
from mockpin_transformer.payloads.nested_fields import CONTENTS, DEVICE_INFO, LEGACY_CONTENTS, USER_DATA


def test_every_hashed_match_key_may_have_several_values():
    many = {field.name for field in USER_DATA if field.many}
    assert many == {key.field for key in MATCH_KEYS}


def test_the_two_generations_of_contents_differ_in_the_label_of_the_id_only():
    assert (CONTENTS[0].title, LEGACY_CONTENTS[0].title) == ("Product ID", "ID")
    assert CONTENTS[1:] == LEGACY_CONTENTS[1:]


def test_the_members_of_a_device_are_reported_in_alphabetical_order():
    names = [field.name for field in DEVICE_INFO]
    assert names == sorted(names)
