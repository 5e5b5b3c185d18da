"""The filters of the requests page, and its pages, newest first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from mockpin.web.pages.content.exchanges import ExchangeView, find_source, read_exchange
from mockpin.web.pages.content.paging import CHUNK, MAX_SEARCHED_ROWS, NEWEST_FIRST, ROWS

if TYPE_CHECKING:
    from mockpin.emulator.history.records import ExchangeRow
    from mockpin.emulator.history.store import Store

#: The choices of the status filter -> their first and last status.
STATUS_CLASSES: Mapping[str, tuple[int, int]] = {
    "2xx": (200, 299),
    "4xx": (400, 499),
    "5xx": (500, 599),
    "errors": (400, 599),
}


@dataclass(frozen=True)
class RequestFilters:
    """The filters of the requests page; an empty text filters nothing.

    `status` is a status or a key of `STATUS_CLASSES`; `path` is a part of the path.
    """

    status: str = ""
    ad_account_id: str = ""
    fault: str = ""
    source: str = ""
    path: str = ""

    def match(self, row: ExchangeRow) -> bool:
        """Whether a request passes all filters."""
        return (
            self._fits_status(row.status)
            and self.ad_account_id in ("", row.ad_account_id)
            and (
                not self.fault
                or (row.fault or "none") == self.fault
                or (self.fault == "any" and bool(row.fault))
            )
            and (not self.source or (find_source(row.path) or "other") == self.source)
            and self.path in row.path
        )

    @property
    def given(self) -> dict[str, str]:
        """The non-empty filters, as parameters of an address."""
        return {name: value for name, value in vars(self).items() if value}

    def _fits_status(self, status: int) -> bool:
        first, last = STATUS_CLASSES.get(self.status, (0, 0))
        return not self.status or first <= status <= last or self.status == str(status)


@dataclass(frozen=True)
class RequestPage:
    """Requests, newest first; `older` and `newer` are where the pages beside it begin, None without one."""

    exchanges: tuple[ExchangeView, ...]
    older: int | None
    newer: int | None


def turn_request_page(
    store: Store, filters: RequestFilters, *, before: int | None = None, after: int = 0
) -> RequestPage:
    """Return the newest requests that pass the filters, numbered below `before` and above `after`."""
    end = before or store.last_exchange + 1
    rows: list[ExchangeRow] = []
    older = None
    newest = store.each_exchange(after=after, until=end - 1, **NEWEST_FIRST)
    for looked_through, row in enumerate(newest, 1):
        if filters.match(row):
            rows.append(row)
        if len(rows) == ROWS or looked_through == MAX_SEARCHED_ROWS:
            older = row.id if row.id > 1 else None
            break
    shown = tuple(map(read_exchange, store.describe_each(rows)))
    return RequestPage(shown, older, _find_newer(store, filters, end) if before else None)


def _find_newer(store: Store, filters: RequestFilters, end: int) -> int | None:
    """Return where the page before this one begins: after the next 200 newer requests that pass."""
    rows = islice(store.each_exchange(after=end - 1, limit=CHUNK), MAX_SEARCHED_ROWS)
    passing = [row.id for row in islice(filter(filters.match, rows), ROWS)]
    return passing[-1] + 1 if passing else None
