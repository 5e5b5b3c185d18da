"""Every page of docs/start is followed to its end."""

import os
import shutil
import sys
from pathlib import Path

import pytest

from tests.conftest import FIXTURES
from tests.docs.reader import PAGES, follow, read_page

HERE = {"python", "segment", "export"}
#: What a page needs besides Python and curl.
TOOLS = {"node": "npm", "shop-plugin": "php"}
BIN = f"{Path(sys.executable).parent}:{os.environ['PATH']}"


def follow_page(name, folder):
    """Follow a page in an environment that has mockpin and pytest already."""
    for step in read_page(PAGES / f"{name}.md"):
        if not step.installs:
            follow(step, folder, BIN)


def test_each_page_is_followed():
    assert {page.stem for page in PAGES.glob("*.md")} == HERE | set(TOOLS)


@pytest.mark.parametrize("name", sorted(HERE))
def test_a_page_ends_where_it_says(name, tmp_path):
    follow_page(name, tmp_path)


@pytest.mark.slow_clients
@pytest.mark.parametrize("name", sorted(TOOLS))
def test_a_page_for_another_language_ends_where_it_says(name, tmp_path):
    if shutil.which(TOOLS[name]) is None and "CI" not in os.environ:
        pytest.skip(f"{TOOLS[name]} is not installed: the page {name} is not followed")
    follow_page(name, tmp_path)


@pytest.mark.parametrize("page", sorted(PAGES.glob("*.md")), ids=lambda page: page.stem)
def test_a_page_installs_first_and_in_one_block(page):
    steps = list(read_page(page))
    assert [step.installs for step in steps] == [True] + [False] * (len(steps) - 1)
    assert steps[0].script.splitlines()[:2] == ["python3 -m venv .venv", ". .venv/bin/activate"]


@pytest.mark.slow_install
def test_the_page_for_python_teams_ends_where_it_says_in_an_environment_of_its_own(tmp_path):
    (tmp_path / "mockpin").symlink_to(FIXTURES.parent)
    project = tmp_path / "project"
    project.mkdir()
    path = f"{project / '.venv' / 'bin'}:{os.environ['PATH']}"
    for step in read_page(PAGES / "python.md"):
        follow(step, project, path)
