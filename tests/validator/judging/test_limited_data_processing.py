import re
from hashlib import sha256

import pytest

from mockpin_validator.judging.limited_data_processing import flags, limit_data_processing


def digest(text):
    return sha256(text.encode()).hexdigest()


def event(opt_out_type="LDP", st="CA", country="US"):
    return {
        "custom_data": {"opt_out_type": opt_out_type},
        "user_data": {"st": [digest(st)] if st else None, "country": [digest(country)] if country else None},
    }


@pytest.mark.parametrize("fields", [
    {}, {"st": "ca"}, {"country": "us"}, {"st": "ca", "country": "us"}, {"opt_out_type": "X, LDP"},
])  # fmt: skip
def test_it_applies_when_all_three_values_say_so_in_either_case(fields):
    assert limit_data_processing(event(**fields), ("CA",)).applies


@pytest.mark.parametrize(("fields", "reason"), [
    ({"opt_out_type": None}, "does not ask for LDP"), ({"opt_out_type": "ldp"}, "does not ask for LDP"),
    ({"opt_out_type": "LDPX"}, "does not ask for LDP"),
    ({"st": None}, "user_data.st is missing$"), ({"st": "NV"}, "user_data.st is not"),
    ({"country": "DE"}, "user_data.country is not"),
    ({"st": "", "country": ""}, "st is missing and user_data.country is missing"),
])  # fmt: skip
def test_the_reason_names_what_is_missing(fields, reason):
    decision = limit_data_processing(event(**fields), ("CA",))
    assert not decision.applies
    assert re.search(reason, decision.reason)


def test_other_states_may_be_chosen():
    assert limit_data_processing(event(st="CO"), ("CA", "CO")).applies


@pytest.mark.parametrize(
    "event", [{}, {"custom_data": None}, {"custom_data": {"opt_out_type": "LDP"}, "user_data": {}}]
)
def test_an_event_without_the_fields_is_not_under_it(event):
    assert not limit_data_processing(event, ("CA",)).applies


def test_upper_case_hexadecimal_digits_count():
    upper = {**event(), "user_data": {"st": [digest("CA").upper()], "country": digest("US").upper()}}
    assert limit_data_processing(upper, ("CA",)).to_dict()["applies"]


@pytest.mark.parametrize(
    ("opt_out_type", "found"), [(None, ()), (5, ()), ("", ()), (" LDP ,, GPC,LDP", ("LDP", "GPC"))]
)
def test_flags_are_separated_by_commas_and_each_counts_once(opt_out_type, found):
    assert flags(opt_out_type) == found
