import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockpin.emulator.history.first_reports import FirstReport, make_key
from mockpin.emulator.pipeline.deduplication import Deduplication

KEY = make_key("1", "checkout", "o-1")


@pytest.mark.parametrize(("later", "found"), [(-0.5, False), (0, True), (10, True), (10.5, False)])
def test_a_key_is_found_within_the_window_of_its_first(later, found):
    known = Deduplication(10, [(KEY, FirstReport(1, 100.0))])
    assert (known.find(KEY, 100.0 + later) is not None) is found


@pytest.mark.parametrize(
    ("name", "event_id"), [("", "o-1"), ("checkout", ""), ("checkout", " \t"), ("  ", "o-1")]
)
def test_without_a_name_or_an_id_there_is_no_key(name, event_id):
    assert make_key("1", name, event_id) is None


def test_the_names_of_tag_and_api_make_one_key():
    assert make_key("1", "AddToCart", "7") == make_key("1", "add_to_cart", "7")


def test_ad_accounts_and_ids_make_keys_of_their_own():
    assert len({KEY, make_key("2", "checkout", "o-1"), make_key("1", "checkout", "o-2")}) == 3


def test_pruning_forgets_what_the_window_has_left_behind():
    other = make_key("1", "checkout", "o-2")
    known = Deduplication(10, [(KEY, FirstReport(1, 100.0)), (other, FirstReport(5, 105.0))])
    assert [known.prune(110.0), known.prune(110.5), known.prune(110.5), len(known)] == [0, 1, 0, 1]


def test_a_first_that_is_new_again_is_the_youngest():
    other = make_key("1", "checkout", "o-2")
    known = Deduplication(10, [(KEY, FirstReport(1, 100.0)), (other, FirstReport(2, 105.0))])
    known.record({KEY: FirstReport(3, 111.0)})
    assert known.prune(116.0) == 2
    assert known.find(KEY, 116.0) == FirstReport(3, 111.0)


def test_what_is_taken_back_was_never_reported():
    known = Deduplication(10)
    known.record({KEY: FirstReport(1, 100.0)})
    known.roll_back([KEY, make_key("1", "checkout", "o-2")])
    assert known.find(KEY, 100.0) is None


@pytest.mark.parametrize(("whose", "left"), [("1", 1), (None, 0)])
def test_one_ad_account_or_all_are_forgotten(whose, left):
    keys = [KEY, make_key("2", "checkout", "o-1")]
    known = Deduplication(10, [(key, FirstReport(1, 0.0)) for key in keys])
    known.reset(whose)
    assert len(known) == left


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 5)), max_size=40))
def test_what_is_found_is_always_the_earliest_within_the_window(reports):
    known, seen, now = Deduplication(10), {}, 0.0
    for seq, (event_id, later) in enumerate(reports, 1):
        now += later
        key = make_key("1", "lead", event_id)
        expected = next((first for first in seen.get(key, ()) if now - first.seen <= 10), None)
        assert known.find(key, now) == expected
        if expected is None:
            known.record({key: FirstReport(seq, now)})
            seen[key] = [FirstReport(seq, now)]
        known.prune(now)
