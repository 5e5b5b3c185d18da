from io import StringIO

import orjson
import pytest

from mockpin.core.logs import make_log
from tests.mockpin.sending import PATH, Sending, conversion_event


def lines(form, *sent, **how):
    stream = StringIO()
    sending = Sending(log=make_log(stream, form=form))
    sending.post(*sent, **how)
    return stream.getvalue()


def test_a_line_for_people_says_what_came_and_what_became_of_it():
    bad = conversion_event(event_id="o-2", user_data={"em": ["x"]})
    line = lines("text", conversion_event(), conversion_event(), bad)
    assert line.startswith(
        f"POST {PATH} 422 received=3 processed=2 failed=1 duplicates=1 match-key-not-hashed "
    )
    assert line.endswith("ms #1\n")


def test_a_line_for_machines_is_one_json_object():
    entry = orjson.loads(lines("json", conversion_event(), query="test=true"))
    assert (entry["status"], entry["test"], entry["received"], entry["source"]) == (200, True, 1, "api")
    assert set(entry) >= {
        "time",
        "request_id",
        "method",
        "path",
        "processed",
        "failed",
        "duplicates",
        "rule",
        "milliseconds",
    }


def test_a_refused_payload_names_the_schema():
    assert " 400 received=0 processed=0 failed=0 schema " in lines("text", {"event_name": "x"})


def test_a_request_that_never_was_read_names_no_rule():
    assert " 401 received=0 processed=0 failed=0 0" in lines("text", conversion_event(), token="x")


@pytest.mark.parametrize("path", ["a\nb", "a\x1b[2J", "a\u2028b"])
def test_a_path_cannot_forge_a_line(path):
    line = lines("text", ad_account_id=path)
    assert line.count("\n") == 1
    assert line.strip("\n").isprintable()
