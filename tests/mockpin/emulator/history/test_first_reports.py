import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockpin.emulator.history.first_reports import FirstReports, make_digest, make_key, make_row
from mockpin_validator.contract.names import fold

KEY = make_key("1", "checkout", "o-1")


@pytest.mark.parametrize(
    ("name", "event_id"), [("", "o-1"), ("checkout", ""), ("checkout", " \t"), ("  ", "o-1")]
)
def test_an_event_without_name_or_id_has_no_deduplication_key(name, event_id):
    assert make_key("1", name, event_id) is None


def test_the_names_of_tag_and_api_make_one_key():
    assert make_key("1", "AddToCart", "7") == make_key("1", "add_to_cart", "7")


def test_ad_accounts_and_ids_make_keys_of_their_own():
    assert len({KEY, make_key("2", "checkout", "o-1"), make_key("1", "checkout", "o-2")}) == 3


@given(st.tuples(st.text(), st.text()), st.tuples(st.text(), st.text()))
def test_only_the_same_name_and_id_make_the_same_key(one, other):
    keys = [make_key("1", *event) for event in (one, other)]
    assert keys[0] is None or (keys[0] == keys[1]) is ((fold(one[0]), one[1]) == (fold(other[0]), other[1]))


def test_the_first_reports_of_a_request_are_one_row_that_lists_them_again():
    first = FirstReports("1", 5.0, {make_digest("checkout", "a"): 7, make_digest("checkout", "b"): 9})
    row = make_row(first)
    assert (row.seq, row.ad_account_id, row.seen, len(row.keys)) == (9, "1", 5.0, 2 * (16 + 8))
    assert row.read() == first


def test_a_key_holds_no_plain_text_and_is_the_same_in_every_version():
    key = make_key("1", "checkout", "jane@x.test")
    assert (key.ad_account_id, key.digest.hex()) == ("1", "82b43ad1484e6331a6ae57228a20dbea")


def test_a_lone_surrogate_makes_a_key():
    assert make_key("1", "checkout", "\ud800") != make_key("1", "checkout", "\ud801")
