import click
import pytest

from mockpin.cli.shared.parameters import (
    AD_ACCOUNT,
    DURATION,
    HOST,
    TOKEN,
    TRUTH,
    URL,
    check_region,
    combine_options,
    read_instant,
)


def convert(kind, value):
    return kind.convert(value, None, None)


@pytest.mark.parametrize("end", ["", "/", "/v5", "/v5/"])
def test_a_url_is_that_of_the_server_itself(end):
    assert convert(URL, f"http://127.0.0.1:7466{end}") == "http://127.0.0.1:7466"


@pytest.mark.parametrize(
    "url",
    ["foo", "ftp://x", "http://", "http://[x", "http://a..b", "http://x:y", "http://a b", "http://h/\x01"],
)
def test_what_no_request_can_be_sent_to_is_not_a_url(url):
    with pytest.raises(click.BadParameter, match="is not the URL of a server"):
        convert(URL, url)


def test_a_url_that_cannot_be_used_is_shown_without_its_password():
    with pytest.raises(click.BadParameter) as raised:
        convert(URL, "http://user:pina_secret@127.0.0.1:x")
    assert "pina_secret" not in raised.value.message


@pytest.mark.parametrize("value", ["549755885175", 549755885175])
def test_an_ad_account_id_may_be_a_number_in_a_file(value):
    assert convert(AD_ACCOUNT, value) == "549755885175"


@pytest.mark.parametrize("value", ["pina_secret", "", "1" * 19, "-1", "٣"])
def test_what_is_not_an_ad_account_id_is_refused_and_not_repeated(value):
    with pytest.raises(
        click.BadParameter, match=r"^This is not an ad account id, which has 1 to 18 digits\.$"
    ):
        convert(AD_ACCOUNT, value)


def test_white_space_around_a_token_is_not_part_of_it():
    assert convert(TOKEN, " pina_ABC\n") == "pina_ABC"


@pytest.mark.parametrize("token", ["pina_secr€t", "pina_secr\nt", "pina_sécret", "pina secret"])
def test_a_token_that_no_header_can_carry_is_refused_and_not_shown(token):
    with pytest.raises(click.BadParameter, match="no HTTP header can carry") as raised:
        convert(TOKEN, token)
    assert "secr" not in raised.value.message


@pytest.mark.parametrize("token", ["", " \n"])
def test_an_empty_token_is_called_empty(token):
    with pytest.raises(click.BadParameter, match="The token is empty"):
        convert(TOKEN, token)


@pytest.mark.parametrize(("text", "truth"), [("true", True), ("FALSE", False), ("1", True)])
def test_true_and_false_are_booleans(text, truth):
    assert convert(TRUTH, text) is truth


def test_what_is_neither_true_nor_false_is_told():
    with pytest.raises(click.BadParameter, match="'maybe' is neither true nor false"):
        convert(TRUTH, "maybe")


def test_a_duration_is_in_seconds():
    assert convert(DURATION, "2m") == 120


@pytest.mark.parametrize("text", ["99999999h", "8785h"])
def test_a_time_longer_than_a_year_is_refused(text):
    with pytest.raises(click.BadParameter, match="longer than a year"):
        convert(DURATION, text)
    assert convert(DURATION, "8784h") == 366 * 86_400


@pytest.mark.parametrize(
    "text",
    ["1772366400", "1772366400.0", "2026-03-01T12:00:00Z", "2026-03-01T12:00:00", "2026-03-01T13:00+01:00"],
)
def test_iso_8601_and_unix_seconds_are_read(text):
    assert read_instant(None, None, text) == 1_772_366_400


def test_no_time_stays_none():
    assert read_instant(None, None, None) is None


@pytest.mark.parametrize("text", ["", "soon", "2026-13-01", "-5", "1e9", "9" * 400])
def test_what_is_not_a_time_is_refused(text):
    with pytest.raises(click.BadParameter, match="is not a time"):
        read_instant(None, None, text)


COMMAND = click.Command("hash")
CONTEXT, OPTION = click.Context(COMMAND), click.Option(["--region"])


@pytest.mark.parametrize(("given", "region"), [("us", "US"), ("DE", "DE"), (None, None)])
def test_a_region_is_two_capital_letters_whatever_was_given(given, region):
    assert check_region(CONTEXT, OPTION, given) == region


def test_a_region_without_phone_numbers_is_refused():
    with pytest.raises(click.BadParameter, match="'XX' cannot be read"):
        check_region(CONTEXT, OPTION, "xx")


@pytest.mark.parametrize(("value", "host"), [("Mockpin.TEST", "mockpin.test"), ("127.0.0.1", "127.0.0.1")])
def test_a_host_is_in_lower_case(value, host):
    assert HOST.convert(value, None, None) == host


@pytest.mark.parametrize("value", ["http://x", "x:1", "[::1]", "a b", ""])
def test_what_is_not_a_host_alone_is_refused(value):
    with pytest.raises(click.BadParameter, match="is not a host name: write it alone"):
        HOST.convert(value, None, None)


def test_a_duration_without_a_unit_is_refused():
    with pytest.raises(click.BadParameter):
        DURATION.convert("soon", None, None)


def test_combined_options_are_listed_in_their_order():
    command = click.command()(
        combine_options(click.option("--first"), click.option("--second"))(lambda: None)
    )
    assert [option.name for option in command.params] == ["first", "second"]
