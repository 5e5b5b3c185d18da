"""A table from digests to numbers that takes about 35 bytes of memory for each digest."""

from mockpin.emulator.history.first_reports import DIGEST_SIZE, RECORD


class KeyTable:
    """The number of each digest. Numbers must grow.

    A dict of Python objects takes more than 150 bytes for each. Here the digests that begin with the same
    15 bits share one bytearray of records, which CPython searches as it searches a text for a word.
    """

    def __init__(self) -> None:
        self._buckets: dict[int, bytearray] = {}
        self.last_number = 0

    def find(self, digest: bytes) -> int:
        """The number that was put last for the digest, 0 for none."""
        records = self._buckets.get(_choose_bucket(digest), b"")
        place = _find_last(records, digest)
        return 0 if place < 0 else RECORD.unpack_from(records, place)[1]

    def put(self, digest: bytes, number: int, *, oldest: int) -> None:
        """Add a digest, and forget those of its bucket whose numbers are below `oldest`."""
        bucket = _choose_bucket(digest)
        records = self._buckets.get(bucket)
        if records is None:
            records = self._buckets[bucket] = bytearray()
        while records and RECORD.unpack_from(records)[1] < oldest:
            del records[: RECORD.size]
        records += RECORD.pack(digest, number)
        self.last_number = number

    def remove(self, digest: bytes, number: int) -> None:
        """Forget a digest if this is its last number."""
        if self.find(digest) == number:
            records = self._buckets[_choose_bucket(digest)]
            place = _find_last(records, digest)
            del records[place : place + RECORD.size]


def _choose_bucket(digest: bytes) -> int:
    return int.from_bytes(digest[:2]) >> 1


def _find_last(records: bytes | bytearray, digest: bytes) -> int:
    """The place of the last record with the digest, -1 for none."""
    place = records.rfind(digest)
    while place >= 0 and place % RECORD.size:  # across two records
        place = records.rfind(digest, 0, place + DIGEST_SIZE - 1)
    return place
