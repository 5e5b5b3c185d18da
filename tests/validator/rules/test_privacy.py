import pytest

from mockpin_validator import Policy, validate
from mockpin_validator.rules.privacy import RULES
from tests.validator.events import NOW, changed
from tests.validator.rules.examples import check_example, list_examples
from tests.validator.tricky import digest


def said(event, policy=None):
    report = validate(event, now=NOW, policy=policy)
    return {finding.rule: finding.message for finding in report if "opt_out" in finding.path}


@pytest.mark.parametrize("state", ["ca", "CA"])
@pytest.mark.parametrize("country", ["us", "US"])
def test_hashes_of_either_case_make_limited_data_processing_apply(state, country):
    event = changed(
        custom_data__opt_out_type="LDP", user_data__st=[digest(state)], user_data__country=[digest(country)]
    )
    (finding,) = (each for each in validate(event, now=NOW) if each.rule == "limited-data-processing")
    assert set(said(event)) == {"limited-data-processing"}
    assert ("upper-case codes" in finding.fix) is (state.isupper() or country.isupper())


@pytest.mark.parametrize("missing", ["st", "country"])
def test_without_state_or_country_it_is_ignored_and_the_missing_one_is_named(missing):
    event = changed(custom_data__opt_out_type="LDP", **{f"user_data__{missing}": ...})
    assert said(event) == {
        "limited-data-processing-incomplete": f"LDP is ignored: user_data has no {missing}."
    }


def test_another_state_is_named():
    event = changed(custom_data__opt_out_type="LDP", user_data__st=[digest("ny")])
    assert "st is ny" in said(event)["limited-data-processing-elsewhere"]


def test_a_hash_of_no_state_is_told_as_such():
    event = changed(custom_data__opt_out_type="LDP", user_data__st=[digest("nowhere")])
    assert (
        "st is not the hash of a code that mockpin knows" in said(event)["limited-data-processing-elsewhere"]
    )


def test_codes_in_plain_text_are_told_as_such():
    event = changed(custom_data__opt_out_type="LDP", user_data__st=["CA"], user_data__country=["US"])
    assert "st is not hashed, country is not hashed" in said(event)["limited-data-processing-elsewhere"]


def test_the_states_are_the_policys():
    event = changed(custom_data__opt_out_type="LDP", user_data__st=[digest("ny")])
    assert set(said(event, Policy(ldp_states=("CA", "NY")))) == {"limited-data-processing"}


@pytest.mark.parametrize("flags", ["", None])
def test_no_flag_asks_for_nothing(flags):
    assert said(changed(custom_data__opt_out_type=flags)).keys() <= {"null-field", "empty-field"}


@pytest.mark.parametrize(
    ("flag", "fix"), [("ldp", "Send 'LDP' for limited data processing."), ("ccpa", "Leave it out.")]
)
def test_the_flag_is_written_in_capitals_and_no_other_is_processed(flag, fix):
    (finding,) = validate(changed(custom_data__opt_out_type=flag), now=NOW).findings
    assert finding.message == f"'{flag}' is not a flag that Pinterest processes."
    assert finding.fix == fix


def test_opt_out_means_another_thing_for_app_events():
    (web,) = said(changed(opt_out=True)).values()
    (app,) = said(changed(opt_out=True, action_source="app_ios")).values()
    assert "web and offline" in web
    assert "Limit Ad Tracking" in app


def test_opting_out_everybody_is_a_mistake_told_in_place_of_the_note():
    batch = [changed(opt_out=True), changed(opt_out=True, event_id="e2")]
    rules = {finding.rule for finding in validate(batch, now=NOW)}
    assert rules == {"opt-out-on-everything"}


@pytest.mark.parametrize(("opt_out", "count"), [("true", 2), ("false", 0)])
def test_an_opt_out_in_quotes_counts_as_what_it_says(opt_out, count):
    report = validate({"data": [changed(opt_out=opt_out, event_id=name) for name in "ab"]}, now=NOW)
    assert [finding.rule for finding in report].count("opt-out-on-everything") == count


@pytest.mark.parametrize(("state", "country", "severity"), [
    ("co", "us", "info"), ("NY", "US", "info"), ("by", "us", "warning"), ("co", "de", "warning"),
    ("co", "usa", "warning"), ("colorado", "us", "warning"),
])  # fmt: skip
def test_in_another_state_nothing_is_known_and_abroad_it_is_a_mistake(state, country, severity):
    event = changed(
        custom_data__opt_out_type="LDP", user_data__st=[digest(state)], user_data__country=[digest(country)]
    )
    (finding,) = (
        finding for finding in validate(event, now=NOW) if finding.rule == "limited-data-processing-elsewhere"
    )
    assert (finding.severity, finding.documented) == (severity, "inferred")
    assert ("Check st and country" in finding.fix) is (severity == "warning")
    assert "leave the flag out" not in finding.fix


@pytest.mark.parametrize("name", list_examples(RULES))
def test_a_rule_says_of_its_fixture_what_the_fixture_expects(name):
    check_example(name)
