import pytest

from mockpin_validator import Policy, validate
from mockpin_validator.contract.names import STANDARD_EVENT_NAMES
from mockpin_validator.rules.event_name import RULES
from tests.validator.events import NOW, changed
from tests.validator.rules.examples import check_example, list_examples


def about(name, policy=None):
    report = validate(changed(event_name=name, action_source="offline"), now=NOW, policy=policy)
    return [finding for finding in report if finding.rule == "event-name-unknown"]


@pytest.mark.parametrize("name", STANDARD_EVENT_NAMES)
def test_a_standard_name_is_fine(name):
    assert about(name) == []


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("purchase", "checkout"),
        ("Purchase", "checkout"),
        ("AddToCart", "add_to_cart"),
        ("pageview", "page_visit"),
        ("page_view", "page_visit"),
        ("addtocart", "add_to_cart"),
        ("Order Completed", "checkout"),
        ("sign_up", "signup"),
        ("check_out", "checkout"),
    ],
)
def test_a_misspelt_event_name_gets_the_nearest_name(name, meant):
    (finding,) = about(name)
    assert finding.fix == f"Send '{meant}'."


def test_an_own_event_name_is_advised_to_use_custom():
    (finding,) = about("loyalty_tier_reached")
    assert "'custom'" in finding.fix


def test_by_default_it_is_a_warning_with_pinterests_words():
    (finding,) = about("subscription")
    assert finding.severity == "warning"
    assert finding.reply.startswith(
        "This event has a non-standard name and is currently being labeled as an 'Unknown' event. "
    )


def test_the_policy_may_fail_it_as_the_documentation_does():
    (finding,) = about("subscription", Policy(unknown_event_name="fail"))
    assert finding.severity == "error"
    assert finding.reply == (
        "Invalid event_name: subscription. "
        "Use a supported conversion event_name (for example subscribe, checkout)."
    )


@pytest.mark.parametrize("warnings", ["2024", "off"])
def test_an_unknown_event_name_adds_nothing_to_the_answer_of_2024(warnings):
    (finding,) = about("subscription", Policy(warnings=warnings))
    assert finding.reply is None


@pytest.mark.parametrize("name", list_examples(RULES))
def test_a_rule_says_of_its_fixture_what_the_fixture_expects(name):
    check_example(name)
