import tracemalloc

from hypothesis import given
from hypothesis import strategies as st

from mockpin.emulator.history.first_reports import make_digest
from mockpin.emulator.pipeline.key_table import KeyTable

#: Digests of which many share a bucket, and in whose records others may begin.
DIGESTS = st.lists(st.sampled_from([b"\0", b"\0\1", b"\1"]), min_size=16, max_size=16).map(
    lambda parts: b"\0\0" + b"".join(parts)[:14]
)


@given(st.lists(st.tuples(DIGESTS, st.booleans()), max_size=40))
def test_the_table_has_the_latest_number_of_each_digest(actions):
    table, expected = KeyTable(), {}
    for number, (digest, is_put) in enumerate(actions, 1):
        if is_put:
            table.put(digest, number, oldest=0)
            expected.setdefault(digest, []).append(number)
        elif expected.get(digest):
            table.remove(digest, expected[digest].pop())
        assert table.find(digest) == (expected.get(digest) or [0])[-1]


def test_a_number_that_is_not_the_latest_is_not_removed():
    table, digest = KeyTable(), bytes(16)
    table.put(digest, 1, oldest=0)
    table.remove(digest, 2)
    assert table.find(digest) == 1


def test_old_numbers_of_a_bucket_are_forgotten():
    table, old, new = KeyTable(), bytes(15) + b"1", bytes(15) + b"2"
    table.put(old, 1, oldest=0)
    table.put(new, 7, oldest=7)
    assert (table.find(old), table.find(new), table.last_number) == (0, 7, 7)


def test_a_digest_takes_under_60_bytes():
    digests = [make_digest("lead", str(number)) for number in range(200_000)]
    tracemalloc.start()
    table = KeyTable()
    for number, digest in enumerate(digests):
        table.put(digest, number, oldest=0)
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert size / len(digests) < 60
