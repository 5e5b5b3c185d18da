"""Whether user_data identifies somebody."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockpin_validator import Policy, validate
from mockpin_validator.contract.request import properties_of
from mockpin_validator.rules.identity import RULES
from tests.validator.events import CLEAN, NOW, changed
from tests.validator.rules.examples import check_example, list_examples

FILLED = {
    "em": ["1" * 64],
    "hashed_maids": ["2" * 64],
    "client_ip_address": "8.8.4.4",
    "client_user_agent": "x",
}
EMPTY = {"em": [], "hashed_maids": [], "client_ip_address": "", "client_user_agent": ""}


def rules(user_data):
    report = validate({**CLEAN["web"], "user_data": user_data}, now=NOW)
    return {finding.rule for finding in report}


@pytest.mark.parametrize(
    "keys", [("em",), ("hashed_maids",), ("client_ip_address", "client_user_agent")], ids="+".join
)
def test_each_of_three_identities_is_enough(keys):
    assert "user-data-minimum" not in rules(EMPTY | {key: FILLED[key] for key in keys})


@given(st.sets(st.sampled_from(sorted(FILLED))))
def test_somebody_is_identified_exactly_when_one_of_the_three_is_filled(keys):
    identified = "em" in keys or "hashed_maids" in keys or {"client_ip_address", "client_user_agent"} <= keys
    assert ("user-data-minimum" in rules(EMPTY | {key: FILLED[key] for key in keys})) is not identified


def test_what_is_not_there_at_all_is_refused_by_the_schema_and_not_told_twice():
    found = rules({"external_id": ["1" * 64]})
    assert ("schema" in found, "user-data-minimum" in found) == (True, False)


@pytest.mark.parametrize(
    ("consequence", "severity"), [("refuse", "error"), ("fail", "error"), ("warn", "warning")]
)
def test_the_policy_says_what_a_person_gets_whom_nothing_identifies(consequence, severity):
    event = changed(user_data={"external_id": ["1" * 64], "client_ip_address": "8.8.4.4"})
    report = validate(event, now=NOW, policy=Policy(user_data_minimum=consequence))
    (finding,) = (finding for finding in report if "does not identify anyone" in finding.message)
    rule = "schema" if consequence == "refuse" else "user-data-minimum"
    assert (finding.rule, finding.severity, finding.path) == (rule, severity, "/data/0/user_data")


def test_what_is_there_but_empty_warns_whatever_the_policy_says():
    report = validate(changed(user_data=EMPTY), now=NOW, policy=Policy(user_data_minimum="fail"))
    (finding,) = (finding for finding in report if finding.rule == "user-data-minimum")
    assert finding.severity == "warning"
    assert finding.message == "user_data does not identify anyone: its required fields are empty."


@pytest.mark.parametrize("value", ["new", "returning"])
def test_a_customer_is_new_or_returning(value):
    assert rules(FILLED | {"customer_type": value}) == rules(FILLED)


@pytest.mark.parametrize("value", ["vip", "New", "", None, ["new"]])
def test_any_other_customer_is_refused(value):
    (finding,) = (
        finding
        for finding in validate(changed(user_data__customer_type=value), now=NOW)
        if finding.rule == "schema"
    )
    assert (finding.severity, finding.path) == ("error", "/data/0/user_data/customer_type")


@pytest.mark.parametrize("name", properties_of("match_keys"))
def test_every_match_key_of_the_contract_is_known(name):
    assert "user-data-field-unknown" not in rules({**FILLED, name: FILLED.get(name)})


def test_an_unknown_field_is_told_what_may_be_meant():
    (finding,) = (
        finding
        for finding in validate(changed(user_data__email=["1" * 64]), now=NOW)
        if finding.rule == "user-data-field-unknown"
    )
    assert (finding.path, finding.message) == (
        "/data/0/user_data/email",
        "Pinterest does not document user_data.email and probably ignores it.",
    )
    assert "em" in finding.fix


def test_a_field_whose_name_is_somebodys_address_is_not_named():
    (finding,) = (
        finding
        for finding in validate(changed(**{"user_data__jane@x.org": 1}), now=NOW)
        if finding.rule == "user-data-field-unknown"
    )
    assert (finding.path, finding.documented) == ("/data/0/user_data", "inferred")
    assert finding.message.startswith("user_data holds a field that Pinterest does not document")
    assert "jane" not in finding.fix


def test_of_opt_out_type_in_user_data_nothing_is_claimed():
    (finding,) = validate(changed(user_data__opt_out_type="LDP"), now=NOW)
    assert (finding.rule, finding.path) == ("user-data-field-unknown", "/data/0/user_data/opt_out_type")
    assert finding.message.endswith("is unknown.")
    assert (finding.fix, finding.documented) == ("Send custom_data.opt_out_type.", "inferred")


@pytest.mark.parametrize("name", list_examples(RULES))
def test_a_rule_says_of_its_fixture_what_the_fixture_expects(name):
    check_example(name)
