from mockpin_validator.contract.names import (
    ACTION_SOURCES,
    OTHER_NAMES,
    OTHER_SOURCES,
    STANDARD_EVENT_NAMES,
    fold,
)
from mockpin_validator.contract.spelling import bare


def test_there_are_twenty_two_standard_names():
    assert len(set(STANDARD_EVENT_NAMES)) == 22


def test_spellings_of_a_custom_name_are_one():
    assert fold("My_Event") == fold("my event") == fold("MyEvent")


def test_every_other_name_leads_to_a_standard_one():
    assert set(OTHER_NAMES.values()) <= set(STANDARD_EVENT_NAMES)
    assert set(OTHER_SOURCES.values()) <= set(ACTION_SOURCES)


def test_other_names_are_kept_bare_so_that_every_spelling_finds_them():
    assert all(name == bare(name) for name in (*OTHER_NAMES, *OTHER_SOURCES))
