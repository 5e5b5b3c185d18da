import json

import pytest

from mockpin.schemas import SCHEMAS, find_schema


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_found_by_its_name_and_says_what_it_describes(name):
    assert json.loads(find_schema(name).read_text("utf-8"))["title"] == SCHEMAS[name]
