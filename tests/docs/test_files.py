"""Every command and every example of docs/files.md is run or checked against the schemas that it names."""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from mockpin.schemas import SCHEMAS, find_schema
from tests.conftest import FIXTURES

DOCS = FIXTURES.parent / "docs"
PAGE = (DOCS / "files.md").read_text("utf-8")
BLOCK = re.compile(r'^```(json|toml)(?: title="\S+")?\n(.*?)^```$', re.MULTILINE | re.DOTALL)
ALL = [block for page in sorted(DOCS.rglob("*.md")) for block in BLOCK.findall(page.read_text("utf-8"))]
#: Every destination and every journey of the documentation.
EXAMPLES = [
    *(
        ("destination", json.loads(text))
        for kind, text in ALL
        if kind == "json" and '"subscriptions"' in text
    ),
    *(("journey", tomllib.loads(text)) for kind, text in ALL if kind == "toml" and "[[expect]]" in text),
]


def examples(language):
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


@pytest.fixture
def folder(tmp_path):
    """A folder in which the commands of the page have been run."""
    path = {"PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin"}
    for script in examples("sh"):
        subprocess.run(["bash", "-ec", script], cwd=tmp_path, check=True, env=path)
    return tmp_path


def test_the_commands_write_the_schemas(folder):
    written = {file.read_text("utf-8") for file in folder.glob("*.schema.json")}
    assert written == {find_schema(name).read_text("utf-8") for name in SCHEMAS}


def test_the_examples_are_valid_by_the_schemas_that_they_name(folder):
    (config,) = examples("toml")
    named = re.match(r"#:schema (\S+)\n", config).group(1)
    (destination,) = map(json.loads, examples("json"))
    for schema, document in ((named, tomllib.loads(config)), (destination["$schema"], destination)):
        Draft202012Validator(json.loads((folder / schema).read_text("utf-8"))).validate(document)


def test_mockpin_reads_the_examples(folder):
    (config,) = examples("toml")
    (destination,) = examples("json")
    (folder / "mockpin.toml").write_text(config)
    (folder / "destination.json").write_text(destination)
    command = ["run", "--expect", "checkout=0", "--fail-on", "never"]
    command += ["--destination", "destination.json", "--", sys.executable, "-c", ""]
    answer = subprocess.run(
        [sys.executable, "-m", "mockpin", *command], cwd=folder, capture_output=True, text=True, check=False
    )
    assert answer.returncode == 0, answer.stderr


def test_the_documentation_has_destinations_and_journeys():
    assert {name for name, _ in EXAMPLES} == {"destination", "journey"}


@pytest.mark.parametrize(("name", "document"), EXAMPLES)
def test_an_example_of_any_page_is_valid_by_its_schema(name, document):
    Draft202012Validator(json.loads(find_schema(name).read_text("utf-8"))).validate(document)
