import orjson
import pytest

from mockpin.emulator.accounts import fingerprint
from mockpin.emulator.masking.credentials import dump_headers, mask_header, mask_path, mask_query
from mockpin.emulator.masking.texts import is_secret
from tests.mockpin.sending import HASH

CANARY = "canary.plain"


@pytest.mark.parametrize("query", [
    f"pd[em]={CANARY}", f'pd={{"em":"{CANARY}"}}', f"pd={CANARY}", f"em={CANARY}",
    f'ed={{"user_data":{{"x":"{CANARY}"}}}}',
    f"pd[em][0]={CANARY}", f"pd[x]={CANARY}",
])  # fmt: skip
def test_personal_data_in_a_tags_query_is_masked(query):
    assert CANARY not in str(mask_query(query))


@pytest.mark.parametrize("name", ["%2B1+415+555+0123", "ed[14155550123]", "ed[a][jane@x.test]"])
def test_unknown_parameter_names_in_a_query_are_masked(name):
    (shown,) = mask_query(f"{name}=1")
    assert "<masked " in shown
    assert "415" not in shown
    assert "jane" not in shown


def test_a_query_shows_the_rest():
    assert mask_query("tid=1&ed[value]=3&test=true&pd[em]=" + HASH) == {
        "tid": "1", "ed[value]": "3", "test": "true", "pd[em]": HASH,
    }  # fmt: skip


@pytest.mark.parametrize("name", [
    "authorization", "proxy-authorization", "cookie", "set-cookie", "x-api-key", "api-key", "x-auth-token",
    "x-access-token", "access_token", "token", "writeKey", "client_secret", "X-Auth", "password",
])  # fmt: skip
def test_a_secret_is_known_by_its_name(name):
    assert is_secret(name)
    assert mask_header(name, "one; two") == fingerprint("one; two")
    assert mask_query(f"{name}=one")[name] == fingerprint("one")


@pytest.mark.parametrize("name", ["ed[keywords]", "event_id", "tid", "accept", "user-agent", "test"])
def test_other_names_are_not_secrets(name):
    assert not is_secret(name)


@pytest.mark.parametrize(("text", "shown"), [
    ("Bearer one two", f"Bearer {fingerprint('one two')}"),
    ("bearer   one", f"bearer {fingerprint('one')}"),
    ('Token token="one"', "Token " + fingerprint('token="one"')),
    ("one two", fingerprint("one two")),
    ("Bearer", fingerprint("Bearer")),
])  # fmt: skip
def test_of_a_credential_only_a_known_scheme_is_shown(text, shown):
    assert mask_header("authorization", text) == shown


def test_the_headers_of_a_request_are_masked_each_by_its_name():
    shown = {"accept": "*/*", "authorization": f"Bearer {fingerprint('one')}"}
    assert orjson.loads(dump_headers("accept", "*/*", "authorization", "Bearer one")) == shown
    assert dump_headers() == b"{}"


def test_a_token_is_known_by_its_look_in_any_header_and_parameter():
    assert mask_header("referer", "/?t=pina_ONE") == f"/?t={fingerprint('pina_ONE')}"
    assert mask_query("a=pina_ONE") == {"a": fingerprint("pina_ONE")}


@pytest.mark.parametrize(("path", "shown"), [
    ("/v5/pina_ONE", f"/v5/{fingerprint('pina_ONE')}"),
    (f"/v5/ad_accounts/{'A1' * 20}/events", f"/v5/ad_accounts/{fingerprint('A1' * 20)}/events"),
    ("/v5/ad_accounts/549755885175/advertiser_defined_events",) * 2,
    ("/v5/jane@x.test/events", "/v5/<masked 11>/events"),
])  # fmt: skip
def test_a_path_shows_no_token_and_no_address(path, shown):
    assert mask_path(path) == shown
