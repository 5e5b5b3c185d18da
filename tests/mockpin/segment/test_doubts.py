import pytest

from mockpin.segment.doubts import find_unknown_fields, find_warnings
from mockpin_transformer import PRESETS, Subscription


def test_a_trigger_that_is_misread_is_doubted_with_its_place_and_what_may_be_meant():
    (doubt,) = find_warnings(Subscription('type = "page" OR event = "x"', {}))
    assert doubt == (
        "trigger: at character 15: OR is ignored: only lower-case words join conditions. Write or. "
        'Perhaps meant: type = "page" or event = "x"'
    )


def test_where_only_the_author_can_tell_nothing_is_proposed():
    (doubt,) = find_warnings(Subscription('type = page and groupId = "x"', {}))
    assert doubt.startswith("trigger: at character 17: groupId is ignored")
    assert "Perhaps" not in doubt


@pytest.mark.parametrize("trigger", ["event", 'contains(type, "x")'])
def test_a_trigger_that_cannot_be_read_is_doubted_even_where_no_warning_says_why(trigger):
    (doubt,) = find_warnings(Subscription(trigger, {}))
    assert doubt.startswith("trigger: Segment cannot read it, so it matches no event (")


def test_a_field_that_the_mapping_does_not_have_is_doubted():
    (doubt,) = find_warnings(Subscription("type = page", {"user_data": {"emial": "x"}}))
    assert doubt == (
        "mapping: user_data.emial is not a field of a mapping, so Segment ignores it; "
        "did you mean user_data.email?"
    )


@pytest.mark.parametrize("preset", PRESETS.values(), ids=str)
def test_no_preset_is_doubted(preset):
    assert list(find_warnings(Subscription(preset.trigger, preset.mapping))) == []


def test_a_directive_in_place_of_an_object_has_no_unknown_fields():
    assert (
        list(find_unknown_fields({"user_data": {"@path": "$.traits"}, "event_id": {"@path": "$.id"}})) == []
    )
