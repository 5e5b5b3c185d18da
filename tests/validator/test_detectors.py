"""How personal data and secrets are recognized in text."""

import re

import pytest

from mockpin_validator import detectors


def find(pattern, text):
    found = pattern.search(text)
    return found and found[0]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("mail jane.doe@x.test, now", "jane.doe@x.test"),
        ("(o'brien@x.test)", "o'brien@x.test"),
        ("'jane@x.test'", "jane@x.test"),
        ("m=jane%40x.test&a", "jane%40x.test"),
        ("m=jane%2540x.test", "jane%2540x.test"),
        ("jane\uff20x.test", "jane\uff20x.test"),
        (r"jane\u0040x.test", r"jane\u0040x.test"),
        ("jane&#64;x.test", "jane&#64;x.test"),
        ("jane&amp;commat;x.test", "jane&amp;commat;x.test"),
        ('"jane doe"@x.test', '"jane doe"@x.test'),
        ("100% off", None),
        ("@ x", None),
        ("jane@ x", None),
    ],
)
def test_an_email_address_is_found_in_each_of_its_writings(text, address):
    assert find(detectors.EMAIL, text) == address


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("call +1 (415) 555-0123!", "+1 (415) 555-0123"),
        ("%2B14155550123", "%2B14155550123"),
        ("(415) 555-0123", "(415) 555-0123"),
        ("415.555.0123", "415.555.0123"),
        ("+1234567", None),
        ("14155550123", None),
    ],
)
def test_a_phone_number_has_a_plus_sign_or_groups(text, number):
    assert find(detectors.PHONE, text) == number


@pytest.mark.parametrize(
    ("name", "is_phone", "is_secret"),
    [
        ("phone", True, False), ("MSISDN", True, False), ("ph", True, False), ("graph", False, False),
        ("cell", True, False), ("excellent", False, False), ("tel", True, False), ("hotel", False, False),
        ("motel", False, False), ("telling", False, False), ("access_token", False, True),
        ("keys", False, True), ("keyboard", False, False), ("sig", False, True), ("design", False, False),
        ("code", False, True), ("zip_code", False, False), ("Cookie2", False, True), ("author", False, False),
        ("x-auth", False, True),
    ],
)  # fmt: skip
def test_a_name_tells_a_phone_number_or_a_secret(name, is_phone, is_secret):
    assert bool(detectors.PHONE_NAME.search(name)) is is_phone
    assert bool(detectors.SECRET_NAME.search(name)) is is_secret


@pytest.mark.parametrize(
    ("url", "groups"),
    [
        ("?a=1&phone=415&b=2", ("phone=", "415")),
        ("#access_token=x", ("access_token=", "x")),
        ("?color=red", None),
        ("?token=<masked 3>", None),
        ("/token=x", None),
    ],
)
def test_a_sensitive_parameter_is_found_by_its_name(url, groups):
    found = detectors.SENSITIVE_PARAMETER.search(url)
    assert (found and found.groups()) == groups


@pytest.mark.parametrize(
    ("url", "text"),
    [
        ("/a?m=jane@x.test", "e@x.t"),
        ("/a?phone=4155550123", "phone=4155550123"),
        ("/a?hotel=4155550123", None),
        ("/+1 415 555 0123", "/+1 415 555 0123"),
        ("/a?n=(415) 555-0123", "=(415) 555-0123"),
        ("/orders/4155550123", None),
    ],
)
def test_personal_data_is_found_in_a_decoded_url(url, text):
    assert find(detectors.PERSONAL_IN_URL, url) == text


@pytest.mark.parametrize(
    ("text", "is_credential"),
    [
        ("pina_" + "A" * 16, True), ("pinc_" + "A" * 16, True), ("pina_" + "A" * 15, False),
        ("eyJ" + "a" * 8 + ".eyJ" + "b" * 8, True), ("eyJ" + "a" * 8, False),
        ("Bearer " + "a" * 16, True), ("bearer%20" + "a" * 16, True), ("bearer" + "a" * 16, False),
        ("Bearer " + "a" * 15, False),
    ],
)  # fmt: skip
def test_a_credential_is_a_token_or_follows_the_word_bearer(text, is_credential):
    assert bool(detectors.CREDENTIAL.search(text)) is is_credential
    assert bool(detectors.CREDENTIAL_IN_URL.search(text)) is is_credential
    if is_credential:
        assert detectors.PERSONAL.search(text)


@pytest.mark.parametrize(
    ("url", "found"),
    [("/?password=12345678", True), ("/?password=1234567", False), ("/?pass=12345678", False)],
)
def test_a_password_is_found_in_a_url(url, found):
    assert bool(detectors.CREDENTIAL_IN_URL.search(url)) is found


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        (detectors.EMAIL_IN_VALUE, "jane@x.test", True), (detectors.EMAIL_IN_VALUE, "a@x.1", False),
        (detectors.PHONE_IN_VALUE, "tel: +14155550123", True),
        (detectors.PHONE_IN_VALUE, "+14155550123 ext", False),
        (detectors.PHONE_IN_VALUE, "+04155550123", False), (detectors.PERSONAL, "10.0.0.1", True),
        (detectors.PERSONAL, "1234567", False), (detectors.PERSONAL, "12345678", True),
        (detectors.PERSONAL_IN_PLAIN, "123456789", True), (detectors.PERSONAL_IN_PLAIN, "12345678", False),
        (detectors.PERSONAL_IN_PLAIN, "tel_no=", True), (detectors.PERSONAL_IN_PLAIN, "color=", False),
        (detectors.TOKEN, "pina_x", True), (detectors.TOKEN, "pinb_x", False),
    ],
)  # fmt: skip
def test_a_value_that_should_hold_none_is_searched_for_personal_data(pattern, text, found):
    assert bool(pattern.search(text)) is found


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("Authorization: Bearer abc", ("Bearer ", "abc")),
        ("bearer\\nabc;", ("bearer\\n", "abc")),
        ("basic YWJjOmRl", ("basic ", "YWJjOmRl")),
        ("basic idea", None),
    ],
)
def test_a_credential_is_taken_apart_from_its_scheme(text, groups):
    found = detectors.BEARER.search(text)
    assert (found and found.groups()) == groups


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("jane@x.test", True), (r"\u0040", True), ("\uff20", True), ("pina_", True), ("Bearer x", True),
        ("%2540", True), ("&commat;", True), ("?phone=1", True), ("checkout", False), ("?color=red", False),
    ],
)  # fmt: skip
def test_a_text_with_something_to_hide_has_a_sign(text, sign):
    assert (
        any(
            re.search(pattern.replace(r"\x{ff20}|\x{fe6b}", "\uff20"), text)
            for pattern in detectors.ANY_SIGNS
        )
        is sign
    )
