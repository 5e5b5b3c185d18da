import math

import pytest

from mockpin.emulator.settings.texts import (
    format_size,
    format_size_bound,
    join,
    one_of,
    parse_count,
    parse_size,
    parse_size_bound,
    parse_span,
    parse_states,
    parse_switch,
    parse_unhashed,
)
from mockpin_validator.judging.policy import Policy


@pytest.mark.parametrize(
    ("text", "size"), [("10MB", 10_000_000), ("2KiB", 2048), ("7", 7), ("7B", 7), ("0.5KB", 500)]
)
def test_a_size_is_read(text, size):
    assert parse_size(text) == size
    assert parse_size(format_size(size)) == size


@pytest.mark.parametrize("text", ["0", "0.4B", "10 MB", "10mb", "-1", "1TB", "1" * 13, ""])
def test_a_text_that_is_not_a_size_is_refused(text):
    with pytest.raises(ValueError, match=f"^{text}$"):
        parse_size(text)


@pytest.mark.parametrize(
    ("text", "seconds"), [("24h", 86_400), ("0", 0), (" 7d ", 604_800), ("36500d", 3_153_600_000)]
)
def test_a_span_is_read_with_its_unit_up_to_a_hundred_years(text, seconds):
    assert parse_span(text) == seconds


@pytest.mark.parametrize("text", ["24", "36500.1d", "36501d", "soon"])
def test_a_span_without_its_unit_or_longer_is_refused(text):
    with pytest.raises(ValueError, match=text):
        parse_span(text)


@pytest.mark.parametrize("text", ["0", "-1", "1.5", "many"])
def test_a_count_is_a_whole_number_from_one(text):
    assert parse_count("1") == 1
    with pytest.raises(ValueError, match=text):
        parse_count(text)


def test_a_switch_is_on_or_off():
    assert (parse_switch("on"), parse_switch("off")) == (True, False)
    with pytest.raises(KeyError):
        parse_switch("true")


def test_verdicts_by_match_key_are_read_as_they_are_written():
    read = parse_unhashed("em:fail, *:warn")
    assert read == {"em": "fail", "*": "warn"}
    assert parse_unhashed(join(read)) == read


def test_without_a_word_for_the_others_their_verdicts_stay_as_they_are():
    assert parse_unhashed("em:warn") == {**Policy().unhashed, "em": "warn"}
    assert parse_unhashed("em:warn,*:fail") == {"em": "warn", "*": "fail"}


@pytest.mark.parametrize("text", ["em", "em:refuse", "mail:warn", "em:fail,"])
def test_a_verdict_is_on_a_match_key_and_one_of_two(text):
    with pytest.raises((KeyError, ValueError)):
        parse_unhashed(text)


def test_states_are_read_in_any_case():
    assert join(parse_states("ca, CO")) == "CA,CO"


@pytest.mark.parametrize("text", ["California", "C", "C1", "ÑÑ", "CA,"])
def test_a_state_is_two_letters_of_ascii(text):
    with pytest.raises(ValueError, match=text):
        parse_states(text)


def test_one_of_some_values_is_found_by_its_text():
    assert one_of(422, 200)("200") == 200


@pytest.mark.parametrize(("text", "size"), [("off", math.inf), ("500MB", 500_000_000), ("2GB", 2 * 10**9)])
def test_a_bound_is_a_size_or_off(text, size):
    assert parse_size_bound(text) == size
    assert format_size_bound(size) == text
