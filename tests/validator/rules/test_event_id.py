"""Event ids: blank ones, shared ones, and one id for all."""

import pytest

from mockpin_validator import Policy, validate
from mockpin_validator.rules.event_id import RULES
from tests.validator.events import NOW, changed
from tests.validator.rules.examples import check_example, list_examples


def about(rule, *events):
    payload = {"data": [changed(**fields) for fields in events]}
    return [(finding.path, finding.message) for finding in validate(payload, now=NOW) if finding.rule == rule]


def paths(rule, *events):
    return [path for path, _ in about(rule, *events)]


@pytest.mark.parametrize("event_id", ["", " ", "\t\n", "\u3000"])
def test_white_space_is_not_an_id(event_id):
    assert paths("event-id-blank", {"event_id": event_id}) == ["/data/0/event_id"]


@pytest.mark.parametrize(("consequence", "severity"), [("fail", "error"), ("warn", "warning")])
def test_the_policy_says_what_an_event_without_an_id_gets(consequence, severity):
    report = validate(changed(event_id=...), now=NOW, policy=Policy(event_id_missing=consequence))
    (finding,) = (finding for finding in report if finding.rule == "event-id-blank")
    assert (finding.severity, finding.path, finding.documented) == (severity, "/data/0", "inferred")
    assert finding.message.startswith("The event id is missing: ")


def test_by_default_the_schema_alone_speaks_of_an_event_without_an_id():
    found = [(finding.rule, finding.severity) for finding in validate(changed(event_id=...), now=NOW)]
    assert found == [("schema", "error")]


def test_events_without_ids_share_none():
    payload = {"data": [changed(event_id=...), changed(event_id=...)]}
    found = {finding.rule for finding in validate(payload, now=NOW, policy=Policy(event_id_missing="warn"))}
    assert found == {"event-id-blank"}


@pytest.mark.parametrize("event_id", ["0", "é", " o-1 ", "注文"])
def test_whatever_can_be_seen_is_an_id(event_id):
    assert paths("event-id-blank", {"event_id": event_id}) == []


def test_events_that_share_name_and_id_are_told_how_many_they_are():
    twice, other = {"event_id": "o-1"}, {"event_id": "o-2"}
    found = about("event-id-duplicated", twice, other, twice)
    assert [path for path, _ in found] == ["/data/0/event_id", "/data/2/event_id"]
    assert found[0][1].startswith("2 events of this batch share this name and id")


@pytest.mark.parametrize(("one", "two"), [("add_to_cart", "AddToCart"), ("Order Done", "Order Done")])
def test_a_name_is_the_same_in_every_spelling_that_pinterest_takes_for_it(one, two):
    other = {"event_id": "o-2"}
    events = [{"event_name": name, "event_id": "o-1"} for name in (one, two)]
    assert len(about("event-id-duplicated", *events, other)) == 2


def test_what_happened_offline_is_never_a_duplicate():
    sale = {"action_source": "offline", "event_id": "o-1"}
    assert paths("event-id-duplicated", sale, sale, {"event_id": "o-2"}) == []


@pytest.mark.parametrize("difference", [{"event_name": "lead"}, {"event_id": "o-3"}])
def test_another_name_and_another_id_are_not_duplicates(difference):
    one = {"event_name": "checkout", "event_id": "o-1"}
    other = {"event_name": "checkout", "event_id": "o-2"}
    assert paths("event-id-duplicated", one, {**one, **difference}, other) == []


def test_blank_ids_are_blank_and_not_the_same():
    blank = {"event_id": " "}
    assert paths("event-id-duplicated", blank, blank, {"event_id": "o-1"}) == []
    assert paths("event-id-constant", blank, blank) == []


def test_one_id_for_all_is_told_once_as_that_and_not_as_duplicates():
    events = [{"event_id": "fixed", "event_name": name} for name in ("checkout", "lead", "checkout")]
    assert {message for _, message in about("event-id-constant", *events)} == {
        "All 3 events of this batch have the same id."
    }
    assert about("event-id-duplicated", *events) == []


def test_one_event_alone_shares_its_id_with_nobody():
    assert paths("event-id-constant", {"event_id": "o-1"}) == []


@pytest.mark.parametrize(
    "value",
    [
        "undefined",
        "null",
        "NULL",
        "None",
        "NaN",
        " null ",
        "[object Object]",
        "{{ order.id }}",
        "${id}",
        "%s",
    ],
)
def test_a_word_for_what_is_not_there_is_not_an_id(value):
    assert paths("id-of-nothing", {"event_id": value}) == ["/data/0/event_id"]
    assert paths("id-of-nothing", {"custom_data": {"order_id": value}}) == ["/data/0/custom_data/order_id"]
    products = {"content_ids": ["a", value], "contents": [{"id": "a"}, {"quantity": 1}, {"id": value}]}
    assert paths("id-of-nothing", {"custom_data": products}) == [
        "/data/0/custom_data/content_ids/1", "/data/0/custom_data/contents/2/id",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "value", ["0", "none-1", "order-null", "Nonesuch", "nulls", "{1}", "$5", "%20", "[object]", ""]
)
def test_an_id_that_only_resembles_such_a_word_is_one(value):
    assert paths("id-of-nothing", {"event_id": value, "custom_data": {"order_id": value}}) == []


def test_an_event_without_an_order_has_no_id_of_nothing():
    assert paths("id-of-nothing", {"custom_data": ...}, {"custom_data": {"order_id": None}}) == []


@pytest.mark.parametrize("name", list_examples(RULES))
def test_a_rule_says_of_its_fixture_what_the_fixture_expects(name):
    check_example(name)
