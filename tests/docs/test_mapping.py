import json
import re

import pytest

from mockpin_transformer.mappings.mapping import parse_mapping
from mockpin_transformer.mappings.registry import DIRECTIVES
from mockpin_transformer.triggers.lints import LINTS
from mockpin_transformer.triggers.trigger import parse_trigger
from tests.conftest import FIXTURES

PAGE = (FIXTURES.parent / "docs" / "mapping.md").read_text("utf-8")
EXAMPLES = re.findall(r'^```json title="(\S+)"\n(.*?)^```$', PAGE, re.MULTILINE | re.DOTALL)
CASES = [
    f"{kind}/{file.stem}" for kind in ("mappings", "triggers") for file in (FIXTURES / kind).glob("*.json")
]


@pytest.mark.parametrize(("name", "text"), EXAMPLES, ids=[name for name, _ in EXAMPLES])
def test_an_example_is_a_fixture(name, text):
    fixture = json.loads((FIXTURES / f"{name}.json").read_text("utf-8"))
    assert json.loads(text) == {key: value for key, value in fixture.items() if key != "about"}


def test_every_fixture_is_an_example():
    assert sorted(name for name, _ in EXAMPLES) == sorted(CASES)


@pytest.mark.parametrize("name", [*DIRECTIVES, *LINTS])
def test_every_directive_and_lint_has_a_section(name):
    assert f"\n### {name}\n" in PAGE


def test_the_python_at_the_top_runs_as_it_says():
    (program,) = re.findall(r"^```python\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    names = {}
    exec(program, names)
    assert names["mapping"] == parse_mapping({"event_id": {"@path": "$.messageId"}})
    assert names["mapping"].resolve({"messageId": "m-1"}) == {"event_id": "m-1"}
    assert names["mapping"].sources() == {"/event_id": ("messageId",)}
    assert names["trigger"] == parse_trigger('type = "track" and event = "Order Completed"')
    assert names["trigger"].matches({"type": "track", "event": "Order Completed"})
    assert (names["trigger"].error, names["trigger"].lints) == (None, ())
