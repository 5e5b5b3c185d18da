from hypothesis import given
from hypothesis import strategies as st

from mockpin.calibration.exporting import describe_event
from mockpin.calibration.probes import BASE_EVENT, read_variant

VALUES = st.none() | st.booleans() | st.integers() | st.text(max_size=5)
EVENTS = st.dictionaries(
    st.sampled_from([*BASE_EVENT, "opt_out"]),
    st.dictionaries(st.sampled_from(["em", "value", "x"]), VALUES.filter(lambda value: value is not None)),
)


@given(EVENTS, st.integers(-10_000, 10_000).filter(bool))
def test_an_exported_event_is_built_again(event, age):
    described = describe_event({**event, "event_time": 1_000_000 - age, "event_id": "own"}, 1_000_000)
    built = read_variant(described).build(1_000_000)
    assert built.pop("event_time") == 1_000_000 - age
    assert built.pop("event_id").startswith("mockpin-calibrate-")
    assert built == event
