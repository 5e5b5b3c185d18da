"""What makes two reports one event, and the first report of each as the store keeps it."""

from collections.abc import Iterable
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


class FirstReports(NamedTuple):
    """The first reports of one request: the number of the event for each digest, in the order of the events.

    `seen` is when the request arrived, in Unix seconds.
    """

    ad_account_id: str
    seen: float
    seqs: dict[bytes, int]


class FirstReportsRow(NamedTuple):
    """The first reports of one request as the store keeps them: `keys` are digests with numbers.

    `seq` is the number of the last of them, `seen` is when the request arrived, in Unix seconds.
    """

    seq: int
    ad_account_id: str
    seen: float
    keys: bytes

    def read(self) -> FirstReports:
        """The first reports."""
        return FirstReports(self.ad_account_id, self.seen, dict(RECORD.iter_unpack(self.keys)))


def make_row(first: FirstReports) -> FirstReportsRow:
    """The row of the first reports of one request, which are at least one."""
    return FirstReportsRow(
        max(first.seqs.values()), first.ad_account_id, first.seen, join_records(first.seqs.items())
    )


def join_records(records: Iterable[tuple[bytes, int]]) -> bytes:
    """Digests with numbers as bytes."""
    return b"".join([RECORD.pack(*record) for record in records])


def make_key(ad_account_id: str, event_name: str, event_id: str) -> DeduplicationKey | None:
    """The deduplication key of an event; None when its name or id is blank, since it has no duplicates."""
    digest = make_digest(event_name, event_id)
    return DeduplicationKey(ad_account_id, digest) if digest else None


def make_digest(event_name: str, event_id: str) -> bytes | None:
    """A digest of an event name, in any spelling, and an event id; None when one of them is blank."""
    name = fold(event_name)
    return digest_folded(name, event_id) if name.strip() and event_id.strip() else None


def digest_folded(name: str, event_id: str) -> bytes:
    """A digest of a folded event name and an event id."""
    text = f"{len(name)}:{name}{event_id}".encode("utf-8", "surrogatepass")
    return blake2b(text, digest_size=DIGEST_SIZE).digest()
