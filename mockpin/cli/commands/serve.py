"""`mockpin serve`: the emulator on a port of this machine."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mockpin.cli.shared.credentials import account_options, open_accounts
from mockpin.cli.shared.emulators import build_emulator, choose_settings, read_destination, settings_options
from mockpin.cli.shared.ending import at_first_ending, ending_with_0, waking_at_signals
from mockpin.cli.shared.errors import InputUnreadable, OutputUnwritable
from mockpin.cli.shared.parameters import FILE_PATH, HOST, TOKEN, WholeNumber
from mockpin.cli.shared.shadowing import require_shadow, shadow_options, shadowing
from mockpin.cli.shared.tls import open_tls, tls_options

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from flask import Flask

    from mockpin.emulator.emulator import Emulator
    from mockpin.serving.server import Server

#: Seconds after which a thread that judges a large request, or makes a report, lets the event loop go on. A
#: small request waits as long about ten times, once for each statement. Python's default is 25 times as long.
SWITCH_INTERVAL = 0.0002


@click.command("serve", short_help="Run the emulator: Pinterest's API, tag and Segment's ingest.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port",
    default=7466,
    show_default=True,
    type=WholeNumber(0, 65535),
    help="The port; 0 takes a free one.",
)
@click.option(
    "--port-file",
    type=FILE_PATH,
    help="A file to write the port to. It is removed when the server stops.",
)
@click.option(
    "--store",
    type=click.Path(dir_okay=False),
    help="The SQLite file to keep the history in. Without it the history is kept in memory.",
)
@click.option(
    "--salvage",
    is_flag=True,
    help="First replace a damaged --store by a new file with all that can be read; the old one is kept.",
)
@account_options
@click.option(
    "--access-token",
    type=TOKEN,
    metavar="T",
    help="The OAuth access token for Pinterest's other endpoints. Without it, mockpin makes one.",
)
@click.option("--accept-any", is_flag=True, help="Accept every token for every ad account.")
@click.option(
    "--destination",
    type=FILE_PATH,
    help="A JSON file with the settings of the Segment destination. Without it, every preset is on.",
)
@click.option(
    "--calibration",
    type=FILE_PATH,
    help="A file written by `mockpin calibrate`: behave as it observed, unless a flag says otherwise.",
)
@click.option(
    "--admin-token",
    type=TOKEN,
    metavar="T",
    help="The token that the admin API requires. With it, other machines may use the admin API too.",
)
@click.option(
    "--allow-host",
    "hosts",
    multiple=True,
    type=HOST,
    metavar="H",
    help="Another host name by which clients reach this server. May be repeated.",
)
@click.option(
    "--log-format", type=click.Choice(["text", "json"]), default="text", show_default=True,
    help="The form of the log, one line for each request: text for people, json for machines.",
)  # fmt: skip
@shadow_options
@tls_options
@settings_options
def command(*, host: str, port: int, port_file: Path | None, **options: Any) -> None:
    """Serve Pinterest's Conversions API, its tag and Segment's ingest on this machine.

    Without --account it makes an ad account and prints its id and token. With --accept-any, unknown
    tags report to the ad account to which the API sends first. SIGTERM and SIGINT (Ctrl-C) end it with exit
    status 0.
    """
    with ending_with_0():
        serve((host, port), port_file, options)


def serve(address: tuple[str, int], port_file: Path | None, options: dict[str, Any]) -> None:
    """Make all that is wanted, and serve it until the end."""
    from mockpin.emulator.history.store_errors import StoreFailed
    from mockpin.serving.emulator_gateway import make_gateway
    from mockpin.serving.server import AddressTaken, Server, listen, run

    settings, destination = choose_settings(options), read_destination(options["destination"])
    shadow = require_shadow(options)
    who = {name: options[name] for name in ("access_token", "accept_any")}
    accounts, made = open_accounts(options["accounts"], options["tags"], **who)
    try:
        listener = listen(*address)
        salvage_store(options)
        emulator = build_emulator(settings, accounts, options)
    except (AddressTaken, StoreFailed) as error:
        raise InputUnreadable(str(error)) from None
    try:
        with shadowing(emulator, shadow) as observe, ExitStack() as keys:
            app = build_application(emulator, options, destination)
            tls = keys.enter_context(open_tls(options, address[0]))
            server = Server(make_gateway(app, observe=observe), listener, tls=tls)
            run(serve_until_told(server, announced(server, port_file, made, keys)))
    finally:
        emulator.close()


def salvage_store(options: dict[str, Any]) -> None:
    """With `--salvage`, write what is readable of a damaged store file to a new one. Raises StoreFailed."""
    if options["salvage"] and options["store"] is not None:
        from mockpin.emulator.history.salvage import salvage

        click.echo(salvage(options["store"]), err=True)


def build_application(emulator: Emulator, options: dict[str, Any], destination: Mapping[str, Any]) -> Flask:
    """The application in front of the emulator, with the hosts and the admin token of the options."""
    from mockpin.web.admin.access import Access
    from mockpin.web.app import build_app

    access = Access(options["hosts"], options["admin_token"])
    return build_app(emulator, access=access, destination=destination)


@contextmanager
def announced(server: Server, port_file: Path | None, made: Iterable[str], keys: ExitStack) -> Iterator[None]:
    """Say what was made and where the server is, on standard output and, before it, in the port file.

    The server has read its private key by now: the file of `keys` is removed. At the end the port file is
    removed, so that no command takes its port for that of a running server.
    """
    keys.close()
    if port_file:
        try:
            port_file.write_text(f"{server.port}\n", encoding="utf-8")
        except OSError as error:
            raise OutputUnwritable(f"{port_file} cannot be written: {error.strerror}.") from None
    for line in made:
        click.echo(line)
    click.echo(f"mockpin ready {server.url}")
    sys.stdout.flush()
    try:
        yield
    finally:
        if port_file and port_file.is_file() and not port_file.is_symlink():
            port_file.unlink()


async def serve_until_told(server: Server, announced: AbstractContextManager[None]) -> None:
    """Serve until SIGTERM or SIGINT."""
    import asyncio

    loop = asyncio.get_running_loop()  # its own handlers end with it, and the next signal kills
    at_first_ending(partial(loop.call_soon_threadsafe, server.stop))
    gc.freeze()  # what is loaded by now stays: the collector need not look at it again
    sys.setswitchinterval(SWITCH_INTERVAL)
    with waking_at_signals(loop), ExitStack() as exits:
        await server.serve(ready=partial(exits.enter_context, announced))
