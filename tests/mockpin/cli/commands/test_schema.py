import json

import pytest
from click.testing import CliRunner

from mockpin.cli.commands.schema import command
from mockpin.schemas import SCHEMAS, find_schema


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_printed_as_it_is_shipped(name):
    answer = CliRunner().invoke(command, [name])
    assert (answer.exit_code, answer.output) == (0, find_schema(name).read_text("utf-8"))
    assert json.loads(answer.output)["title"] == SCHEMAS[name]


def test_an_unknown_file_is_a_usage_error_that_lists_the_known_ones():
    answer = CliRunner().invoke(command, ["mapping"])
    assert answer.exit_code == 2
    assert all(name in answer.output for name in SCHEMAS)
