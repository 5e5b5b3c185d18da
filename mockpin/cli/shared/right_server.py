"""Which server a command asks, and the proof that it is the one that was meant.

Another program may listen on the port. A command that names the ad account of its server, or the port file
that the server wrote, cannot take a stranger's answers for its server's.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from mockpin.addresses import hide_userinfo
from mockpin.cli.shared.errors import InputUnreadable, ServerUnreachable
from mockpin.cli.shared.parameters import FILE_PATH, TOKEN, URL, combine_options, read_ad_account_id
from mockpin_validator.files import read_whole

if TYPE_CHECKING:
    from mockpin.cli.shared.parameters import Decorator
    from mockpin.client.admin_client import AdminClient

DEFAULT_URL = "http://127.0.0.1:7466"
UNAUTHORIZED = (
    "The server asks for its admin token, and got none or another one:"
    " give --admin-token or MOCKPIN_ADMIN_TOKEN."
)
#: Ad accounts of a stranger's server that a message names.
MOST_NAMED = 3


@contextmanager
def administer(url: str, *, admin_token: str | None) -> Iterator[AdminClient]:
    """A client of the server's admin API. Raises InputUnreadable (refused), ServerUnreachable inside it."""
    from mockpin.client.admin_client import AdminClient, AdminRefused, AdminUnreachable

    try:
        with AdminClient(url, admin_token=admin_token) as admin:
            yield admin
    except AdminRefused as refusal:
        is_token_wrong = refusal.status == HTTPStatus.UNAUTHORIZED
        raise InputUnreadable(
            UNAUTHORIZED if is_token_wrong else f"The server refuses the request. {refusal}"
        ) from refusal
    except AdminUnreachable as failure:
        raise ServerUnreachable(str(failure)) from failure


@dataclass(frozen=True)
class RightServer:
    """A server's URL, the ad account that it must have (None: any server will do), and its admin token."""

    url: str
    account: str | None = None
    admin_token: str | None = field(default=None, repr=False)

    @property
    def shown(self) -> str:
        """The URL without a password."""
        return hide_userinfo(self.url)

    @contextmanager
    def administer(self) -> Iterator[AdminClient]:
        """A client of the server's admin API.

        Raises ServerUnreachable, also for a stranger's server, and InputUnreadable inside it.
        """
        with administer(self.url, admin_token=self.admin_token) as admin:
            if self.account is not None:
                self._demand(admin, self.account)
            yield admin

    def _demand(self, admin: AdminClient, account: str) -> None:
        ids = [account_record["ad_account_id"] for account_record in admin.get("accounts")["accounts"]]
        if account not in ids:
            raise ServerUnreachable(
                f"{self.shown} is another mockpin: it has {name_accounts(ids)}, not {account}. Stop it, or"
                " start yours with --port 0 --port-file F and give --port-file F here, too."
            )


def name_accounts(ids: list[str]) -> str:
    """The ad accounts of a server in words."""
    if not ids:
        return "no ad account"
    more = f" and {len(ids) - MOST_NAMED:,} more" if len(ids) > MOST_NAMED else ""
    return f"the ad account{'s' if len(ids) > 1 else ''} {', '.join(ids[:MOST_NAMED])}{more}"


def server_options(*, several: bool = False) -> Decorator:
    """The options that choose a server: --url or --port-file, --account and --admin-token."""
    repeated = " May be repeated: one report over several servers." if several else ""
    return combine_options(
        click.option("--url", type=URL, multiple=several,
                     help=f"The server.{repeated}  [default: {DEFAULT_URL}]"),
        click.option("--port-file", type=FILE_PATH, metavar="F",
                     help="The port file of mockpin serve, in place of --url."),
        click.option("--account", callback=read_account, metavar="ID",
                     help="An ad account that the server must have, to be sure that it is the right server."),
        click.option("--admin-token", type=TOKEN, help="The token that the server's admin API requires."),
    )  # fmt: skip


def read_account(_ctx: click.Context, _param: click.Parameter, value: str | None) -> str | None:
    """An ad account id; of ID=TOKEN, which MOCKPIN_ACCOUNT holds for `mockpin serve`, the first id."""
    if value is None:
        return None
    first = value.split()[0] if value.split() else ""
    return read_ad_account_id(first.partition("=")[0])


def is_named(options: dict[str, Any]) -> bool:
    """Whether a URL or a port file is given."""
    return bool(options["url"] or options["port_file"])


def choose_server(options: dict[str, Any]) -> RightServer:
    """Take the server's options out of a command's. Raises UsageError, ServerUnreachable."""
    url, port_file = options.pop("url"), options.pop("port_file")
    account, admin_token = options.pop("account"), options.pop("admin_token")
    context = click.get_current_context()
    given = [name for name in ("url", "port_file") if is_flag(context, name)]
    if len(given) > 1:
        raise click.UsageError("--url and --port-file exclude each other: give one of them.")
    if port_file and given != ["url"]:
        url = read_port_file(port_file)
    return RightServer(url or DEFAULT_URL, account, admin_token)


def choose_servers(options: dict[str, Any]) -> list[RightServer]:
    """Take the server's options out of those of a command with several --url, each once.

    Raises UsageError, ServerUnreachable.
    """
    urls = dict.fromkeys(options["url"]) or (None,)
    return [choose_server({**options, "url": url}) for url in urls]


def is_flag(context: click.Context, name: str) -> bool:
    """Whether the command line gives an option."""
    return context.get_parameter_source(name) is ParameterSource.COMMANDLINE


def read_port_file(path: Path) -> str:
    """The URL of the server that wrote a port file. Raises ServerUnreachable when there is none."""
    try:
        text = read_whole(path).decode().strip()
    except (OSError, UnicodeDecodeError):
        text = ""
    if not (text.isascii() and text.isdigit()):
        raise ServerUnreachable(
            f"No server is running that wrote {path}: start mockpin serve with --port-file {path}."
        )
    return f"http://127.0.0.1:{int(text)}"
