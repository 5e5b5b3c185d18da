import json
import re
from pathlib import Path

import pytest

from mockpin.segment.destination_file import FORM, read_usable

MANUAL = Path(__file__).parent.parent.parent / "docs" / "destination.md"


@pytest.fixture
def text():
    return MANUAL.read_text()


def test_the_example_can_be_used(text, tmp_path):
    (example,) = re.findall(r"```json\n(.*?)```", text, re.DOTALL)
    file = tmp_path / "destination.json"
    file.write_text(example)
    assert read_usable(file) == json.loads(example)


def test_every_field_is_explained(text):
    fields = {*FORM["properties"], *FORM["properties"]["subscriptions"]["items"]["properties"]}
    explained = set(re.findall(r"^\| `([\w$]+)`", text, re.MULTILINE))
    assert fields - {"name"} == explained
