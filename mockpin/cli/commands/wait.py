"""`mockpin wait`: until a server is ready."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any

import click

from mockpin.addresses import VERSION_HEADER
from mockpin.cli.shared.errors import ServerUnreachable
from mockpin.cli.shared.parameters import DURATION
from mockpin.cli.shared.right_server import choose_server, server_options
from mockpin.client.admin_client import AdminUnreachable, choose_trust, describe_failure, describe_stranger

#: Seconds between two tries.
PAUSE = 0.05


@click.command()
@server_options()
@click.option(
    "--timeout",
    type=DURATION,
    default="30s",
    show_default=True,
    help="How long to wait at most, such as 30s.",
)
def command(*, timeout: float, **options: Any) -> None:
    """Wait until a server is ready, and print its address.

    Exits with 3 when no server is ready in time, and at once when the server that answers does not have the
    ad account of --account.
    """
    obstacle = wait_until(lambda: find_obstacle(options), timeout=timeout)
    if obstacle is not None:
        raise ServerUnreachable(describe_absence(options, timeout, obstacle))
    server = choose_server(dict(options))
    if server.account is not None:
        with server.administer():
            pass  # it is the right one, or this raises
    click.echo(f"mockpin ready {server.shown}")


def find_obstacle(options: Mapping[str, Any]) -> str | None:
    """Why the server that the options choose is not ready yet; None when it is."""
    try:
        server = choose_server(dict(options))
    except ServerUnreachable:
        return "without a port file"
    return find_refusal(server.url)


def describe_absence(options: Mapping[str, Any], timeout: float, obstacle: str) -> str:
    """What to say when no server was ready. Raises ServerUnreachable when there is no port file."""
    shown = choose_server(dict(options)).shown
    return f"No mockpin was ready at {shown} within {timeout:g} s ({obstacle}): is the server running there?"


def wait_until(
    find: Callable[[], str | None],
    *,
    timeout: float,
    timer: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] = time.sleep,
) -> str | None:
    """Call `find` until it finds no obstacle or `timeout` seconds have passed; the last obstacle, or None."""
    deadline = timer() + timeout
    while (obstacle := find()) is not None and timer() < deadline:
        sleep(PAUSE)
    return obstacle


def find_refusal(url: str) -> str | None:
    """Why a URL gives no answer of a mockpin that is ready; None when it does."""
    import httpx

    try:
        answer = httpx.get(f"{url}/readyz", timeout=2.0, trust_env=False, verify=choose_trust(url))
    except AdminUnreachable as failure:
        return failure.reason
    except httpx.RequestError as error:
        return describe_failure(error)
    if VERSION_HEADER not in answer.headers:
        return describe_stranger(answer)
    return None if answer.is_success else f"it answers {answer.status_code}"
