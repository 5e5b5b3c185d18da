from mockpin_validator import Policy
from mockpin_validator.contract.request import Demands
from mockpin_validator.judging.policy import verdict_of


def test_a_match_key_the_policy_names_has_its_own_verdict():
    assert Policy().verdict_on_unhashed("em") == "fail"
    assert Policy().verdict_on_unhashed("external_id") == "warn"


def test_a_star_speaks_for_the_other_match_keys():
    assert Policy(unhashed={"*": "fail"}).verdict_on_unhashed("ph") == "fail"
    assert Policy(unhashed={}).verdict_on_unhashed("ph") == "warn"


def test_a_consequence_is_a_verdict_on_the_event_unless_the_schema_refuses_it():
    assert [verdict_of(text) for text in ("refuse", "fail", "warn")] == [None, "fail", "warn"]


def test_the_schema_demands_what_the_policy_refuses():
    assert Policy().demands == Demands(identity=True, event_id=True)
    assert Policy(user_data_minimum="fail").demands == Demands(identity=False, event_id=True)
    assert Policy(event_id_missing="warn").demands == Demands(identity=True, event_id=False)
