"""Events and exchanges to report on, out of a running server or a store file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mockpin.client.history import History, complete_bodies

if TYPE_CHECKING:
    from mockpin.client.admin_client import AdminClient
    from mockpin.emulator.emulator import Emulator
    from mockpin.emulator.history.store import Store


@dataclass(frozen=True)
class Received:
    """What was received, oldest first, as the admin API lists it, and how much of it is gone."""

    events: Sequence[Mapping[str, Any]]
    requests: Sequence[Mapping[str, Any]]
    evicted: int = 0


def read_server(admin: AdminClient, *, ad_account_id: str | None = None) -> Received:
    """Everything that a running server remembers, of one ad account or of all.

    Raises `AdminFailed` when no server answers, or it refuses.
    """
    history = History(admin, _choose(ad_account_id))
    return Received(*history.list_with_requests(), int(admin.get("health")["evicted"]))


def read_emulator(emulator: Emulator) -> Received:
    """Everything that an emulator in this process remembers."""
    return _read(emulator.store, None)


def read_store(path: Path, *, ad_account_id: str | None = None) -> Received:
    """Everything in a store file that no server has open.

    Raises `StoreFailed` when it cannot be used.
    """
    from mockpin.emulator.history.obstacles import explained
    from mockpin.emulator.history.store import Store

    with explained(str(path)), closing(Store(str(path), reading=True)) as store:
        if store.damage:
            click.echo(
                f"The store {path} is damaged: {store.damage}. What follows is about the rest.", err=True
            )
        return _read(store, ad_account_id)


def _read(store: Store, ad_account_id: str | None) -> Received:
    scope = _choose(ad_account_id)
    requests = [*store.describe_each(store.each_exchange(**scope), payloads=False)]
    events = [row.to_dict() for row in store.each_event(**scope)]
    return Received(events, complete_bodies(requests, events), store.evicted)


def _choose(ad_account_id: str | None) -> dict[str, Any]:
    return {"ad_account_id": ad_account_id} if ad_account_id else {}
