"""Where the events of an ad account begin, so that a read of one account passes over what came before.

An index on the ad account made such reads as fast, but cost each request of one event a tenth of its time.
"""

from __future__ import annotations

from collections.abc import Iterable

#: No number of an event is larger.
LAST = 2**63 - 1
#: Ad accounts whose start is remembered; the events of others are looked for from the beginning.
MAX_ACCOUNTS = 10_000


class AccountStarts:
    """A number that is not above that of the first event, for each ad account."""

    def __init__(self, starts: Iterable[tuple[str, int]] = ()) -> None:
        self._starts: dict[str, int] = {}
        #: The start of an ad account that is not in the table.
        self._other = LAST
        for ad_account_id, seq in starts:
            self.note(ad_account_id, seq)

    def note(self, ad_account_id: str, seq: int) -> None:
        """Remember that an ad account has an event, whose number is `seq` or above."""
        if ad_account_id not in self._starts:
            if len(self._starts) < MAX_ACCOUNTS:
                self._starts[ad_account_id] = seq
            else:
                self._other = 1

    def without(self, ad_account_id: str) -> AccountStarts:
        """A copy that says that an ad account has no event."""
        copy = AccountStarts(start for start in self._starts.items() if start[0] != ad_account_id)
        copy._other = self._other
        return copy

    def find(self, ad_account_id: str | None) -> int:
        """The number from which there may be events of an ad account, or of any for None."""
        return 1 if ad_account_id is None else self._starts.get(ad_account_id, self._other)
