"""The columns that Python workers hand back, as Spark and as Arrow know them."""

import pyarrow as pa
import pytest

from mockpin.observations.facts import Fact
from mockpin.spark.schema import COLUMNS, FACT_COLUMNS, FINDING_COLUMNS, describe_columns, make_batch


def test_text_is_a_string_for_spark_and_other_types_keep_their_names():
    assert describe_columns({"a": "TEXT", "b c": "BIGINT"}) == "`a` STRING, `b c` BIGINT"


def test_a_fact_has_an_id_and_the_columns_of_a_fact():
    assert list(FACT_COLUMNS) == ["id", *Fact._fields]
    assert set(FACT_COLUMNS) <= set(COLUMNS)


def test_a_batch_has_every_column_and_its_slice_in_each_row():
    batch = make_batch((3, 700), FINDING_COLUMNS, [(0, "r", "m", True, "f"), (1, "s", "n", False, "g")])
    assert batch.schema.names == list(COLUMNS)
    first, second = batch.to_pylist()
    assert (first["source_file"], first["slice_start"], first["rule"], first["is_kept"]) == (
        3,
        700,
        "r",
        True,
    )
    assert (second["source_file"], second["position"], second["finding"]) == (3, 1, "g")
    assert (first["tally"], first["id"], first["event_name"]) == (None, None, None)


@pytest.mark.parametrize(
    ("column", "kind"),
    [("source_file", pa.int32()), ("id", pa.int64()), ("event_time", pa.float64()), ("is_kept", pa.bool_()),
     ("rule", pa.string())],
)  # fmt: skip
def test_a_column_without_values_has_its_type_too(column, kind):
    assert make_batch((0, 0), {"tally": "TEXT"}, [("{}",)]).schema.field(column).type == kind
