"""The admin API for commands: what stops a call becomes what stops the command."""

from __future__ import annotations

from contextlib import contextmanager
from http import HTTPStatus
from typing import TYPE_CHECKING

from mockpin.cli.shared.errors import InputUnreadable, ServerUnreachable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mockpin.client.admin_client import AdminClient, AdminRefused

UNAUTHORIZED = (
    "The server asks for its admin token, and got none or another one:"
    " give --admin-token or MOCKPIN_ADMIN_TOKEN."
)


@contextmanager
def administer(url: str, *, admin_token: str | None) -> Iterator[AdminClient]:
    """A client of the server's admin API. Raises InputUnreadable (refused), ServerUnreachable inside it."""
    from mockpin.client.admin_client import AdminClient, AdminRefused, AdminUnreachable

    try:
        with AdminClient(url, admin_token=admin_token) as admin:
            yield admin
    except AdminRefused as refusal:
        raise InputUnreadable(describe(refusal)) from refusal
    except AdminUnreachable as failure:
        raise ServerUnreachable(str(failure)) from failure


def describe(refusal: AdminRefused) -> str:
    """Why the server refuses, and what to do about it."""
    if refusal.status == HTTPStatus.UNAUTHORIZED:
        return UNAUTHORIZED
    return f"The server refuses the request. {refusal}"
