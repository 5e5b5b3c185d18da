from mockpin_transformer.payloads.limits import find_limits
from mockpin_transformer.payloads.schema import Field


def test_a_length_counts_code_points_and_concerns_text_only():
    (limit,) = find_limits(Field("os_name", max_length=2))
    assert [limit.holds(each) for each in ("😀😀", "abc", 12345)] == [True, False, True]


def test_a_time_must_read_as_one_if_it_is_text():
    (limit,) = find_limits(Field("install_time", "string or number"))
    assert [limit.holds(each) for each in ("2026-11-24", "soon", 1e300)] == [True, False, True]


def test_choices_are_case_sensitive():
    (limit,) = find_limits(Field("os_family", choices=("ios", "android")))
    assert [limit.holds(each) for each in ("ios", "iOS", ["ios"])] == [True, False, False]
