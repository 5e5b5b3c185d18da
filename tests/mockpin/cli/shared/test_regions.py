import click
import pytest

from mockpin.cli.shared.regions import check_region

COMMAND = click.Command("hash")
CONTEXT, OPTION = click.Context(COMMAND), click.Option(["--region"])


@pytest.mark.parametrize(("given", "region"), [("us", "US"), ("DE", "DE"), (None, None)])
def test_a_region_is_two_capital_letters_whatever_was_given(given, region):
    assert check_region(CONTEXT, OPTION, given) == region


def test_a_region_without_phone_numbers_is_refused():
    with pytest.raises(click.BadParameter, match="'XX' cannot be read"):
        check_region(CONTEXT, OPTION, "xx")
