"""`mockpin report`: may the sender go live? From a running server or a store file."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mockpin.cli.shared.configuration import overrules
from mockpin.cli.shared.errors import InputUnreadable
from mockpin.cli.shared.parameters import AD_ACCOUNT, FILE_PATH
from mockpin.cli.shared.right_server import choose_servers, is_named, server_options

if TYPE_CHECKING:
    from mockpin.cli.shared.received import Received
    from mockpin.cli.shared.right_server import RightServer
    from mockpin.reports.go_live.report import GoLiveReport

#: What --fail-on takes, and the severities at which the command fails.
FAILING = {"error": {"error"}, "warning": {"error", "warning"}, "never": set[str]()}


def parse_expected(_ctx: click.Context, _param: click.Parameter, values: tuple[str, ...]) -> dict[str, int]:
    """How many events to expect by `[SOURCE:]NAME`."""
    from mockpin.reports.go_live.expected import ExpectedInvalid, read_expected

    try:
        return read_expected(values)
    except ExpectedInvalid as error:
        raise click.BadParameter(str(error)) from None


expect_option = click.option(
    "--expect", "expected", multiple=True, callback=parse_expected, metavar="[SOURCE:]NAME=COUNT",
    help="How many events of a name Pinterest should count, in all or of one source (api, tag or segment). "
    "May be repeated.",
)  # fmt: skip
fail_on_option = click.option(
    "--fail-on", type=click.Choice(list(FAILING)), default="error", show_default=True,
    help="The least severity of a reason at which to exit with 1.",
)  # fmt: skip


@click.command(short_help="Say whether the sender may go live, and why.")
@server_options(several=True)
@click.option("--store", type=FILE_PATH, help="A store file that no server has open.")
@click.option("--ad-account", type=AD_ACCOUNT, metavar="ID", help="Only the events of this ad account.")
@expect_option
@click.option("--format", "form", type=click.Choice(["text", "json", "html"]), default="text",
              show_default=True, help="For people, for machines, or as one page to keep.")  # fmt: skip
@fail_on_option
@click.pass_context
def command(
    ctx: click.Context, /, *, form: str, fail_on: str, expected: dict[str, int], **origin: Any
) -> None:
    """Say whether the sender may go live, and why, over everything that was received.

    It checks the events against an emulation of the published contract; Pinterest has not seen them. The
    table [observations] of mockpin.toml sets the thresholds of the rules over many events, such as
    seen-by-tag-only = {threshold = 0.3}.
    """
    from mockpin.cli.shared.observing import configured_limits
    from mockpin.reports.garbage import collection_paused

    with collection_paused():
        source, report = _make_report(origin, expected=expected, limits=configured_limits(ctx))
    click.echo(WRITERS[form](report, source))
    if report.severity in FAILING[fail_on]:
        raise SystemExit(1)


def _make_report(origin: dict[str, Any], **asked: Any) -> tuple[str, GoLiveReport]:
    """What was reported on, and the report; of several servers, one over all of them."""
    from mockpin.reports.go_live.report import make_report
    from mockpin.reports.go_live.servers import ServerHistory, make_report_of_servers

    received = _read(origin)
    if len(received) > 1:
        histories = [ServerHistory(name, **vars(history)) for name, history in received.items()]
        return ", ".join(received), make_report_of_servers(histories, **asked)
    ((name, history),) = received.items()
    return name, make_report(history.events, history.requests, evicted=history.evicted, **asked)


def _read(origin: dict[str, Any]) -> dict[str, Received]:
    """What was received, by the name of the store or server."""
    store, ad_account = origin["store"], origin["ad_account"]
    if store and not is_server_meant(click.get_current_context(), origin):
        return {store.name: _read_store(store, ad_account)}
    return {server.shown: _read_server(server, ad_account) for server in choose_servers(origin)}


def is_server_meant(ctx: click.Context, origin: dict[str, Any]) -> bool:
    """Whether a server is named that holds against the store, a flag against a variable."""
    return is_named(origin) and overrules(ctx, "url" if origin["url"] else "port_file", "store")


def _read_store(path: Path, ad_account: str | None) -> Received:
    from mockpin.cli.shared.received import read_store
    from mockpin.emulator.history.store_errors import StoreFailed

    try:
        return read_store(path, ad_account_id=ad_account)
    except StoreFailed as failure:
        raise InputUnreadable(str(failure)) from failure


def _read_server(server: RightServer, ad_account: str | None) -> Received:
    from mockpin.cli.shared.received import read_server

    with server.administer() as admin:
        return read_server(admin, ad_account_id=ad_account)


def _write_text(report: GoLiveReport, _source: str) -> str:
    from mockpin.reports.go_live.text import write_text

    return write_text(report)


def _write_json(report: GoLiveReport, _source: str) -> str:
    import orjson

    return orjson.dumps(report.to_dict(), option=orjson.OPT_INDENT_2).decode()


def _write_html(report: GoLiveReport, source: str) -> str:
    from mockpin.reports.go_live.page import write_page

    made_at = datetime.fromtimestamp(time.time(), tz=UTC).isoformat(" ", timespec="seconds")
    return write_page(report, made_at=made_at, source=source)


WRITERS: dict[str, Callable[[GoLiveReport, str], str]] = {
    "text": _write_text,
    "json": _write_json,
    "html": _write_html,
}
