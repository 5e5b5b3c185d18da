from generators.rules_page import write_page
from mockpin.cli.shared.explanations import find_examples
from mockpin_validator import RULES
from tests.conftest import FIXTURES

PAGE = (FIXTURES.parent / "docs" / "rules.md").read_text("utf-8")


def test_the_page_on_the_rules_is_up_to_date():
    assert write_page(find_examples()) == PAGE, "run make docs"


def test_the_page_has_an_entry_for_each_rule():
    assert [name for name in RULES if f"\n## {name}\n" not in PAGE] == []
