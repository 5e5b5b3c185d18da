"""The distribution by the linters of the package index, and what its page on the index shows."""

import re
import sys
import tarfile
import zipfile
from email import message_from_bytes

import pytest

from tests.install.conftest import PIP, ROOT, require, run

pytestmark = pytest.mark.slow_install


@pytest.fixture(scope="module")
def sdist(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sdist")
    build = ("-m", "uv", "build", "--quiet", "--sdist", "--out-dir", folder, ROOT)
    require(sys.executable, *build, cwd=folder)
    return next(folder.glob("*.tar.gz"))


def read_metadata(wheel):
    with zipfile.ZipFile(wheel) as archive:
        name = next(name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        return message_from_bytes(archive.read(name))


@pytest.mark.parametrize(
    ("linter", "options"),
    [("check-wheel-contents==0.6.3", ()), ("twine==7.0.0", ("check", "--strict"))],
    ids=["check-wheel-contents", "twine"],
)
def test_a_linter_of_distributions_finds_nothing(wheel, linter, options):
    command = linter.partition("==")[0]
    tool = ("-m", "uv", "tool", "run", "--quiet", "--from", linter, command)
    done = run(sys.executable, *tool, *options, wheel, cwd=ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_source_distribution_has_the_licences_and_builds_the_wheel(sdist, wheel, tmp_path):
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert names >= {"LICENSE", "LICENSES/LGPL-2.1-only.txt"}
    require(sys.executable, *PIP, "wheel", "--no-deps", "--wheel-dir", tmp_path, sdist, cwd=tmp_path)
    (built,) = tmp_path.glob("*.whl")
    assert zipfile.ZipFile(built).namelist() == zipfile.ZipFile(wheel).namelist()


def test_every_link_of_the_page_on_the_index_leads_somewhere(wheel):
    text = read_metadata(wheel).get_payload(decode=True).decode()
    assert "mockpin run" in text
    assert [link for link in re.findall(r"\]\(([^)]*)\)", text) if not link.startswith(("http", "#"))] == []


def test_the_metadata_names_authors_licence_and_addresses(wheel):
    metadata = read_metadata(wheel)
    assert metadata["License-Expression"] == "MIT AND LGPL-2.1-only"
    assert metadata["Author-email"]
    named = {address.partition(",")[0] for address in metadata.get_all("Project-URL")}
    assert named >= {"Homepage", "Documentation", "Changelog", "Issues", "Security"}
