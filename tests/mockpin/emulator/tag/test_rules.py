"""What is said of a tag's data that cannot be read."""

import pytest

from mockpin.emulator.tag.rules import TAG_RULES, find_unreadable, judge_hit
from mockpin_validator import RULES


@pytest.mark.parametrize("value", ["x", "{", ["a"], 5, "null"])
@pytest.mark.parametrize(
    ("name", "path"), [("ed", "/data/0/custom_data"), ("pd", "/data/0/user_data"), ("ad", "/data/0")]
)
def test_what_is_not_an_object_is_told_with_the_place_where_it_would_have_been(name, path, value):
    (finding,) = find_unreadable({name: value})
    assert (finding.rule, finding.severity, finding.path) == ("tag-data-unreadable", "info", path)
    assert finding.message.startswith(f"The tag's {name} is not a JSON object; ")


@pytest.mark.parametrize(
    "fields", [{}, {"ed": ""}, {"pd": None}, {"ed": {}, "ad": {"loc": "x"}}, {"tid": "x"}]
)
def test_what_is_an_object_or_not_there_is_left_alone(fields):
    assert find_unreadable(fields) == ()


def test_each_parameter_is_told_by_itself_and_none_with_what_it_holds():
    found = find_unreadable({"ed": "jane@example.com", "pd": "jane@example.com"})
    assert len(found) == 2
    assert "jane" not in repr(found)


def test_its_rules_have_names_of_their_own():
    assert not TAG_RULES.keys() & RULES.keys()


HIT = {"custom_data": {"value": "1"}, "event_name": "checkout", "user_data": {}}


def test_a_hit_is_judged_by_its_parameters_and_by_the_event_read_from_them():
    found = judge_hit({"pd": "x"}, HIT)
    assert [(finding.rule, finding.severity, finding.path) for finding in found] == [
        ("tag-data-unreadable", "info", "/data/0/user_data"),
        ("tag-currency-missing", "info", "/data/0/custom_data"),
        ("tag-order-id-missing", "info", "/data/0/custom_data"),
        ("tag-products-missing", "info", "/data/0/custom_data"),
    ]


def test_a_finding_has_its_rules_severity():
    (finding,) = judge_hit({}, {**HIT, "event_name": "Purchase", "custom_data": {}})
    assert (finding.severity, finding.source) == ("warning", TAG_RULES[finding.rule].source)
