from mockpin_validator import Complaint, Judge, Rule
from mockpin_validator.judging.finding import Evidence
from mockpin_validator.judging.rule import HINT, build_finding, is_recommendation, rule
from tests.validator.events import changed

HOUSE = Evidence("the house rules", "documented", "2026-01-01")


@rule(HINT, HOUSE)
def order_id_in_capitals(event, context):
    """An order id is written in capitals."""
    del context
    if event["custom_data"]["order_id"] != event["custom_data"]["order_id"].upper():
        yield Complaint("/custom_data/order_id", "Small letters.", "Use capitals.")


def test_a_rule_is_named_for_its_generator():
    assert order_id_in_capitals.name == "order-id-in-capitals"
    assert order_id_in_capitals.summary == "An order id is written in capitals."


def test_a_rule_of_ones_own_is_judged_like_any_other():
    judge = Judge(rules={"house": order_id_in_capitals})
    ((finding,),) = judge.judge({"data": [changed()]}, now=None)
    assert (finding.rule, finding.severity) == ("order-id-in-capitals", "info")
    assert (finding.source, finding.documented) == ("the house rules", "documented")


def test_a_rule_needs_no_more_than_a_name_a_check_a_severity_and_a_source():
    plain = Rule("never", lambda *_: iter(()), {"faithful": "error"}, "us", "inferred")
    assert Judge(rules={"never": plain}).judge({"data": [changed()]}, now=None) == ((),)
    assert plain.summary == ""


def test_a_profile_that_a_rule_does_not_name_leaves_it_out():
    assert Judge(profile="lenient", rules={"house": order_id_in_capitals}).judge(
        {"data": [changed()]}, now=None
    ) == ((),)


def test_a_complaints_own_source_goes_before_its_rules():
    complaint = Complaint("/custom_data", "Small letters.", "Use capitals.")
    found = build_finding(order_id_in_capitals, complaint, "error", place="/data/0", line=3)
    assert (found.rule, found.path, found.source, found.line) == (
        "order-id-in-capitals",
        "/data/0/custom_data",
        "the house rules",
        3,
    )
    seen = Evidence("a reply", "observed", "2026-01-02")
    found = build_finding(order_id_in_capitals, complaint._replace(evidence=seen), "error")
    assert (found.source, found.documented) == ("a reply", "observed")


def test_a_rule_about_a_missing_field_only_recommends_it():
    assert is_recommendation("click-id-missing")
    assert not is_recommendation("click-id-form")
