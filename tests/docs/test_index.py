"""The first page of the documentation lists what there is."""

import re
import tomllib

from tests.conftest import FIXTURES

ROOT = FIXTURES.parent
PAGE = (ROOT / "docs" / "index.md").read_text("utf-8")


def test_the_page_lists_every_extra():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert set(re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE)) == set(project["optional-dependencies"])


def test_the_page_links_every_other_page():
    pages = {str(page.relative_to(ROOT / "docs")) for page in (ROOT / "docs").rglob("*.md")} - {"index.md"}
    assert set(re.findall(r"\]\(([\w/-]+\.md)\)", PAGE)) == pages
