import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockpin.emulator.accounts import fingerprint
from mockpin.emulator.masking.texts import (
    is_phone,
    is_secret,
    mask_name,
    mask_secrets,
    mask_text,
    mask_tokens,
)
from mockpin_validator.detectors import BEARER, EMAIL, SENSITIVE_PARAMETER, TOKEN


@pytest.mark.parametrize(
    "address",
    [
        "mary.o'brien@example.com",
        '"john doe"@x.test',
        "a" * 200 + "@x.test",
        "jane&#64;x.test",
        "jane&amp;#x40;x.test",
        "jane&commat;x.test",
        "jane\\u0040x.test",
        "jane%u0040x.test",
        "jane%25u0040x.test",
    ],
)
def test_an_address_is_masked_as_a_whole_however_it_is_written(address):
    assert mask_secrets(f"write to {address} now") == f"write to <masked {len(address)}> now"


@pytest.mark.parametrize(
    "text", ["@handle", "a @ b", "50 % off", "Visual Basic 6", "o'clock", "bearer", "basic+plan"]
)
def test_a_text_without_address_or_credential_is_unchanged(text):
    assert mask_secrets(text) == text


@given(st.text(st.characters(categories=["L", "Nd"], include_characters="_.:-p"), max_size=40))
def test_text_of_letters_digits_and_points_holds_no_sign_but_a_token(text):
    assert EMAIL.sub("", BEARER.sub("", SENSITIVE_PARAMETER.sub("", text))) == text
    assert mask_secrets(text) == TOKEN.sub(lambda token: fingerprint(token[0]), text)


@pytest.mark.parametrize("text", ["", "order-1", "pinc_secret", "a.pina_secret:b", "ß-é.ñ"])
def test_a_name_or_id_is_unchanged_unless_it_holds_a_token(text):
    assert (mask_secrets(text) == text) is ("secret" not in text)


@pytest.mark.parametrize(
    "name", ["phone", "msisdn", "customerPhone", "tel", "jwt", "sig", "code", "access_token"]
)
def test_a_parameter_that_is_named_after_a_phone_or_a_secret_is_masked_in_a_url(name):
    url = "https://x.test/?a=1&{}={}&hotel=5&country_code=US"
    assert mask_secrets(url.format(name, "5551234")) == url.format(name, "<masked 7>")


def test_a_token_and_a_bearer_s_credential_become_their_fingerprints():
    shown = mask_secrets("sent pina_ABC with Bearer secret-1")
    assert shown == f"sent {fingerprint('pina_ABC')} with Bearer {fingerprint('secret-1')}"
    assert mask_name("pina_ABC") == fingerprint("pina_ABC")


@pytest.mark.parametrize(
    "gap",
    [
        " ",
        "   ",
        "\t",
        "\n",
        "\u00a0",
        " \u2003\t",
        "%20",
        "%2520",
        "%09",
        "%C2%A0",
        "+",
        "\\t",
        "\\u00a0",
        "\\xa0",
        "\\u2003",
        "&nbsp;",
    ],
)
def test_a_credential_is_masked_whatever_white_space_is_before_it(gap):
    for scheme in ("Bearer", "BEARER"):
        text = f"sent {scheme}{gap}secret-1"
        assert mask_secrets(text) == mask_tokens(text) == f"sent {scheme}{gap}{fingerprint('secret-1')}"


def test_a_name_and_password_after_basic_are_masked():
    assert mask_tokens("Basic amFuZTpzZWNyZXQ=") == f"Basic {fingerprint('amFuZTpzZWNyZXQ=')}"


def test_a_text_that_is_longer_than_any_field_is_masked_as_a_whole():
    assert mask_text("a" * 65_536) == "a" * 65_536
    assert mask_text("a" * 65_537) == "<masked 65537>"


@pytest.mark.parametrize(
    ("name", "phone", "secret"),
    [("tel", True, False), ("Phone_Number", True, False), ("access_token", False, True),
     ("x-api-key", False, True), ("order_id", False, False), ("", False, False)],
)  # fmt: skip
def test_a_name_says_whether_its_value_is_a_phone_number_or_a_secret(name, phone, secret):
    assert (is_phone(name), is_secret(name)) == (phone, secret)
