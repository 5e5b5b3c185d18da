import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockpin.emulator.pipeline.requests import HttpRequest

SECRET = "pina_secret"


def asked(query="", **headers):
    return HttpRequest("POST", "/v5", query, headers, b"jane@example.com")


@pytest.mark.parametrize(
    ("authorization", "token"),
    [
        (f"Bearer {SECRET}", SECRET),
        (f"bearer  {SECRET} ", SECRET),
        ("Bearer", None),
        ("Bearer  ", None),
        (f"Basic {SECRET}", None),
        (SECRET, None),
        ("", None),
    ],
)
def test_a_token_stands_behind_the_scheme_bearer_in_any_case(authorization, token):
    assert asked(authorization=authorization).token == token


def test_a_request_without_the_header_has_no_token():
    assert asked().token is None


@pytest.mark.parametrize(
    ("query", "test"),
    [
        ("test=true", True),
        ("a=1&test=TRUE", True),
        ("test=%74rue", True),
        ("test=false", False),
        ("test=1", False),
        ("test", False),
        ("test=", False),
        ("latest=true", False),
        ("is_test=TRUE", False),
        ("", False),
    ],
)
def test_only_test_true_makes_a_test_request(query, test):
    assert asked(query).test is test


@given(st.text(max_size=30))
def test_whatever_the_query_says_it_is_a_test_request_or_not(query):
    assert asked(query).test in (True, False)
