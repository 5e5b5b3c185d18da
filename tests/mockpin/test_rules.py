"""Every rule that a report may name can be looked up."""

import pytest

from mockpin.fixtures import ROOT
from mockpin.rules import ROWS, find_examples
from mockpin.segment.rules import SEGMENT_RULES
from validator.archive.rules import DOCUMENT_RULES
from validator.handbook import entries, manual

EXAMPLES = find_examples()
ON_DOCUMENTS = {**DOCUMENT_RULES, **SEGMENT_RULES}


def test_the_page_on_the_rules_is_up_to_date():
    page = ROOT.parent / "docs" / "rules.md"
    assert page.read_text(encoding="utf-8") == manual(EXAMPLES, ROWS), "run make docs"


@pytest.mark.parametrize("name", ON_DOCUMENTS)
def test_a_rule_on_documents_has_an_entry_with_an_example(name):
    (entry,) = entries(name, EXAMPLES, ROWS)
    assert f"Source: {ON_DOCUMENTS[name].source} (documented" in entry
    assert "\n- " in entry


def test_every_fixture_on_documents_belongs_to_a_rule():
    assert {path.stem for path in (ROOT / "documents").iterdir()} == set(ON_DOCUMENTS)


@pytest.mark.parametrize("name", ON_DOCUMENTS)
def test_a_finding_has_the_severity_that_its_rule_says(name):
    (example,) = EXAMPLES[name]
    assert example.finding.severity == ON_DOCUMENTS[name].severity["strict"]
