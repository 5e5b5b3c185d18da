"""Every rule that a report may name can be looked up."""

import pytest

from mockpin.emulator.tag.rules import TAG_RULES
from mockpin.fixtures import ROOT
from mockpin.manuals.rules import find_examples
from mockpin.rules import ROWS
from mockpin.segment.rules import SEGMENT_RULES
from mockpin_validator.archive.rules import DOCUMENT_RULES
from mockpin_validator.handbook import entries, manual

EXAMPLES = find_examples()
ON_DOCUMENTS = {**DOCUMENT_RULES, **SEGMENT_RULES}
FOUND_BY_READERS = {**ON_DOCUMENTS, **TAG_RULES}


def test_the_page_on_the_rules_is_up_to_date():
    page = ROOT.parent / "docs" / "rules.md"
    assert page.read_text(encoding="utf-8") == manual(EXAMPLES, ROWS), "run make docs"


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
