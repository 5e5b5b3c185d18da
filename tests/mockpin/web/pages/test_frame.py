"""What every page has around it."""

import gzip

import pytest
from flask import Flask, Response

from mockpin.emulator.emulator import Emulator
from mockpin.emulator.pipeline.faults import Fault, FaultRule
from mockpin.web.pages.frame import (
    HEADERS,
    POLICY,
    Site,
    compress,
    find_api_uri,
    read_number,
    read_numbers,
    secure,
)
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


def compressed(answer, accepted="gzip"):
    with APP.test_request_context(headers={"Accept-Encoding": accepted} if accepted else {}):
        return compress(answer)


@pytest.mark.parametrize(("length", "is_compressed"), [(999, False), (1000, True)])
def test_a_page_of_a_thousand_bytes_is_compressed(length, is_compressed):
    answer = compressed(Response("x" * length, mimetype="text/html"))
    assert answer.headers.get("Content-Encoding") == ("gzip" if is_compressed else None)
    assert answer.headers["Vary"] == "Accept-Encoding"
    body = answer.get_data()
    assert (gzip.decompress(body) if is_compressed else body) == b"x" * length


@pytest.mark.parametrize(
    ("members", "accepted"),
    [
        ({"mimetype": "text/html"}, ""),
        ({"mimetype": "text/html"}, "gzip;q=0"),
        ({"mimetype": "image/png"}, "gzip"),
        ({"mimetype": "text/css", "headers": {"Content-Encoding": "br"}}, "gzip"),
    ],
)
def test_what_a_browser_does_not_want_or_is_compact_already_is_left(members, accepted):
    answer = compressed(Response("x" * 2000, **members), accepted)
    assert (answer.get_data(), answer.headers.get("Vary")) == (b"x" * 2000, None)


def test_a_stream_is_not_compressed():
    assert compressed(Response(iter(["x" * 2000]), mimetype="text/html")).is_streamed


def test_several_numbers_are_separated_by_commas():
    with APP.test_request_context(query_string={"seq": "3,x,-1,5"}):
        assert (read_numbers("seq"), read_numbers("after")) == ([3, 5], [])


def test_the_token_of_the_workbench_is_made_once_and_opens_every_account():
    emulator = Emulator()
    site = Site(emulator)
    assert site.workbench_token == site.workbench_token
    assert site.workbench_token.startswith("pina_")
    assert Site(emulator).workbench_token != site.workbench_token


def test_the_frame_tells_a_moved_clock_and_the_faults_that_are_armed():
    emulator = Emulator(clock=lambda: 5.0)
    with APP.test_request_context(base_url="https://mock.test/"):
        told = Site(emulator, start="abc").describe_frame()
        assert (told["host"], told["api_uri"]) == ("https://mock.test/", "https://mock.test/v5")
        assert told["start"] == "abc"
        assert (told["moved_clock"], told["is_clock_frozen"], told["armed_faults"]) == (None, False, 0)
        emulator.clock.freeze(7.0)
        emulator.faults.add(FaultRule(Fault("drop", True), times=1))
        emulator.faults.add(FaultRule(Fault("drop", True)))
        told = Site(emulator).describe_frame()
        assert (told["moved_clock"], told["is_clock_frozen"], told["armed_faults"]) == (7.0, True, 2)
