import pytest

from mockpin_transformer.errors import SettingsInvalid
from mockpin_transformer.sending.settings import read_settings


def test_numbers_are_taken_for_text_and_unknown_settings_dropped():
    found = read_settings({"ad_account_id": 5, "conversion_token": "", "region": "x"})
    assert (found.ad_account_id, found.conversion_token) == ("5", "")


def test_the_token_is_never_shown():
    assert "pina_1" not in repr(read_settings({"ad_account_id": "5", "conversion_token": "pina_1"}))


def test_what_is_missing_or_wrong_is_named():
    with pytest.raises(SettingsInvalid) as caught:
        read_settings({"conversion_token": {}})
    assert str(caught.value) == (
        "The root value is missing the required field 'ad_account_id'."
        " Conversion Token must be a string but it was an object."
    )
