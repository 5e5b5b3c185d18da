from io import StringIO

import orjson
import pytest

from mockpin.emulator.logs import make_log
from tests.mockpin.sending import AD_ACCOUNT_ID, PATH, Sending, conversion_event


def lines(form, *sent, **how):
    stream = StringIO()
    sending = Sending(log=make_log(stream, form=form))
    sending.post(*sent, **how)
    return stream.getvalue()


def test_a_text_line_gives_the_request_and_its_outcome():
    bad = conversion_event(event_id="o-2", user_data={"em": ["x"]})
    line = lines("text", conversion_event(), conversion_event(), bad)
    assert line.startswith(
        f"POST {PATH} 422 received=3 processed=2 failed=1 duplicates=1 match-key-not-hashed "
    )
    assert line.endswith("ms #1\n")


def test_a_line_for_machines_is_one_json_object():
    entry = orjson.loads(lines("json", conversion_event(), query="test=true"))
    assert (entry["status"], entry["test"], entry["received"], entry["source"]) == (200, True, 1, "api")
    assert entry["ad_account_id"] == AD_ACCOUNT_ID
    assert set(entry) >= {
        "time",
        "request_id",
        "method",
        "path",
        "processed",
        "failed",
        "duplicates",
        "reason",
        "rule",
        "milliseconds",
    }


@pytest.mark.parametrize("path", ["a\nb", "a\x1b[2J", "a\u2028b"])
def test_a_path_cannot_forge_a_line(path):
    line = lines("text", ad_account_id=path)
    assert line.count("\n") == 1
    assert line.strip("\n").isprintable()
