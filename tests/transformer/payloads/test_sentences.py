from mockpin_transformer.js import UNDEFINED
from mockpin_transformer.payloads.sentences import mismatch, missing, not_among, not_date_like, too_long


def test_a_mismatch_names_both_types_with_their_articles():
    assert mismatch("Wifi", "boolean", []) == "Wifi must be a boolean but it was an array."
    assert mismatch("A", "integer", None) == "A must be an integer but it was null."
    assert mismatch("A", "object", UNDEFINED) == "A must be an object but it was undefined."


def test_choices_are_listed_as_one_would_say_them():
    assert not_among("A", ("x", "y")) == 'A must be one of: "x" or "y".'
    assert not_among("A", ("x", "y", "z")) == 'A must be one of: "x", "y", or "z".'


def test_lengths_are_told_in_utf16_units():
    assert too_long("A", 1, "😀y") == "A must be 1 characters or fewer but it was 3 characters."


def test_the_other_sentences():
    assert missing("event_id") == "The root value is missing the required field 'event_id'."
    assert not_date_like("Install Time") == "Install Time must be a valid date-like string but it was not."
