from hypothesis import given
from hypothesis import strategies as st

from mockpin_validator.judging.context import BatchFacts, custom_data_of
from tests.validator.events import changed

EVENT = changed()


def refused_events():
    """What the schema refuses: no event at all, or one without a name or id that is a text."""
    no_text = st.sampled_from([..., None, 5, ["e1"], {}])
    spoiled = st.builds(
        lambda field, value: changed(**{field: value}), st.sampled_from(["event_name", "event_id"]), no_text
    )
    return st.sampled_from([None, "event", [], {}, 5]) | spoiled


def test_an_event_without_custom_data_has_an_empty_one():
    assert custom_data_of({"custom_data": {"value": "1"}}) == {"value": "1"}
    assert custom_data_of({}) == {}


def test_events_of_one_name_and_id_are_counted_whatever_the_names_spelling():
    batch = BatchFacts.of(
        [*(changed(event_name=name) for name in ("page_visit", "PageVisit", "Page visit")), EVENT]
    )
    assert batch.times(changed(event_name="pagevisit")) == 3


@given(st.lists(refused_events(), max_size=4))
def test_a_non_event_in_a_batch_does_not_hide_duplicates(others):
    batch = BatchFacts.of([EVENT, *others, EVENT])
    assert batch.times(EVENT) == 2
    assert batch.size == len(others) + 2
    assert batch.constant_event_id == (not others)


def test_a_blank_id_and_an_offline_event_have_no_duplicates():
    batch = BatchFacts.of([EVENT, EVENT])
    assert batch.times(EVENT) == 2
    assert batch.times(changed(event_id=" ")) == 1
    assert batch.times(changed(action_source="offline")) == 1


def test_offline_events_are_not_duplicates_of_each_other():
    batch = BatchFacts.of([EVENT, changed(action_source="offline"), changed(event_id="another")])
    assert batch.times(EVENT) == 1


def test_one_event_alone_is_constant_in_nothing():
    batch = BatchFacts.of([changed(opt_out=True)])
    assert not batch.constant_event_id
    assert not batch.constant_opt_out


def test_a_batch_may_be_constant_in_id_and_opt_out():
    batch = BatchFacts.of([changed(opt_out=True), changed(opt_out=True, event_name="lead")])
    assert batch.constant_event_id
    assert batch.constant_opt_out
