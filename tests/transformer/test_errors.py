import pickle

import pytest

from mockpin_transformer import errors

ALL = [
    errors.MappingInvalid("AggregateError", ("a", "b")),
    errors.DirectiveFailed("no"),
    errors.TriggerFailed("no"),
    errors.PayloadInvalid(("A must.", "B must.")),
    errors.UserDataInsufficient(),
    errors.EmptyValue(),
    errors.LanguageInvalid("en-GB"),
    errors.NotJson("Decimal", "/custom_data/value"),
    errors.NotJson("Decimal"),
    errors.SettingsInvalid(("A must.",)),
    errors.TooManyMappings(51, 50),
    errors.AuthenticationFailed("no"),
    errors.TokenUnusable(),
    errors.RegionUnavailable("XX", "no."),
    errors.MatchKeyUnknown("email", ("em",)),
]


@pytest.mark.parametrize("error", ALL, ids=lambda error: type(error).__name__)
def test_every_error_has_a_sentence_and_travels(error):
    assert str(error)
    assert str(pickle.loads(pickle.dumps(error))) == str(error)
    assert isinstance(error, errors.TransformerError)


@pytest.mark.parametrize("error", [e for e in ALL if isinstance(e, errors.TransformFailed)])
def test_a_failed_conversion_has_a_name_a_message_and_segments_status(error):
    assert error.name
    assert error.message == str(error)
    assert error.status in (None, 400)


def test_settings_that_cannot_be_used_have_segments_name_and_status():
    refused = errors.SettingsInvalid(("A must.", "B must."))
    assert (refused.name, refused.status, str(refused)) == ("AggregateAjvError", 400, "A must. B must.")


@pytest.mark.parametrize(
    ("name", "status"), [("ValidationError", 400), ("AggregateError", None), ("Error", None)]
)
def test_only_a_lone_problem_of_a_mapping_has_segments_status(name, status):
    assert errors.MappingInvalid(name, ("a",)).status == status
    assert errors.DirectiveFailed("a", name).status == status


@pytest.mark.parametrize(
    ("error", "segments"),
    [
        (errors.TriggerFailed("no"), ("TypeError", None, None)),
        (errors.PayloadInvalid(("A must.",)), ("AggregateAjvError", 400, None)),
        (errors.UserDataInsufficient(), ("IntegrationError", 400, "Misconfigured required field")),
        (errors.EmptyValue(), ("EmptyValueError", None, None)),
        (errors.LanguageInvalid("en-GB"), ("PayloadValidationError", 400, "PAYLOAD_VALIDATION_FAILED")),
    ],
    ids=lambda value: type(value).__name__,
)
def test_an_error_has_the_name_the_status_and_the_code_of_segments_own(error, segments):
    assert (error.name, error.status, error.code) == segments


def test_missing_user_data_points_to_each_field_that_would_do():
    assert [pointer.rpartition("/")[2] for pointer in errors.UserDataInsufficient().pointers] == [
        "email", "hashed_maids", "client_ip_address", "client_user_agent",
    ]  # fmt: skip
