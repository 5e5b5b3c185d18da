"""What the events of one name in a file have in common."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from mockpin_validator.archive.habits import MOST_NAMES, Habit, Watch, joined
from mockpin_validator.match_quality.quality import OTHERS

EVENTS = st.lists(
    st.fixed_dictionaries(
        {},
        optional={
            "event_name": st.sampled_from(["lead", "custom", "search", "signup"]),
            "event_id": st.sampled_from(["a", "b", " ", None, ["a"]]),
            "opt_out": st.sampled_from([True, False, "true"]),
        },
    )
    | st.none(),
    max_size=5,
)


def name_of(event):
    return event.get("event_name", "") if event else ""


def habits(events):
    watch = Watch()
    for event in events:
        if name_of(event) not in watch.settled:
            watch.note(name_of(event), event)
    return dict(watch.habits(Counter(map(name_of, events))))


@settings(deadline=None, max_examples=100)
@given(EVENTS, EVENTS, EVENTS)
def test_parts_add_up_to_the_whole(one, two, three):
    whole = habits([*one, *two, *three])
    assert joined(joined(habits(one), habits(two)), habits(three)) == whole
    assert joined(habits(one), joined(habits(two), habits(three))) == whole


@settings(deadline=None, max_examples=100)
@given(EVENTS, EVENTS, EVENTS)
def test_parts_add_up_to_the_whole_with_too_many_names_too(one, two, three):
    whole = joined({}, habits([*one, *two, *three]), most=2)
    first, second, third = (joined({}, habits(each), most=2) for each in (one, two, three))
    assert joined(joined(first, second, most=2), third, most=2) == whole
    assert joined(first, joined(second, third, most=2), most=2) == whole


@settings(deadline=None, max_examples=100)
@given(EVENTS)
def test_an_id_is_shared_when_every_event_of_the_name_carries_it(events):
    for name, habit in habits(events).items():
        ids = {str((event or {}).get("event_id")) for event in events if name_of(event) == name}
        assert bool(habit.event_id) == (ids in ({"a"}, {"b"}))
        assert habit.opted_out == all((e or {}).get("opt_out") is True for e in events if name_of(e) == name)


def test_too_many_names_are_put_together():
    many = {str(number): Habit(2, b"x", opted_out=True) for number in range(MOST_NAMES)}
    assert joined(many, {"lead": Habit(1, b"y", opted_out=True)}) == {
        OTHERS: Habit(2 * MOST_NAMES + 1, opted_out=True)
    }


def test_an_id_of_any_length_and_any_characters_is_kept_short():
    (habit,) = habits([{"event_id": "x" * 10**6 + "\ud800"}] * 2).values()
    assert len(habit.event_id) == 16
