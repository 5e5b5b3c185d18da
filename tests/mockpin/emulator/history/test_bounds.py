import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockpin.emulator.history.bounds import LOT_BYTES, LOT_ROWS, Bounds, KeptHistory, KeptRows

SIZES = st.lists(st.integers(0, 9), max_size=5)


@given(
    st.integers(1, 6),
    st.integers(1, 30),
    st.lists(st.tuples(SIZES, st.sampled_from(["commit", "fail", "delete"])), max_size=30),
)
def test_the_newest_rows_within_both_bounds_are_kept(rows, size, transactions):
    kept, expected, deleted, last = KeptRows(Bounds(rows, size)), [], 0, 0
    for sizes, end in transactions:
        mark, before, last_before = kept.mark(), list(expected), last
        numbers = [*range(last + 1, last + len(sizes) + 1)]
        evicted = kept.add(numbers, sizes)
        expected += zip(numbers, sizes, strict=True)
        last += len(sizes)
        count = len(expected)
        while len(expected) > 1 and (len(expected) > rows or sum(s for _, s in expected) > size):
            del expected[0]
        assert evicted == count - len(expected)
        if end == "fail":
            kept.restore(mark)
            expected, last = before, last_before
        elif end == "delete":
            above, up_to = kept.deletion_range
            assert above == deleted
            deleted = up_to
            kept.note_deletion()
        assert (len(kept), kept.size) == (len(expected), sum(size for _, size in expected))
        assert kept.floor == (expected[0][0] - 1 if expected else 0)
        assert kept.waiting == kept.floor - deleted


@pytest.mark.parametrize(("count", "size"), [(LOT_ROWS + 1, 1), (3, LOT_BYTES // 2)])
def test_rows_wait_until_they_are_many_or_large(count, size):
    kept = KeptRows(Bounds(1))
    kept.add([*range(1, count)], [size] * (count - 1))
    assert not kept.has_lot
    kept.add([count], [size])
    assert (kept.has_lot, kept.waiting) == (True, count - 1)
    kept.note_deletion()
    assert (kept.has_lot, kept.waiting, kept.floor) == (False, 0, count - 1)


def test_what_was_deleted_takes_no_memory():
    kept = KeptRows(Bounds(10))
    for number in range(1, 10_000):
        kept.mark()
        kept.add([number], [1])
        if kept.has_lot:
            kept.note_deletion()
    assert len(kept._numbers) < 1000
    assert (len(kept), kept.floor) == (10, 9_989)


def test_rows_that_are_loaded_make_room_too():
    kept = KeptRows(Bounds(2))
    mark = kept.mark()
    assert kept.load([4, 7, 9], [1, 1, 1]) == 1
    assert (len(kept), kept.floor) == (2, 4)
    kept.restore(mark)
    assert (len(kept), kept.floor) == (0, 0)


def test_each_kind_has_bounds_of_its_own():
    kept = KeptHistory(Bounds(1))
    marks = kept.mark()
    kept.real.add([1, 2], [1, 1])
    kept.tests.add([3, 4, 5], [1, 1, 1])
    assert ([len(kind) for kind in kept.kinds], kept.event_floors) == ([1, 1, 0], (1, 4))
    kept.restore(marks)
    assert ([len(kind) for kind in kept.kinds], kept.event_floors) == ([0, 0, 0], (0, 0))


@given(st.sets(st.integers(1, 20)), st.integers(1, 25))
def test_rows_that_are_taken_out_leave_the_rest(removed, bound):
    kept = KeptRows(Bounds(bound))
    kept.add([*range(1, 21)], [*range(1, 21)])
    kept.note_deletion()
    mark, before = kept.mark(), (len(kept), kept.size)
    rest = [number for number in range(kept.floor + 1, 21) if number not in removed]
    kept.remove({number for number in removed if number > kept.floor})
    assert (len(kept), kept.size) == (len(rest), sum(rest))
    kept.restore(mark)
    assert (len(kept), kept.size) == before
