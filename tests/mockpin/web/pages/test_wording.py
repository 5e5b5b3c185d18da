"""Times, spans and names as the pages write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockpin.web.pages.wording import (
    FILTERS,
    find_gravest,
    name_gravity,
    name_source,
    spell_out,
    write_minute,
    write_moment,
    write_span,
    write_time,
    write_visible,
)


@pytest.mark.parametrize(("seconds", "said"), [
    (0, "0 ms"), (0.34, "340 ms"), (1, "1 s"), (125, "2 min 5 s"), (7200, "2 h"), (-90_061, "1 d 1 h"),
])  # fmt: skip
def test_a_span_has_its_two_greatest_units(seconds, said):
    assert write_span(seconds) == said


def test_the_day_is_said_when_it_is_another():
    assert write_time(0, 3600) == "00:00:00"
    assert write_time(0, 90_000) == "01 Jan 00:00:00"


@given(st.floats(allow_nan=True, allow_infinity=True) | st.integers())
def test_any_number_can_be_written_as_a_moment(seconds):
    assert write_moment(seconds)


def test_a_long_value_is_told_by_its_beginning():
    assert write_visible("\u202ex" * 1000, longest=200) == "\\u202ex" * 100 + "…"
    assert write_visible("\u202ex") == "\\u202ex"
    assert write_visible(7) == "7"


def test_the_gravest_finding_is_the_first_of_its_kind():
    info, warning, error = ({"severity": text} for text in ("info", "warning", "error"))
    assert find_gravest({"findings": [info, warning, error]}) is error
    assert find_gravest({"findings": []}) is None
    assert name_gravity({"status": "processed", "findings": [info, warning]}) == "warned"
    assert name_gravity({"status": "failed", "findings": []}) == "failed"
    assert name_gravity({"status": "processed", "findings": [info]}) == "processed"


def test_sources_and_names_are_written_in_words():
    assert [name_source(source) for source in ("api", "tag", "other")] == ["API", "tag", "other"]
    assert name_source("segment") == "Segment"
    assert spell_out("only_api") == "only API"
    assert spell_out("NEEDS_IMPROVEMENT") == "needs improvement"


def test_a_minute_has_its_day():
    assert write_minute(1_769_860_859) == "31 Jan 2026 12:00"
    assert write_minute(1e20) == "1e+20"


def test_a_brief_value_has_200_characters():
    assert [len(FILTERS["brief"]("x" * length)) for length in (200, 201)] == [200, 201]
    assert FILTERS["brief"]("x" * 201).endswith("x…")
