from pathlib import Path

from generators.emulation_page import write_page
from mockpin.emulator.settings.settings import FIELDS
from mockpin_validator import RULES

PAGE = Path(__file__).parents[2] / "docs" / "emulation.md"


def test_the_page_says_what_the_code_does():
    assert PAGE.read_text(encoding="utf-8") == write_page(), "run make docs"


def test_every_setting_and_rule_has_its_row():
    page = write_page()
    assert [name for name in (*FIELDS, *RULES) if f"| `{name}` |" not in page] == []
