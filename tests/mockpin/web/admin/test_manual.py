import re
from pathlib import Path

import orjson
import pytest

from mockpin.emulator.history.event_fields import FILTERS
from mockpin.web.admin.api import ALL_OPERATIONS
from mockpin.web.admin.operations import read_call
from mockpin.web.admin.schemas import FAULT_VALUES

MANUAL = Path(__file__).parents[4] / "docs" / "admin.md"
BODIES = {
    operation.path: operation for operation in ALL_OPERATIONS if operation.body and operation.method == "POST"
}


@pytest.fixture(scope="module")
def text():
    return MANUAL.read_text()


def test_every_operation_is_in_the_manual_and_no_other(text):
    told = re.findall(r"^\| `([A-Z]+)` \| `(/[^`]+)` \|", text, re.MULTILINE)
    assert set(told) == {(operation.method, operation.path) for operation in ALL_OPERATIONS}


def test_every_filter_is_named(text):
    filters = text.partition("## Filters")[2].partition("## Faults")[0]
    assert all(f"`{name}`" in filters for name in FILTERS)


def test_every_fault_of_the_table_is_accepted_and_none_is_missing(text):
    faults = [orjson.loads(match) for match in re.findall(r"^\| `({[^`]+})` \|", text, re.MULTILINE)]
    assert {next(iter(fault)) for fault in faults} == set(FAULT_VALUES)
    for fault in faults:
        read_call(BODIES["/faults"], path={}, query={}, body=orjson.dumps({"fault": fault}))


def test_the_examples_are_accepted(text):
    expectation, rule = re.findall(r"```json\n(.*?)```", text, re.DOTALL)
    assert read_call(BODIES["/expect"], path={}, query={}, body=expectation.encode()).body["count"] == 1
    assert read_call(BODIES["/faults"], path={}, query={}, body=rule.encode()).body["times"] == 2
