"""`mockpin wait`: until a server is ready."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import click

from mockpin.addresses import hide_userinfo
from mockpin.cli.shared.errors import ServerUnreachable
from mockpin.cli.shared.parameters import DURATION, URL

if TYPE_CHECKING:
    from collections.abc import Callable

# Seconds between two tries.
PAUSE = 0.05


@click.command()
@click.option("--url", type=URL, default="http://127.0.0.1:7466", show_default=True, help="The server.")
@click.option(
    "--timeout",
    type=DURATION,
    default="30s",
    show_default=True,
    help="How long to wait at most, such as 30s.",
)
def command(*, url: str, timeout: float) -> None:
    """Wait until a server is ready, and print its address.

    Exits with 3 when it is not ready in time.
    """
    shown = hide_userinfo(url)
    if not wait_until(lambda: is_ready(url), timeout=timeout):
        raise ServerUnreachable(f"No mockpin was ready at {shown} within {timeout:g} s: is it running there?")
    click.echo(f"mockpin ready {shown}")


def wait_until(
    ready: Callable[[], bool],
    *,
    timeout: float,
    timer: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] = time.sleep,
) -> bool:
    """Try again and again until it is so, at most for so many seconds, and at least once."""
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
        return httpx.get(f"{url}/readyz", timeout=2.0, trust_env=False).is_success
    except httpx.TransportError:
        return False
