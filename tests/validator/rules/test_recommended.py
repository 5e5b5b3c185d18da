import pytest

from mockpin_validator import Policy, validate
from mockpin_validator.rules.recommended import RULES
from tests.validator.events import NOW, changed
from tests.validator.rules.examples import check_example, list_examples

BARE = changed(event_name="lead", user_data__external_id=..., user_data__click_id=...)


def replies(event, policy=None):
    return [finding.reply for finding in validate(event, now=NOW, policy=policy) if finding.reply]


def test_what_is_missing_is_told_in_the_words_of_2026():
    external_id, click_id = replies(BARE)
    assert external_id.startswith("external_id is missing. We highly recommend this on all events. ")
    assert click_id.startswith("click_id is missing")


@pytest.mark.parametrize("warnings", ["2024", "off"])
def test_in_2024_nothing_was_recommended(warnings):
    assert replies(BARE, Policy(warnings=warnings)) == []


@pytest.mark.parametrize("source", ["offline", "app_ios"])
def test_a_click_id_is_expected_of_web_events_only(source):
    assert replies(changed(user_data__click_id=..., action_source=source)) == []


def test_each_match_key_that_a_checkout_lacks_is_named():
    bare = changed(event_name="checkout", user_data__ph=..., user_data__ln=...)
    (said,) = [f for f in validate(bare, now=NOW) if f.rule == "checkout-match-keys-missing"]
    assert said.message == "The checkout lacks ph, ln: Pinterest highly recommends each there."
    assert said.fix == "Send the SHA-256 of ph, ln where the customer gave it."


def test_an_empty_external_id_is_missing_too():
    assert len(replies(changed(user_data__external_id=[]))) == 1


def test_warnings_may_be_off_altogether():
    plain = changed(user_data__external_id=["user-17"])
    assert replies(plain, Policy(warnings="2024")) == ["'external_id' is not in sha256 hashed format"]
    assert replies(plain, Policy(warnings="off")) == []


@pytest.mark.parametrize("name", list_examples(RULES))
def test_a_rule_says_of_its_fixture_what_the_fixture_expects(name):
    check_example(name)
