"""The ad accounts, tags and tokens of `mockpin serve`."""

import click
import pytest

from mockpin.cli.shared.credentials import open_accounts, read_accounts, read_tags

PARAM = click.Option(["--account"])
CONTEXT = click.Context(click.Command("serve"))


def accounts(*values):
    return read_accounts(CONTEXT, PARAM, values)


def tags(*values):
    return read_tags(CONTEXT, PARAM, values)


def test_a_token_may_hold_an_equals_sign():
    assert accounts("7=pina_x==", "8=pina_y") == {"7": "pina_x==", "8": "pina_y"}


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (["pina_secret"], "write ID=TOKEN"),
        (["7="], "write ID=TOKEN"),
        (["=pina_secret"], "not an ad account id"),
        (["pina_secret=7"], "not an ad account id"),
        (["7=pina_secret", "7=pina_other"], "the ad account 7 is named twice"),
        (["7=pina secret"], "a character that no HTTP header can carry"),
    ],
)
def test_what_is_wrong_with_an_ad_account_is_told_without_a_token(values, said):
    with pytest.raises(click.BadParameter, match=said) as refused:
        accounts(*values)
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (["2613"], "write TID=ID"),
        (["=7"], "write TID=ID"),
        (["2613=x"], "write TID=ID"),
        (["2613=7", "2614=7"], "the ad account 7 has two tags"),
        (["2613=7", "2613=8"], "the tag of the ad account 8 reports to another one"),
    ],
)
def test_a_tag_belongs_to_one_ad_account_and_an_ad_account_has_one_tag(values, said):
    with pytest.raises(click.BadParameter, match=said):
        tags(*values)


def test_what_was_not_named_is_made_and_told():
    opened, made = open_accounts({}, {}, access_token=None, accept_any=False)
    (account,) = opened
    assert [line.split()[0] for line in made] == ["access", "ad"]
    assert account.ad_account_id in made[1]
    assert opened.permits_access(made[0].split()[-1])


def test_of_what_was_named_nothing_is_told():
    opened, made = open_accounts({"7": "pina_x"}, {"7": "2613"}, access_token="pina_a", accept_any=False)
    assert made == []
    assert (opened.find_by_tag("2613"), opened.permits_access("pina_a")) == ("7", True)


def test_a_tag_without_its_ad_account_is_refused():
    with pytest.raises(click.UsageError, match="--tag names the ad account 8, which no --account opens"):
        open_accounts({"7": "pina_x"}, {"8": "2613"}, access_token=None, accept_any=False)


def test_tags_are_told_by_their_ad_accounts():
    assert read_tags(None, None, ["2612=549755885175", "2613=1"]) == {"549755885175": "2612", "1": "2613"}
    assert read_tags(None, None, []) == {}
