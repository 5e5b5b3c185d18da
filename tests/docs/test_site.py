"""The documentation as a site: built from docs/ with mkdocs.yml, without network."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.conftest import FIXTURES

ROOT = FIXTURES.parent
PAGES = {str(page.relative_to(ROOT / "docs")) for page in (ROOT / "docs").rglob("*.md")}
#: What an element makes a browser load.
LOADED = re.compile(r"<(?:script|link|img|iframe|source)\b[^>]*?\b(?:src|href)=[\"']?([^\s\"'>]+)")


def list_pages(nav):
    """Yield every page of a navigation."""
    for entry in nav:
        values = entry.values() if isinstance(entry, dict) else [entry]
        for value in values:
            yield from list_pages(value) if isinstance(value, list) else [value]


def build(folder):
    """Build the site in a folder that has docs/ and mkdocs.yml; no host of the network can be reached."""
    offline = {"http_proxy": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9"}
    program = Path(sys.executable).with_name("zensical")
    return subprocess.run(
        [program, "build", "--strict", "--clean"], cwd=folder, env=offline, capture_output=True, text=True,
        timeout=120, check=False,
    )  # fmt: skip


def find_file(site, page, url):
    """The file that an address on a page is, if it is one of the site."""
    path = url.partition("#")[0]
    return site / path.lstrip("/") if path.startswith("/") else page.parent / path


@pytest.fixture
def folder(tmp_path):
    shutil.copytree(ROOT / "docs", tmp_path / "docs")
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    return tmp_path


def test_every_page_is_in_the_navigation():
    nav = yaml.safe_load((ROOT / "mkdocs.yml").read_text("utf-8"))["nav"]
    assert sorted(list_pages(nav)) == sorted(PAGES)


@pytest.fixture
def site(folder):
    """The built site."""
    answer = build(folder)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    return folder / "site"


@pytest.mark.slow_site
def test_every_page_is_built_and_the_search_knows_it(site):
    assert {str(page.relative_to(site).with_suffix(".md")) for page in site.rglob("*.html")} >= PAGES
    assert "event-time-in-future" in (site / "search.json").read_text("utf-8")


@pytest.mark.slow_site
def test_every_page_loads_only_files_of_the_site(site):
    loaded = {(page, url) for page in site.rglob("*.html") for url in LOADED.findall(page.read_text("utf-8"))}
    assert len(loaded) > len(PAGES)
    assert [url for page, url in loaded if not find_file(site, page, url).exists()] == []


@pytest.mark.slow_site
@pytest.mark.parametrize("link", ["[a](nowhere.md)", "[a](cli.md#nowhere)"])
def test_a_broken_link_fails_the_build(folder, link):
    with (folder / "docs" / "glossary.md").open("a", encoding="utf-8") as page:
        page.write(f"\n{link}\n")
    assert build(folder).returncode != 0
