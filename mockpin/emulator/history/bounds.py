"""Which rows of the history are kept: the newest, as many and as large as the bounds allow.

A row beyond the bounds counts as evicted at once: `KeptRows.floor` says so, and queries leave it out. The
store deletes such rows in lots, because one statement for many rows costs much less than one for each.
"""

from __future__ import annotations

import math
from array import array
from bisect import bisect_left
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    #: The state of `KeptRows`: numbers, sizes and how many these are; how many rows are evicted and deleted;
    #: the bytes of the kept and of the waiting rows.
    Mark = tuple[array[int], array[int], int, int, int, int, int]

#: Evicted rows, and their bytes, from which the store deletes them.
LOT_ROWS = 256
LOT_BYTES = 1_000_000


class Bounds(NamedTuple):
    """How many rows of each kind are kept at most, and how many bytes."""

    rows: float = math.inf
    size: float = math.inf


class KeptRows:
    """The numbers and sizes of the rows of one kind, oldest first.

    `size` is the bytes of the kept rows. Rows wait between their eviction and their deletion.
    """

    def __init__(self, bounds: Bounds) -> None:
        self._bounds = bounds
        self.load([], [])

    def __len__(self) -> int:
        return len(self._numbers) - self._evicted

    @property
    def floor(self) -> int:
        """The number up to which all rows are evicted."""
        return self._numbers[self._evicted - 1] if self._evicted else 0

    @property
    def deletion_range(self) -> tuple[int, int]:
        """The numbers between which the waiting rows are: above the first, up to the second."""
        return self._numbers[self._deleted - 1] if self._deleted else 0, self.floor

    @property
    def waiting(self) -> int:
        """How many rows are evicted but not deleted."""
        return self._evicted - self._deleted

    @property
    def has_lot(self) -> bool:
        """Whether enough rows are waiting to delete them."""
        return self._waiting_size >= LOT_BYTES or self._evicted - self._deleted >= LOT_ROWS

    def load(self, numbers: Sequence[int], sizes: Sequence[int]) -> int:
        """Begin anew with the rows that are in the store. Returns how many of them are evicted."""
        self._numbers, self._sizes = array("q"), array("q")
        #: How many rows at the beginning are evicted, and how many of these are deleted.
        self._evicted = self._deleted = 0
        self.size = self._waiting_size = 0
        return self.add(numbers, sizes)

    def add(self, numbers: Sequence[int], sizes: Sequence[int]) -> int:
        """Add the newest rows. Returns how many rows they evict; the very newest is always kept."""
        self._numbers.extend(numbers)
        self._sizes.extend(sizes)
        self.size += sum(sizes)
        before = self._evicted
        excess = len(self._numbers) - before - self._bounds.rows
        if excess > 0:
            self._evict(int(excess))
        while self.size > self._bounds.size and len(self) > 1:
            self._evict(1)
        return self._evicted - before

    def remove(self, numbers: Collection[int]) -> None:
        """Take out rows that are deleted before they are evicted. No evicted row may be waiting."""
        first = bisect_left(self._numbers, min(numbers, default=math.inf), self._evicted)
        rows = zip(self._numbers[first:], self._sizes[first:], strict=True)
        rest = [(number, size) for number, size in rows if number not in numbers]
        self._numbers = self._numbers[:first] + array("q", [number for number, _ in rest])
        self._sizes = self._sizes[:first] + array("q", [size for _, size in rest])
        self.size = sum(self._sizes[self._evicted :])

    def note_deletion(self) -> None:
        """The waiting rows have been deleted."""
        self._deleted, self._waiting_size = self._evicted, 0

    def mark(self) -> Mark:
        """The present state, at the beginning of a transaction."""
        if self._deleted > len(self._numbers) // 2:
            del self._numbers[: self._deleted - 1], self._sizes[: self._deleted - 1]  # the floor stays
            self._evicted -= self._deleted - 1
            self._deleted = 1
        length = len(self._numbers)
        return (
            self._numbers, self._sizes, length, self._evicted, self._deleted, self.size, self._waiting_size
        )  # fmt: skip

    def restore(self, mark: Mark) -> None:
        """Go back to the state at the beginning of a transaction."""
        self._numbers, self._sizes, length, self._evicted, self._deleted, *sizes = mark
        self.size, self._waiting_size = sizes
        del self._numbers[length:], self._sizes[length:]

    def _evict(self, count: int) -> None:
        size = sum(self._sizes[self._evicted : self._evicted + count])
        self._evicted += count
        self.size -= size
        self._waiting_size += size


class KeptHistory:
    """The rows of each of the `kinds` that are kept: real events, events of test requests, and exchanges."""

    def __init__(self, bounds: Bounds) -> None:
        self.real, self.tests, self.exchanges = self.kinds = tuple(KeptRows(bounds) for _ in range(3))

    @property
    def event_floors(self) -> tuple[int, int]:
        """The numbers up to which real events, and those of test requests, are evicted."""
        return self.real.floor, self.tests.floor

    def mark(self) -> list[Mark]:
        """The present state, at the beginning of a transaction."""
        return [self.real.mark(), self.tests.mark(), self.exchanges.mark()]

    def restore(self, marks: Sequence[Mark]) -> None:
        """Go back to the state at the beginning of a transaction."""
        for kept, mark in zip(self.kinds, marks, strict=True):
            kept.restore(mark)
