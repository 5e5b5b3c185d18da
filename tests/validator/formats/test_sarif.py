"""The report as SARIF."""

import json
from pathlib import Path

import jsonschema
import pytest

from mockpin_validator.archive.rules import UNREADABLE
from mockpin_validator.formats import render
from mockpin_validator.formats.sarif import result, uri
from mockpin_validator.formats.wording import find_documentation
from mockpin_validator.judging.evidence import UNHASHED
from tests.validator.formats.audits import AUDIT, CLEAN, PLACED, SOURCE

SCHEMA = json.loads(Path(__file__).with_name("sarif.schema.json").read_bytes())


@pytest.mark.parametrize("audit", [AUDIT, CLEAN], ids=["findings", "clean"])
def test_it_keeps_to_the_schema(audit):
    jsonschema.validate(json.loads(render(audit, "sarif")), SCHEMA)


def test_every_result_points_to_its_rule():
    (run,) = json.loads(render(AUDIT, "sarif"))["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert [rules[result["ruleIndex"]]["id"] for result in run["results"]] == [
        result["ruleId"] for result in run["results"]
    ]
    assert run["invocations"] == [{"executionSuccessful": False}]


def test_a_rule_is_told_from_its_own_words_and_each_finding_has_its_own_source():
    (run,) = json.loads(render(AUDIT, "sarif"))["runs"]
    helps = {rule["id"]: rule["help"]["text"] for rule in run["tool"]["driver"]["rules"]}
    assert (
        helps["unreadable"]
        == f"{UNREADABLE.summary}\nSource: {UNREADABLE.source} (documented).\nMore: docs/rules.md#unreadable"
    )
    assert helps["match-key-not-hashed"].endswith(
        f"Source: {UNHASHED.source} (inferred).\nMore: docs/rules.md#match-key-not-hashed"
    )
    assert run["results"][0]["properties"] == {"source": SOURCE, "documented": "observed"}


def test_a_rule_has_the_address_of_its_documentation():
    (run,) = json.loads(render(AUDIT, "sarif"))["runs"]
    uris = {rule["id"]: rule["helpUri"] for rule in run["tool"]["driver"]["rules"]}
    assert uris["unreadable"] == f"{find_documentation()}/rules.md#unreadable"
    assert find_documentation().startswith("https://")


def test_a_result_has_its_place():
    (location,) = result(PLACED[0], ["match-key-not-hashed"])["locations"]
    assert location["physicalLocation"]["region"] == {"startLine": 3, "startColumn": 12}
    assert location["logicalLocations"] == [{"fullyQualifiedName": "/data/0/user_data/em/0"}]


@pytest.mark.parametrize(
    ("file", "expected"),
    [("a b.json", "a%20b.json"), ("-", "stdin"), ("/x/é.json", "file:///x/%C3%A9.json")],
)
def test_a_file_is_a_uri_reference(file, expected):
    assert uri(file) == expected
