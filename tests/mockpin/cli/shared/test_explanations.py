"""What is explained besides rules and fields."""

import json

import pytest

from mockpin.cli.shared.explanations import MEANINGS, explain_more, find_examples, generalize, list_names
from mockpin.emulator.pipeline.answers import BY_STATUS
from mockpin.emulator.tag.rules import TAG_RULES
from mockpin.fixtures import ROOT
from mockpin.rules import ROWS
from mockpin.segment.rules import SEGMENT_RULES
from mockpin_validator.archive.rules import DOCUMENT_RULES
from mockpin_validator.handbook import entries

EXAMPLES = find_examples()
ON_DOCUMENTS = {**DOCUMENT_RULES, **SEGMENT_RULES}
FOUND_BY_READERS = {**ON_DOCUMENTS, **TAG_RULES}


def test_every_status_that_is_answered_has_a_meaning():
    assert {200, *BY_STATUS, 400, 413, 422} - {200} <= {meaning.answer.status for meaning in MEANINGS}


@pytest.mark.parametrize("meaning", MEANINGS, ids=lambda each: str(each.answer.status))
def test_an_answer_is_found_by_status_code_and_sentence(meaning):
    body = json.loads(meaning.answer.body)
    for name in (str(meaning.answer.status), str(body["code"]), body["message"]):
        assert any(meaning.fix in entry for entry in explain_more(name, EXAMPLES))


def test_every_listed_name_is_explained():
    assert [name for name in list_names() if not explain_more(name, EXAMPLES)] == []


def test_a_sentence_of_pinterests_leads_to_its_rule_whatever_its_values_are():
    replies = [case.finding.reply for cases in EXAMPLES.values() for case in cases if case.finding.reply]
    assert replies
    for reply in replies:
        other = reply.replace("0", "7").replace("1", "7")
        assert any("Pinterest says: " in entry for entry in explain_more(other, EXAMPLES)), reply


def test_a_sentence_is_compared_without_its_values():
    assert generalize("It was 'a' at 3.5 days.") == generalize("it was 'b' at 4 days")


def test_what_is_not_known_is_not_explained():
    assert explain_more("nothing of the sort here", EXAMPLES) == ()


@pytest.mark.parametrize(("name", "standard"), [("checkout", True), ("web", False)])
def test_an_event_name_is_said_to_be_a_standard_one_where_it_is(name, standard):
    assert (
        any("one of Pinterest's standard events" in text for text in explain_more(name, EXAMPLES)) is standard
    )


@pytest.mark.parametrize("name", FOUND_BY_READERS)
def test_a_rule_without_a_check_has_an_entry_with_an_example(name):
    (entry,) = entries(name, EXAMPLES, ROWS)
    assert f"Source: {FOUND_BY_READERS[name].source} ({FOUND_BY_READERS[name].documented}" in entry
    assert "\n- " in entry


def test_every_fixture_belongs_to_a_rule():
    assert {path.stem for path in (ROOT / "documents").iterdir()} == set(ON_DOCUMENTS)
    assert {path.stem for path in (ROOT / "tag_hits").iterdir()} == set(TAG_RULES)


@pytest.mark.parametrize("name", FOUND_BY_READERS)
def test_a_finding_has_the_severity_that_its_rule_says(name):
    (example,) = EXAMPLES[name]
    assert example.finding.severity == FOUND_BY_READERS[name].severity["strict"]
