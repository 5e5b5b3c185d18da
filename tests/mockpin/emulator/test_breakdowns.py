import io
import json
import logging

import pytest
from jinja2 import Environment, FileSystemLoader

from mockpin.emulator.breakdowns import make_handler, report_breakdown
from mockpin.emulator.history.store_errors import StoreClosed, StoreUnwritable


@pytest.fixture
def said():
    """What a handler of a form writes of a breakdown."""

    def write(form):
        stream = io.StringIO()
        handler = make_handler(stream, form=form)
        handler.handle(logging.makeLogRecord({"levelname": "ERROR", "msg": "It is %s.", "args": ("full",)}))
        return stream.getvalue()

    return write


def test_a_breakdown_is_said_by_type_and_place_without_its_message(caplog):
    try:
        raise ValueError("pina_secret")
    except ValueError as error:
        report_breakdown(error)
    (line,) = caplog.messages
    assert line == f"mockpin broke down: ValueError at {__name__}:27. Please report it."


def test_the_place_is_where_it_was_raised_and_no_path(caplog):
    try:
        json.loads("{")
    except ValueError as error:
        report_breakdown(error)
    assert " at json.decoder:" in caplog.text
    assert "/" not in caplog.messages[0]


def test_a_breakdown_within_a_template_names_the_template_without_its_folder(caplog, tmp_path):
    (tmp_path / "broken.html").write_text("first line\n{{ 1 / 0 }}")
    try:
        Environment(loader=FileSystemLoader(tmp_path), autoescape=True).get_template("broken.html").render()
    except ZeroDivisionError as error:
        report_breakdown(error)
    assert caplog.messages == ["mockpin broke down: ZeroDivisionError at broken.html:2. Please report it."]


def test_an_error_that_was_never_raised_has_no_place(caplog):
    report_breakdown(ValueError())
    assert caplog.messages == ["mockpin broke down: ValueError. Please report it."]


def test_a_store_says_itself_what_is_wrong_with_it_and_nothing_once_it_is_closed(caplog):
    for failure in (StoreUnwritable("s.db", "the disk is full"), StoreClosed("s.db")):
        report_breakdown(failure)
    assert caplog.messages == [str(StoreUnwritable("s.db", "the disk is full"))]


def test_a_line_for_people_is_the_message(said):
    assert said("text") == "It is full.\n"


def test_a_line_for_machines_is_json(said):
    line = json.loads(said("json"))
    assert (line["level"], line["message"], type(line["time"])) == ("error", "It is full.", float)
