import pytest

from generators.schemas.__main__ import BUILDERS, format_schema
from mockpin.schemas import SCHEMAS, find_schema


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_shipped_schema_is_what_the_code_that_reads_the_file_says(name):
    assert find_schema(name).read_text("utf-8") == format_schema(name), "run make docs"


def test_every_schema_has_a_builder():
    assert list(BUILDERS) == list(SCHEMAS)
