import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockpin.emulator.history.first_reports import FirstReports, make_digest
from mockpin.emulator.pipeline.deduplication import Deduplication

KEY, OTHER = (make_digest("checkout", event_id) for event_id in ("o-1", "o-2"))


@pytest.mark.parametrize(("later", "found"), [(-0.5, False), (0, True), (10, True), (10.5, False)])
def test_a_key_is_found_within_the_window_of_its_first(later, found):
    known = Deduplication(10, [FirstReports("1", 100.0, {KEY: 1})])
    assert (known.find("1", KEY, 100.0 + later) == 1) is found


def test_pruning_forgets_what_the_window_has_left_behind():
    known = Deduplication(10, [FirstReports("1", 100.0, {KEY: 1}), FirstReports("1", 105.0, {OTHER: 5})])
    assert [known.prune(110.0), known.prune(110.5), known.prune(110.5)] == [0, 4, 0]
    assert known.find("1", KEY, 110.0) is None
    assert known.find("1", OTHER, 110.0) == 5


def test_a_first_that_is_new_again_is_the_youngest():
    known = Deduplication(10, [FirstReports("1", 100.0, {KEY: 1}), FirstReports("1", 105.0, {OTHER: 2})])
    known.record(FirstReports("1", 111.0, {KEY: 3}))
    assert known.prune(116.0) == 2
    assert known.find("1", KEY, 116.0) == 3


def test_a_rolled_back_event_does_not_count_as_a_first_report():
    known = Deduplication(10)
    known.record(FirstReports("1", 100.0, {KEY: 1}))
    known.roll_back(FirstReports("1", 100.0, {KEY: 1, OTHER: 2}))
    assert known.find("1", KEY, 100.0) is None


def test_a_number_that_was_rolled_back_is_a_first_report_s_again_after_pruning():
    known = Deduplication(10, [FirstReports("1", 100.0, {KEY: 1})])
    known.record(FirstReports("1", 111.0, {OTHER: 2}))
    known.roll_back(FirstReports("1", 111.0, {OTHER: 2}))
    assert known.prune(111.0) == 1
    known.record(FirstReports("1", 112.0, {OTHER: 2}))
    assert known.find("1", OTHER, 112.0) == 2


def test_events_of_one_request_are_first_reports_of_one_moment():
    known = Deduplication(10)
    known.record(FirstReports("1", 100.0, {KEY: 1, OTHER: 3}))
    assert (known.find("1", KEY, 110.0), known.find("1", OTHER, 110.0)) == (1, 3)
    assert known.prune(110.5) == 3


@pytest.mark.parametrize(("whose", "left"), [("1", [2]), (None, [])])
def test_one_ad_account_or_all_are_forgotten(whose, left):
    known = Deduplication(10, [FirstReports("1", 0.0, {KEY: 1}), FirstReports("2", 0.0, {KEY: 2})])
    known.reset(whose)
    assert [seq for account in "12" if (seq := known.find(account, KEY, 0.0))] == left


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
            account, event_id = about
            digest = make_digest("lead", event_id)
            first, seen = expected.get((account, event_id), (None, now))
            first = first if now - seen <= 10 else None
            assert known.find(account, digest, now) == first
            if first is None:
                report = FirstReports(account, now, {digest: seq + 1})
                known.record(report)
                known.prune(now)
                if action == "fail":
                    known.roll_back(report)
                else:
                    seq += 1
                    expected[account, event_id] = seq, now


def test_pruning_a_long_day_takes_several_calls():
    digests = {seq: make_digest("lead", str(seq)) for seq in range(1, 2501)}
    known = Deduplication(10, [FirstReports("1", seq, {digest: seq}) for seq, digest in digests.items()])
    assert [known.prune(9999.0) for _ in range(4)] == [1000, 2000, 2500, 0]
    assert known.find("1", digests[2500], 2500.0) is None


def test_pruned_first_reports_leave_no_table_of_their_ad_account():
    known = Deduplication(10)
    known.record(FirstReports("1", 0.0, {KEY: 1}))
    for seq in range(2, 30_000):
        known.record(FirstReports("2", float(seq), {make_digest("lead", str(seq % 7)): seq}))
        known.prune(float(seq))
    assert known._tables.keys() == {"2"}
    assert known.find("2", make_digest("lead", "1"), 29_999.0) is not None


def test_a_request_without_first_reports_records_nothing():
    known = Deduplication(10, [FirstReports("1", 100.0, {}), FirstReports("1", 105.0, {KEY: 1})])
    assert known.find("1", KEY, 105.0) == 1
    assert [known.prune(110.5), known.prune(115.5)] == [0, 1]
