import pytest

from mockpin.core.setting_texts import format_size, join, one_of, parse_size, parse_states, parse_unhashed


@pytest.mark.parametrize(
    ("text", "size"), [("10MB", 10_000_000), ("2KiB", 2048), ("7", 7), ("7B", 7), ("0.5KB", 500)]
)
def test_a_size_is_read(text, size):
    assert parse_size(text) == size
    assert parse_size(format_size(size)) == size


def test_verdicts_by_match_key_are_read_as_they_are_written():
    read = parse_unhashed("em:fail, *:warn")
    assert read == {"em": "fail", "*": "warn"}
    assert parse_unhashed(join(read)) == read


def test_states_are_read_in_any_case():
    assert join(parse_states("ca, CO")) == "CA,CO"


@pytest.mark.parametrize("text", ["California", "C", "C1", "ÑÑ", "CA,"])
def test_a_state_is_two_letters_of_ascii(text):
    with pytest.raises(ValueError, match=text):
        parse_states(text)


def test_one_of_some_values_is_found_by_its_text():
    assert one_of(422, 200)("200") == 200
