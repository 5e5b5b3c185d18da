"""Rows for the tests of the history."""

import orjson

from mockpin.emulator.history.clean_requests import CleanRequest
from mockpin.emulator.history.event_fields import EventRow
from mockpin.emulator.history.first_reports import join_records, make_digest
from mockpin.emulator.history.records import ExchangeRow
from mockpin.emulator.history.store import Store

ONE, OTHER = "549755885175", "549755885176"


def row(seq, *, account=ONE, test=False, **changes):
    event = EventRow(
        seq, 1.0, account, "api", test, "checkout", "Checkout",
        f"o-{seq}", "web", 1, "processed", "", "", None,
        False, "", "web", "[]", '{"user_data":{"em":["x"],"ph":[]}}', "1",
    )  # fmt: skip
    return event._replace(**changes)


def exchange(number, first=None, last=None, account=ONE):
    return ExchangeRow(
        number,
        1.0,
        account,
        "POST",
        "/",
        b"{}",
        b"{}",
        None if first else b"{}",
        200,
        b"{}",
        b"{}",
        1.0,
        first,
        last,
        None,
    )


def add(store, *rows):
    with store.transaction():
        for row in rows:
            store.add_events([row])


def make_store():
    """A store with a real event, one of a test, and a failed duplicate of another ad account."""
    with_rows = Store()
    add(with_rows, row(1), row(2, test=True), row(3, account=OTHER, duplicate_of=1, status="failed"))
    return with_rows


def event(seq):
    return {
        "event_name": "AddToCart",
        "event_id": f"é-{seq}",
        "action_source": "web",
        "event_time": seq,
        "user_data": {"em": ["x"]},
    }


def key(seq):
    return make_digest("AddToCart", f"é-{seq}")


def request(number, first, last, account=ONE):
    """A clean request with the events `first` to `last`."""
    texts = [orjson.dumps(event(seq)) for seq in range(first, last + 1)]
    keys = [(key(seq), seq) for seq in range(first, last + 1)]
    return CleanRequest(
        exchange(number, first, last, account),
        "web",
        join_records(keys),
        orjson.dumps([*map(len, texts)]),
        b"[%s]" % b",".join(texts),
    )


def add_requests(store, *requests):
    with store.transaction():
        store.add_clean_requests(requests)


def count(store, table):
    return store._database.select_number(f"SELECT count(*) FROM {table}")


def seqs(rows):
    return [row.seq for row in rows]
