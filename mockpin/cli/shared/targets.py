"""The option `--to` of commands that send: a server, or Pinterest itself when that is spelled out."""

import os
import sys
from urllib.parse import urlsplit

import click
from click.core import ParameterSource

from mockpin.addresses import is_within
from mockpin.cli.shared.parameters import AD_ACCOUNT, TOKEN, Decorator, OptionValue, combine_options, read_url

#: What `--to` takes for the real service, and where that is.
PINTEREST = "pinterest"
SERVICE = "https://api.pinterest.com"
_DOMAIN = "pinterest.com"
AD_ACCOUNT_VARIABLES = ["MOCKPIN_AD_ACCOUNT", "PINTEREST_AD_ACCOUNT_ID"]

MISSING = (
    "Say with --to where to send: --to http://127.0.0.1:7466 for mockpin serve,"
    " or --to pinterest for the real service. PINTEREST_API_URI can name a server, too."
)
NOT_SPELLED_OUT = "this is the real service, which keeps what it gets: write --to pinterest if you mean it."
NO_USER = "a URL with a user name cannot be used here: the request says by its conversion token who sends it."
NOT_ON_COMMAND_LINE = "the real service is only reached by --to pinterest on the command line itself."


def read_target(text: str) -> str:
    """A server's URL; the real service has no other name here than pinterest."""
    if text == PINTEREST:
        return SERVICE
    url = read_url(text)
    parts = urlsplit(url)
    if parts.username is not None:
        raise click.BadParameter(NO_USER)
    if is_within(parts.hostname or "", _DOMAIN):
        raise click.BadParameter(NOT_SPELLED_OUT)
    return url


TARGET = OptionValue("url", read_target)


def check_target(ctx: click.Context, param: click.Parameter, url: str | None) -> str | None:
    """The target; the real service must be named on the command line, so that no variable sends to it."""
    source = ctx.get_parameter_source(str(param.name))
    if url == SERVICE and source is not ParameterSource.COMMANDLINE:
        raise click.BadParameter(NOT_ON_COMMAND_LINE)
    if url and (why := find_unreadable_certificates()):
        raise click.UsageError(why)
    return url


def find_unreadable_certificates() -> str | None:
    """Why the certificates that SSL_CERT_FILE names cannot be read; None when they can, or it names none.

    httpx reads them for every client that sends, also to http://.
    """
    from mockpin.client.admin_client import load_trusted

    file = os.environ.get("SSL_CERT_FILE")
    if not file:
        return None
    try:
        load_trusted(file)
    except OSError as error:  # ssl.SSLError is one
        return f"The certificates of SSL_CERT_FILE ({file}) cannot be read: {error.strerror or error}."
    return None


def target_options(*, required: bool) -> Decorator:
    """--to, --yes, --ad-account, --token and --test; the ad account and its token may be required."""
    return combine_options(
        click.option("--to", "to", type=TARGET, callback=check_target, metavar="URL|pinterest",
                     envvar=["MOCKPIN_TO", "PINTEREST_API_URI"],
                     help="The server, such as http://127.0.0.1:7466; pinterest is the real service, which"
                     " asks first on a terminal."),
        click.option("--yes", is_flag=True, help="Do not ask before sending to the real service."),
        click.option("--ad-account", type=AD_ACCOUNT, metavar="ID", required=required,
                     envvar=AD_ACCOUNT_VARIABLES, help="The ad account that the events belong to."),
        click.option("--token", type=TOKEN, envvar=["MOCKPIN_TOKEN", "PINTEREST_CONVERSION_TOKEN"],
                     required=required,
                     help="The ad account's conversion token; the environment hides it from others."),
        click.option("--test", is_flag=True,
                     help="Send test requests, which Pinterest judges and does not record."),
    )  # fmt: skip


def confirm_target(url: str, question: str, *, ask: bool) -> None:
    """Ask before anything goes to the real service. Raises click.Abort on no."""
    if url == SERVICE and ask:
        confirm(question, otherwise="Nothing was sent.")


def confirm(question: str, *, otherwise: str) -> None:
    """Ask on a terminal. On no, says `otherwise` and raises click.Abort."""
    if not click.confirm(question, err=True):
        click.echo(otherwise, err=True)
        raise click.Abort


def is_asked(*, sure: bool) -> bool:
    """Whether to ask: there is somebody at a terminal who has not said that he is sure."""
    return not sure and not sys.stdin.closed and sys.stdin.isatty()
