"""What every page has around it."""

import pytest
from flask import Flask, Response

from mockpin.emulator.emulator import Emulator
from mockpin.web.pages.frame import HEADERS, POLICY, Site, find_api_uri, read_number, secure
from tests.mockpin.web.site import Site as Pages
from tests.mockpin.web.site import text_of

APP = Flask("mockpin.web")


@pytest.mark.parametrize(
    ("said", "number"),
    [("7", 7), ("007", 7), ("9" * 18, 10**18 - 1), ("9" * 19, None), ("", None), ("-1", None), ("1.5", None),
     ("٣", None), ("²", None), (" 7", None)],
)  # fmt: skip
def test_a_number_of_the_query_is_one_that_the_history_could_have(said, number):
    with APP.test_request_context(query_string={"after": said}):
        assert read_number("after") == number


@pytest.mark.parametrize(
    ("host", "uri"),
    [("http://127.0.0.1:7466/", "http://127.0.0.1:7466/v5"), ("https://mock.test/", "https://mock.test/v5")],
)
def test_senders_find_the_api_where_the_reader_found_the_page(host, uri):
    with APP.test_request_context(base_url=host):
        assert find_api_uri() == uri


@pytest.mark.parametrize("path", ["/", "/requests", "/nowhere", "/events/99"])
def test_every_page_and_every_missing_one_is_kept_to_itself(path):
    answer = Pages().get(path)
    assert HEADERS.items() <= dict(answer.headers).items()


def test_the_policy_lets_nothing_in_that_is_inline_or_from_elsewhere():
    assert POLICY.startswith("default-src 'none'")
    assert "unsafe" not in POLICY
    assert "http" not in POLICY


@pytest.mark.parametrize(
    ("mimetype", "kept"), [("text/css", "no-cache"), ("image/svg+xml", "no-cache"), ("text/html", "no-store")]
)
def test_what_looks_the_same_for_long_may_be_kept_and_what_was_received_may_not(mimetype, kept):
    assert secure(Response(mimetype=mimetype)).headers["Cache-Control"] == kept


def test_a_header_that_a_page_has_set_is_left():
    answer = secure(Response(headers={"Cache-Control": "private"}))
    assert answer.headers["Cache-Control"] == "private"


def test_a_page_that_is_not_there_says_so_in_words():
    answer = Pages().get("/nowhere")
    assert (answer.status_code, "There is no such page" in text_of(answer)) == (404, True)


def test_mappings_go_by_the_names_of_their_subscriptions():
    assert {"Checkout", "Add to Cart", "Search"} <= Site(Emulator()).mappings.keys()
