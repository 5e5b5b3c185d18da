"""The ad accounts, tags and tokens that `mockpin serve` accepts: named by the user, or made."""

from collections.abc import Mapping, Sequence
from random import SystemRandom

import click

from mockpin.cli.shared.parameters import combine_options, read_token
from mockpin.emulator.accounts import AD_ACCOUNT_ID, Accounts, mint_ad_account_id, mint_token

RANDOM = SystemRandom()


def read_accounts(_ctx: click.Context, _param: click.Parameter, values: Sequence[str]) -> dict[str, str]:
    """Token by ad account. What is wrong is told without the value, in which a token may stand."""
    tokens: dict[str, str] = {}
    for value in values:
        ad_account_id, equals, token = value.partition("=")
        if not equals or not token:
            raise click.BadParameter("write ID=TOKEN, such as 549755885175=pina_...")
        if not AD_ACCOUNT_ID.fullmatch(ad_account_id):
            raise click.BadParameter(
                "what stands before '=' is not an ad account id (1 to 18 digits); write ID=TOKEN."
            )
        if ad_account_id in tokens:
            raise click.BadParameter(f"the ad account {ad_account_id} is named twice; name it once.")
        tokens[ad_account_id] = read_token(token)
    return tokens


def read_tags(_ctx: click.Context, _param: click.Parameter, values: Sequence[str]) -> dict[str, str]:
    """Tag by ad account; neither has two of the other."""
    tags: dict[str, str] = {}
    for value in values:
        tag_id, _, ad_account_id = value.partition("=")
        if not tag_id or not AD_ACCOUNT_ID.fullmatch(ad_account_id):
            raise click.BadParameter("write TID=ID, such as 2612345678901=549755885175.")
        if ad_account_id in tags:
            raise click.BadParameter(f"the ad account {ad_account_id} has two tags; give it one.")
        if tag_id in tags.values():
            raise click.BadParameter(
                f"the tag of the ad account {ad_account_id} reports to another one, too; name one of them."
            )
        tags[ad_account_id] = tag_id
    return tags


account_options = combine_options(
    click.option("--account", "accounts", multiple=True, callback=read_accounts, metavar="ID=TOKEN",
                 help="An ad account and its conversion token. May be repeated."),
    click.option("--tag", "tags", multiple=True, callback=read_tags, metavar="TID=ID",
                 help="A tag and its ad account. May be repeated."),
)  # fmt: skip


def open_accounts(
    named: Mapping[str, str],
    tags: Mapping[str, str],
    *,
    access_token: str | None,
    accept_any: bool,
    provisional: str | None = None,
) -> tuple[Accounts, list[str]]:
    """The ad accounts, and a line about each thing that was made because none was named.

    `provisional` is the id of an account that a sender's own may replace.
    """
    made: list[str] = []
    if not access_token:
        access_token = mint_token(RANDOM)
        made.append(f"access token {access_token}")
    if not named:
        ad_account_id, token = mint_ad_account_id(RANDOM), mint_token(RANDOM)
        named, provisional = {ad_account_id: token}, ad_account_id
        made.append(f"ad account {ad_account_id} with conversion token {token}")
    if without := tags.keys() - named.keys():
        raise click.UsageError(f"--tag names the ad account {min(without)}, which no --account opens.")
    accounts = Accounts(access_token=access_token, accept_any=accept_any, provisional=provisional)
    for ad_account_id, token in named.items():
        accounts.add(ad_account_id, token, tags.get(ad_account_id))
    return accounts, made
