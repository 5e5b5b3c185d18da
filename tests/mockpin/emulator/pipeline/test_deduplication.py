import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockpin.emulator.history.first_reports import FirstReport, make_key
from mockpin.emulator.pipeline.deduplication import Deduplication
from mockpin_validator.contract.names import fold

KEY = make_key("1", "checkout", "o-1")


@pytest.mark.parametrize(("later", "found"), [(-0.5, False), (0, True), (10, True), (10.5, False)])
def test_a_key_is_found_within_the_window_of_its_first(later, found):
    known = Deduplication(10, [(KEY, FirstReport(1, 100.0))])
    assert (known.find(KEY, 100.0 + later) is not None) is found


@pytest.mark.parametrize(
    ("name", "event_id"), [("", "o-1"), ("checkout", ""), ("checkout", " \t"), ("  ", "o-1")]
)
def test_an_event_without_name_or_id_has_no_deduplication_key(name, event_id):
    assert make_key("1", name, event_id) is None


def test_the_names_of_tag_and_api_make_one_key():
    assert make_key("1", "AddToCart", "7") == make_key("1", "add_to_cart", "7")


def test_ad_accounts_and_ids_make_keys_of_their_own():
    assert len({KEY, make_key("2", "checkout", "o-1"), make_key("1", "checkout", "o-2")}) == 3


def test_pruning_forgets_what_the_window_has_left_behind():
    other = make_key("1", "checkout", "o-2")
    known = Deduplication(10, [(KEY, FirstReport(1, 100.0)), (other, FirstReport(5, 105.0))])
    assert [known.prune(110.0), known.prune(110.5), known.prune(110.5)] == [0, 4, 0]
    assert known.find(KEY, 110.0) is None
    assert known.find(other, 110.0) == FirstReport(5, 105.0)


def test_a_first_that_is_new_again_is_the_youngest():
    other = make_key("1", "checkout", "o-2")
    known = Deduplication(10, [(KEY, FirstReport(1, 100.0)), (other, FirstReport(2, 105.0))])
    known.record({KEY: FirstReport(3, 111.0)})
    assert known.prune(116.0) == 2
    assert known.find(KEY, 116.0) == FirstReport(3, 111.0)


def test_a_rolled_back_event_does_not_count_as_a_first_report():
    known = Deduplication(10)
    known.record({KEY: FirstReport(1, 100.0)})
    known.roll_back({KEY: FirstReport(1, 100.0), make_key("1", "checkout", "o-2"): FirstReport(2, 100.0)})
    assert known.find(KEY, 100.0) is None


@pytest.mark.parametrize(("whose", "left"), [("1", [2]), (None, [])])
def test_one_ad_account_or_all_are_forgotten(whose, left):
    keys = [KEY, make_key("2", "checkout", "o-1")]
    known = Deduplication(10, [(key, FirstReport(seq, 0.0)) for seq, key in enumerate(keys, 1)])
    known.reset(whose)
    found = [known.find(key, 0.0) for key in keys]
    assert [first.seq for first in found if first] == left


#: What a history does to first reports: an event, one that is not stored, a reset, and time that passes.
ACTIONS = st.one_of(
    st.tuples(st.just("report"), st.sampled_from("12"), st.sampled_from("abc")),
    st.tuples(st.just("fail"), st.sampled_from("12"), st.sampled_from("abc")),
    st.tuples(st.just("reset"), st.sampled_from(["1", "2", None])),
    st.tuples(st.just("wait"), st.integers(0, 15)),
)


@given(st.lists(ACTIONS, max_size=60))
def test_what_is_found_is_always_the_first_report_within_the_window(actions):
    known, expected, now, seq = Deduplication(10), {}, 0.0, 0
    for action, *about in actions:
        if action == "wait":
            now += about[0]
            known.prune(now)
        elif action == "reset":
            known.reset(about[0])
            expected = {} if about[0] is None else {k: v for k, v in expected.items() if k[0] != about[0]}
        else:
            key = make_key(about[0], "lead", about[1])
            first = expected.get(key)
            first = first if first and now - first.seen <= 10 else None
            assert known.find(key, now) == first
            if first is None:
                report = {key: FirstReport(seq + 1, now)}
                known.record(report)
                known.prune(now)
                if action == "fail":
                    known.roll_back(report)
                else:
                    seq += 1
                    expected |= report


def test_pruning_a_long_day_takes_several_calls():
    keys = {make_key("1", "lead", str(seq)): FirstReport(seq, float(seq)) for seq in range(1, 2501)}
    known = Deduplication(10)
    known.record(keys)
    assert [known.prune(9999.0) for _ in range(4)] == [1000, 2000, 2500, 0]
    assert known.find(make_key("1", "lead", "2500"), 2500.0) is None


def test_pruned_first_reports_leave_no_table_of_their_ad_account():
    known = Deduplication(10)
    known.record({make_key("1", "lead", "a"): FirstReport(1, 0.0)})
    for seq in range(2, 30_000):
        known.record({make_key("2", "lead", str(seq % 7)): FirstReport(seq, float(seq))})
        known.prune(float(seq))
    assert known._tables.keys() == {"2"}
    assert known.find(make_key("2", "lead", "1"), 29_999.0) is not None


@given(st.tuples(st.text(), st.text()), st.tuples(st.text(), st.text()))
def test_only_the_same_name_and_id_make_the_same_key(one, other):
    keys = [make_key("1", *each) for each in (one, other)]
    assert keys[0] is None or (keys[0] == keys[1]) is ((fold(one[0]), one[1]) == (fold(other[0]), other[1]))
