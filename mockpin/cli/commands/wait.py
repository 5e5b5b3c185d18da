"""`mockpin wait`: until a server is ready."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import click

from mockpin.cli.shared.errors import ServerUnreachable
from mockpin.cli.shared.parameters import DURATION
from mockpin.cli.shared.right_server import choose_server, server_options
from mockpin.client.admin_client import choose_trust

if TYPE_CHECKING:
    from mockpin.cli.shared.right_server import RightServer

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

    Exits with 3 when it is not ready in time, and at once when another server than the one with --account
    answers.
    """
    if not wait_until(lambda: find_ready(options) is not None, timeout=timeout):
        raise ServerUnreachable(describe_absence(options, timeout))
    server = choose_server(dict(options))
    if server.account is not None:
        with server.administer():
            pass  # it is the right one, or this raises
    click.echo(f"mockpin ready {server.shown}")


def find_ready(options: Mapping[str, Any]) -> RightServer | None:
    """The server that the options choose; None while it does not answer or has written no port file."""
    try:
        server = choose_server(dict(options))
    except ServerUnreachable:
        return None
    return server if is_ready(server.url) else None


def describe_absence(options: Mapping[str, Any], timeout: float) -> str:
    """What to say when no server was ready. Raises ServerUnreachable when there is no port file."""
    shown = choose_server(dict(options)).shown
    return f"No mockpin was ready at {shown} within {timeout:g} s: is it running there?"


def wait_until(
    ready: Callable[[], bool],
    *,
    timeout: float,
    timer: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] = time.sleep,
) -> bool:
    """Call `ready` at least once, until it returns True or `timeout` seconds have passed."""
    deadline = timer() + timeout
    while not ready():
        if timer() >= deadline:
            return False
        sleep(PAUSE)
    return True


def is_ready(url: str) -> bool:
    """Whether a server answers its readiness probe."""
    import httpx

    try:
        return httpx.get(f"{url}/readyz", timeout=2.0, trust_env=False, verify=choose_trust(url)).is_success
    except httpx.TransportError:
        return False
