"""Batches of rows as Spark hands them to its Python workers."""

import json

import pyarrow as pa

NOW = 1_790_000_000
EVENT = {"event_name": "checkout", "action_source": "web", "event_time": NOW - 9, "event_id": "e-1",
         "user_data": {"em": ["person@example.com"]}}  # fmt: skip
LINES = [
    json.dumps(EVENT).encode(),
    b"",
    b"not JSON",
    b'{"data": []}',
    json.dumps(EVENT | {"event_id": "e-2"}).encode(),
]


def lines_batch(*slices):
    rows = [(path, start, line) for path, start, lines in slices for line in lines]
    return pa.RecordBatch.from_arrays(
        [pa.array(column) for column in zip(*rows, strict=True)], names=["path", "start", "text"]
    )


def whole_batch(content):
    return pa.RecordBatch.from_arrays(
        [pa.array(["file:/a.jsonl"]), pa.array([0], pa.int64()), pa.array([content])],
        names=["path", "start", "content"],
    )


def table_batch(values, indexes, name):
    return pa.RecordBatch.from_arrays(
        [
            pa.array(["file:/a.jsonl"] * len(values)),
            pa.array([0] * len(values), pa.int64()),
            pa.array(indexes, pa.int64()),
            pa.array(values),
        ],
        names=["path", "start", "row_index", name],
    )
