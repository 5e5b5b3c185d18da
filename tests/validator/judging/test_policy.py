from mockpin_validator import Policy


def test_a_match_key_the_policy_names_has_its_own_verdict():
    assert Policy().verdict_on_unhashed("em") == "fail"
    assert Policy().verdict_on_unhashed("external_id") == "warn"


def test_a_star_speaks_for_the_other_match_keys():
    assert Policy(unhashed={"*": "fail"}).verdict_on_unhashed("ph") == "fail"
    assert Policy(unhashed={}).verdict_on_unhashed("ph") == "warn"
