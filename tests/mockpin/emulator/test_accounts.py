from hashlib import sha256
from random import Random

import pytest

from mockpin.emulator.accounts import Accounts, AdAccountInvalid, fingerprint, mint_ad_account_id, mint_token
from mockpin.emulator.conversion_setup import ConversionTag

ONE, OTHER = "549755885175", "549755885176"


@pytest.fixture
def accounts():
    accounts = Accounts(access_token="pina_access")
    accounts.add(ONE, "pina_one", "2611")
    accounts.add(OTHER, "pina_other", "2612")
    return accounts


def test_a_token_opens_its_own_ad_account_only(accounts):
    assert [accounts.permits("pina_one", account) for account in (ONE, OTHER, "1")] == [True, False, False]


@pytest.mark.parametrize("token", [None, "", "pina_nobodys"])
def test_an_unused_token_is_unknown(accounts, token):
    assert not accounts.knows(token)


def test_the_access_token_opens_every_ad_account(accounts):
    assert accounts.knows("pina_access")
    assert accounts.permits("pina_access", OTHER)
    assert [accounts.permits_access(token) for token in ("pina_access", "pina_one", None)] == [
        True,
        False,
        False,
    ]


def test_a_minted_token_opens_every_ad_account(accounts):
    accounts.mint("pina_new")
    assert accounts.permits("pina_new", ONE)
    assert not accounts.permits_access("pina_new")


def test_any_token_opens_any_ad_account_when_so_chosen():
    accounts = Accounts(accept_any=True)
    assert accounts.knows("x")
    assert accounts.permits("x", "1")
    assert not accounts.knows("")
    assert [accounts.permits(token, "1") for token in ("", None)] == [False, False]


def test_a_new_token_replaces_the_old_one(accounts):
    accounts.add(ONE, "pina_newer")
    assert not accounts.knows("pina_one")


def test_a_removed_ad_account_is_closed(accounts):
    assert [accounts.remove(ONE), accounts.remove(ONE), accounts.has(ONE)] == [True, False, False]


def test_a_tag_reports_to_its_own_ad_account_and_an_unknown_one_to_the_first(accounts):
    assert [accounts.find_by_tag(tag) for tag in ("2612", "2611", "999")] == [OTHER, ONE, ONE]
    assert Accounts().find_by_tag("2611") is None


@pytest.mark.parametrize("ad_account_id", ["", "12a", "1" * 19, "١٢", "-1"])
def test_an_ad_account_id_has_1_to_18_digits(accounts, ad_account_id):
    with pytest.raises(AdAccountInvalid, match="it has 1 to 18 digits"):
        accounts.add(ad_account_id, "pina_x")


def test_a_fingerprint_is_the_beginning_of_a_digest():
    assert fingerprint("pina_one") == "sha256:" + sha256(b"pina_one").hexdigest()[:16]


def test_only_a_fingerprint_of_a_token_is_kept(accounts):
    assert "pina_one" not in repr(list(accounts)) + repr(vars(accounts))
    assert fingerprint("pina_one") in repr(list(accounts))


def test_minted_tokens_and_ids_have_pinterests_form():
    assert mint_token(Random(0)).startswith("pina_")
    assert mint_ad_account_id(Random(0)).isdigit()
    assert mint_token(Random(0)) != mint_token(Random(1))


def test_closing_an_account_removes_its_setup():
    accounts = Accounts()
    accounts.add("1", "pina_a")
    accounts.add("2", "pina_b")
    accounts.setup.add_tag(ConversionTag("26100", "2", "t", {}))
    assert accounts.find_by_tag("26100") == "2"
    accounts.remove("2")
    assert accounts.find_by_tag("26100") == "1"


def test_a_representation_shows_no_tag_and_no_token(accounts):
    shown = repr([*accounts])
    assert ONE in shown
    assert "2611" not in shown
    assert "pina_one" not in shown


def settling(*others):
    """Accounts of a server that made one itself."""
    accounts = Accounts(accept_any=True, provisional=ONE)
    accounts.add(ONE, "pina_one")
    for number, ad_account_id in enumerate(others):
        accounts.add(ad_account_id, "pina_other", f"261{number}")
    return accounts


def test_what_names_no_ad_account_goes_to_that_of_the_first_sender_and_the_made_one_stays():
    accounts = settling(OTHER)
    assert (accounts.home, accounts.leaves_home("7")) == (ONE, True)
    accounts.settle("7")
    assert [account.ad_account_id for account in accounts] == ["7", ONE, OTHER]
    assert [accounts.find_by_tag(tag) for tag in ("999", "2610")] == ["7", OTHER]


def test_only_the_first_sender_decides():
    accounts = settling()
    accounts.settle("7")
    assert not accounts.leaves_home("8")
    accounts.settle("8")
    assert accounts.home == "7"


def test_an_ad_account_that_is_used_under_its_own_id_keeps_the_home():
    accounts = settling()
    accounts.settle(ONE)
    accounts.settle("7")
    assert accounts.home == ONE


def test_a_sender_that_uses_the_made_ad_account_takes_the_home_back():
    accounts = settling()
    for ad_account_id in ("7", ONE, "7"):
        accounts.settle(ad_account_id)
    assert accounts.home == ONE


def test_a_sender_to_an_ad_account_that_a_test_opened_decides_nothing():
    accounts = settling(OTHER)
    assert not accounts.leaves_home(OTHER)
    accounts.settle(OTHER)
    assert (accounts.home, accounts.leaves_home("7")) == (ONE, True)


def test_accounts_that_were_named_are_never_settled():
    accounts = Accounts(accept_any=True)
    accounts.add(ONE, "pina_one")
    for change in (accounts.settle, lambda name: accounts.resume(name, undecided=True), accounts.begin_again):
        change("7")
        assert (accounts.home, accounts.leaves_home("7")) == (ONE, False)


@pytest.mark.parametrize("gone", [None, "7"])
def test_the_next_sender_decides_once_the_history_is_gone(gone):
    accounts = settling()
    accounts.settle("7")
    accounts.begin_again("8")
    assert accounts.home == "7"
    accounts.begin_again(gone)
    assert [account.ad_account_id for account in accounts] == [ONE]
    assert accounts.leaves_home("8")


def test_a_store_s_home_is_gone_on_with_and_left_if_nothing_was_heard_of_the_api():
    accounts = settling()
    accounts.resume("7", undecided=True)
    assert (accounts.find_by_tag("999"), accounts.leaves_home("8"), accounts.leaves_home(ONE)) == (
        "7",
        True,
        True,
    )
    accounts.resume("7", undecided=False)
    assert not accounts.leaves_home("8")
    accounts.settle(ONE)
    assert [account.ad_account_id for account in accounts] == [ONE, "7"]


def test_a_store_s_home_without_a_sender_is_gone_once_another_sends():
    accounts = settling()
    accounts.resume("7", undecided=True)
    accounts.settle("8")
    assert [account.ad_account_id for account in accounts] == ["8", ONE]
