import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockpin.reports.deduplication import CLASSES, report_deduplication


def event(seq, source="api", **changes):
    return {
        "seq": seq,
        "ad_account_id": "1",
        "source": source,
        "test": False,
        "status": "processed",
        "event_name": "checkout",
        "event_id": "e1",
        "action_source": "web",
        "duplicate_of": None,
    } | changes


def classify(*records):
    report = report_deduplication(records)
    return {name: seqs for name, seqs in report.classes.items() if seqs}


def test_one_event_seen_by_the_tag_and_the_api_is_matched():
    assert classify(event(1, "tag"), event(2, "api", duplicate_of=1)) == {"matched": (1, 2)}


def test_an_event_that_segment_sent_is_the_apis():
    assert classify(event(1, "tag"), event(2, "segment", duplicate_of=1)) == {"matched": (1, 2)}


def test_what_one_source_repeats_is_a_duplicate():
    assert classify(event(1), event(2, duplicate_of=1)) == {"only_api": (1,), "duplicate": (2,)}


def test_a_repetition_beside_a_match_is_a_duplicate():
    records = event(1, "tag"), event(2, "tag", duplicate_of=1), event(3, "api", duplicate_of=1)
    assert classify(*records) == {"matched": (1, 3), "duplicate": (2,)}


@pytest.mark.parametrize("source", ["tag", "api"])
def test_what_one_source_alone_saw_is_named_after_it(source):
    assert classify(event(1, source)) == {f"only_{source}": (1,)}


def test_one_id_under_two_names_is_said():
    assert classify(event(1, "tag"), event(2, event_name="lead")) == {"same_id_different_names": (1, 2)}


def test_one_id_in_two_ad_accounts_is_not_a_confusion():
    records = event(1, event_name="lead"), event(2, ad_account_id="2")
    assert classify(*records) == {"only_api": (1, 2)}


def test_masked_ids_of_one_length_are_not_taken_for_one_id():
    masked = {"event_id": "<masked 7>"}
    records = event(1, **masked), event(2, "tag", duplicate_of=1, **masked), event(3, **masked)
    other = event(4, event_name="lead", **masked)
    assert classify(*records, other) == {"matched": (1, 2), "only_api": (3, 4)}


def test_an_id_that_only_begins_as_a_mask_does_is_one_id():
    records = (
        event(seq, event_id="<masked by hand>", event_name=name) for seq, name in ((1, "lead"), (2, "search"))
    )
    assert classify(*records) == {"same_id_different_names": (1, 2)}


@pytest.mark.parametrize("event_id", ["", " ", None])
def test_an_event_without_an_id_is_missing_one(event_id):
    assert classify(event(1, event_id=event_id)) == {"id_missing": (1,)}


def test_a_counterpart_after_the_window_is_counted_again():
    assert classify(event(1, "tag"), event(2, "api")) == {"only_tag": (1,), "arrived_after_window": (2,)}


def test_an_offline_event_stands_by_itself():
    records = event(1, action_source="offline"), event(2, action_source="offline")
    assert classify(*records) == {"offline": (1, 2)}


def test_a_duplicate_whose_first_was_evicted_still_falls_into_a_class():
    assert classify(event(9, duplicate_of=1)) == {"only_api": (9,)}


def test_failed_events_and_test_requests_take_no_part():
    assert report_deduplication([event(1, status="failed"), event(2, test=True)]).total == 0


def test_the_report_gives_meaning_number_share_and_examples():
    told = report_deduplication([event(1, "tag"), event(2, duplicate_of=1), event(3, event_id="")]).to_dict()
    assert told["total"] == 3
    assert told["classes"]["matched"] == {
        "meaning": CLASSES["matched"],
        "events": 2,
        "share": 0.6667,
        "examples": [1, 2],
    }


def test_of_no_events_every_share_is_zero():
    assert report_deduplication([]).share("matched") == 0


records = st.lists(
    st.builds(
        dict,
        source=st.sampled_from(["api", "tag", "segment"]),
        event_name=st.sampled_from(["checkout", "lead"]),
        event_id=st.sampled_from(["e1", "e2", ""]),
        action_source=st.sampled_from(["web", "offline"]),
        back=st.none() | st.integers(1, 3),
    ),
    max_size=12,
)


@given(records)
def test_every_event_falls_into_exactly_one_class(drawn):
    events = [
        event(seq, **{k: v for k, v in item.items() if k != "back"})
        | {"duplicate_of": max(seq - item["back"], 1) if item["back"] and seq > 1 else None}
        for seq, item in enumerate(drawn, 1)
    ]
    report = report_deduplication(events)
    assert sorted(seq for seqs in report.classes.values() for seq in seqs) == list(range(1, len(drawn) + 1))


def test_one_id_under_two_names_may_come_in_several_windows_of_one_of_them():
    records = event(1), event(2, event_name="lead"), event(3), event(4, duplicate_of=3)
    assert classify(*records) == {
        "same_id_different_names": (1, 2), "arrived_after_window": (3,), "duplicate": (4,),
    }  # fmt: skip


def test_a_matched_event_that_comes_again_after_its_window_is_counted_again():
    assert classify(event(1, "tag"), event(2, duplicate_of=1), event(3)) == {
        "matched": (1, 2), "arrived_after_window": (3,),
    }  # fmt: skip
