"""What makes two reports one event, and the first report of each as the store keeps it."""

from collections.abc import Iterable, Iterator, Mapping
from hashlib import blake2b
from struct import Struct
from typing import NamedTuple

from mockpin_validator.contract.names import fold

#: 128 bits: among a billion events, two have one digest by chance with a probability below 10**-20.
DIGEST_SIZE = 16
#: A digest and the number of an event, as the store and the memory of a process keep them.
RECORD = Struct(f">{DIGEST_SIZE}sq")


class DeduplicationKey(NamedTuple):
    """What two reports of the same event have in common: the ad account, and a digest of name and event id.

    All keys are of one length, however long names and ids are, and none of them shows plain text.
    """

    ad_account_id: str
    digest: bytes


class FirstReport(NamedTuple):
    """The first report of an event: its number in the history, and its arrival in Unix seconds."""

    seq: int
    seen: float


class FirstReportsRow(NamedTuple):
    """The first reports of one request as the store keeps them: `keys` are digests with numbers.

    `seq` is the number of the last of them, `seen` is when the request arrived, in Unix seconds.
    """

    seq: int
    ad_account_id: str
    seen: float
    keys: bytes

    def list_reports(self) -> Iterator[tuple[DeduplicationKey, FirstReport]]:
        """The keys and their first reports, in the order of the events."""
        for digest, seq in RECORD.iter_unpack(self.keys):
            yield DeduplicationKey(self.ad_account_id, digest), FirstReport(seq, self.seen)


def make_row(first_reports: Mapping[DeduplicationKey, FirstReport]) -> FirstReportsRow:
    """The row of the first reports of one request, which are at least one."""
    *_, (last_key, last) = first_reports.items()
    keys = join_records((key.digest, first.seq) for key, first in first_reports.items())
    return FirstReportsRow(last.seq, last_key.ad_account_id, last.seen, keys)


def join_records(records: Iterable[tuple[bytes, int]]) -> bytes:
    """Digests with numbers as bytes."""
    return b"".join([RECORD.pack(*record) for record in records])


def make_key(ad_account_id: str, event_name: str, event_id: str) -> DeduplicationKey | None:
    """The deduplication key of an event; None when its name or id is blank, since it has no duplicates."""
    name = fold(event_name)
    blank = not name.strip() or not event_id.strip()
    return None if blank else DeduplicationKey(ad_account_id, make_digest(name, event_id))


def make_digest(name: str, event_id: str) -> bytes:
    """A digest of a folded event name and an event id."""
    text = f"{len(name)}:{name}{event_id}".encode("utf-8", "surrogatepass")
    return blake2b(text, digest_size=DIGEST_SIZE).digest()
