"""Languages, partner names, and values that say nothing."""

import pytest

from mockpin_validator import validate
from mockpin_validator.rules.form import RULES
from tests.validator.events import CLEAN, NOW, changed
from tests.validator.rules.examples import check_example, list_examples


def about(rule, *event, **fields):
    return [finding for finding in validate(changed(*event, **fields), now=NOW) if finding.rule == rule]


@pytest.mark.parametrize(
    ("language", "meant"),
    [
        ("EN", "en"),
        ("en-US", "en"),
        ("de_DE", "de"),
        ("spa", "es"),
        ("ger", "de"),
        ("est", "et"),
        ("Swedish", "sv"),
        ("zh-Hans", "zh"),
    ],
)
def test_a_language_of_another_form_is_told_its_code(language, meant):
    (finding,) = about("language-form", language=language)
    assert finding.fix == f"Send '{meant}'."


@pytest.mark.parametrize("language", ["xx", "e", "undefined", "iw"])
def test_what_is_not_a_language_is_told_how_one_is_written(language):
    (finding,) = about("language-form", language=language)
    assert finding.fix == "Send two lower-case letters, such as 'en'."


@pytest.mark.parametrize("language", ["en", "cs", "zh", None])
def test_a_two_letter_code_is_fine(language):
    assert about("language-form", language=language) == []


@pytest.mark.parametrize(
    ("kind", "path"),
    [
        ("web", "event_source_url"),
        ("web", "custom_data__currency"),
        ("web", "user_data__click_id"),
        ("app", "app_info__app_id"),
        ("app", "device_info__brand"),
    ],
)
def test_an_empty_text_is_named_in_every_part_of_an_event(kind, path):
    (finding,) = about("empty-field", CLEAN[kind], **{path: ""})
    assert finding.path == f"/data/0/{path.replace('__', '/')}"
    assert finding.message == f"{path.rpartition('__')[2]} is empty."


def test_an_empty_text_is_named_in_contents_and_among_their_ids():
    contents = [{"id": "sku-1", "item_price": "24.50"}, {"id": "", "item_price": ""}]
    found = about("empty-field", custom_data__contents=contents, custom_data__content_ids=["sku-1", ""])
    assert [(finding.path, finding.message) for finding in found] == [
        ("/data/0/custom_data/contents/1/id", "id is empty."),
        ("/data/0/custom_data/contents/1/item_price", "item_price is empty."),
        ("/data/0/custom_data/content_ids/1", "An entry of content_ids is empty."),
    ]


@pytest.mark.parametrize("name", list_examples(RULES))
def test_a_rule_says_of_its_fixture_what_the_fixture_expects(name):
    check_example(name)
