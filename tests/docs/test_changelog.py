"""The changelog and everything else that names a version name the one of pyproject.toml."""

import re
import tomllib

import pytest

from tests.conftest import FIXTURES

ROOT = FIXTURES.parent
VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
CHANGELOG = (ROOT / "CHANGELOG.md").read_text("utf-8")
GROUPS = ["Added", "Changed", "Fixed", "Removed"]
#: Files that tell users which version to install, or which one is described.
NAMED = re.compile(r"mockpin(?:\[[\w,]+\])?(?:==|@v)(\d[\w.]*)")


def test_the_newest_release_is_the_version_and_has_a_date():
    releases = re.findall(r"^## (\d[\w.]*)(?: - (\S+))?$", CHANGELOG, re.MULTILINE)
    assert releases[0][0] == VERSION
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", releases[0][1])


def test_unreleased_changes_come_first():
    assert re.findall(r"^## (.*)$", CHANGELOG, re.MULTILINE)[0] == "Unreleased"


def test_every_section_has_its_groups_in_order():
    for section in re.split(r"^## ", CHANGELOG, flags=re.MULTILINE)[1:]:
        groups = re.findall(r"^### (.*)$", section, re.MULTILINE)
        assert groups == [group for group in GROUPS if group in groups]


def test_no_entry_stands_twice():
    entries = re.findall(r"^- .*$", CHANGELOG, re.MULTILINE)
    assert len(entries) == len(set(entries))


@pytest.mark.parametrize("file", ["action.yml", "examples/ci/workflow.yml", "examples/ci/gitlab.yml"])
def test_a_file_for_users_ci_names_the_version(file):
    assert set(NAMED.findall((ROOT / file).read_text("utf-8"))) == {VERSION}
