import json
import re
from io import StringIO

import pytest

from mockpin.emulator.logs import make_log
from mockpin.emulator.pipeline.faults import Faults, parse_rule
from tests.mockpin.sending import AD_ACCOUNT_ID, PATH, Sending, conversion_event


def lines(form, *sent, **how):
    stream = StringIO()
    sending = Sending(log=make_log(stream, form=form))
    sending.post(*sent, **how)
    return stream.getvalue()


def test_a_refused_payload_names_the_schema():
    assert " 400 received=0 processed=0 failed=0 schema " in lines("text", {"event_name": "x"})


@pytest.mark.parametrize(("how", "status", "reason"), [
    ({"token": "x"}, 401, "token"),
    ({"ad_account_id": "12a"}, 400, "ad-account"),
    ({"ad_account_id": "1"}, 403, "ad-account"),
])  # fmt: skip
def test_a_log_line_gives_the_reason_for_an_unjudged_request(how, status, reason):
    assert f" {status} received=0 processed=0 failed=0 {reason} " in lines("text", conversion_event(), **how)


def test_events_that_a_fault_refuses_are_called_neither_received_nor_processed():
    faults, stream = Faults(), StringIO()
    faults.add(parse_rule({"event_name": "checkout", "fault": {"status": 503}}))
    answer = Sending(faults=faults, log=make_log(stream, form="text")).post(conversion_event())
    assert " 503 received=0 processed=0 failed=0 " in stream.getvalue()
    assert "X-Mockpin-Findings" not in dict(answer.headers)


@pytest.mark.parametrize(("body", "encoding", "reason"), [
    (b"{", "", "not-json"), (b"{}", "gzip", "unreadable"), (b" " * 3000, "", "too-large"),
])  # fmt: skip
def test_a_body_that_cannot_be_read_says_why(body, encoding, reason):
    stream = StringIO()
    sending = Sending(log=make_log(stream, form="text"), body_limit="2KB")
    sending.send(body, content_encoding=encoding)
    assert f" received=0 processed=0 failed=0 {reason} " in stream.getvalue()


def test_the_second_request_of_a_minute_that_allows_one_says_so():
    stream = StringIO()
    sending = Sending(log=make_log(stream, form="text"), rate_limit="1/min")
    for _ in range(2):
        sending.post(conversion_event())
    assert " 429 received=0 processed=0 failed=0 rate-limit " in stream.getvalue()


@pytest.mark.parametrize(("fault", "said"), [
    ({"status": 503}, "503 received=0 processed=0 failed=0 fault=status "),
    ({"truncate": 1}, "200 received=1 processed=1 failed=0 fault=truncate "),
    ({"fail_events": [0]}, "422 received=1 processed=0 failed=1 fault=fail_events "),
])  # fmt: skip
def test_a_log_line_names_the_fault_that_struck(fault, said):
    faults = Faults()
    faults.add(parse_rule({"fault": fault}))
    stream = StringIO()
    Sending(log=make_log(stream, form="text"), faults=faults).post(conversion_event())
    assert said in stream.getvalue()


def test_a_violation_of_the_schema_is_told_though_the_event_before_had_a_finding():
    line = lines("text", conversion_event(), {"event_name": "x"})
    (marks,) = re.findall(r"failed=0 (.*) \d+\.\dms", line)
    assert marks == "schema"


def test_an_entry_counts_the_events_of_a_request_and_names_the_gravest_rule():
    twins = [conversion_event(event_id="a")] * 2
    entry = json.loads(lines("json", *twins, conversion_event(event_id="b", event_time=1)))
    assert entry.pop("milliseconds") > 0
    assert entry == {
        "time": conversion_event()["event_time"], "request_id": "1", "ad_account_id": AD_ACCOUNT_ID,
        "method": "POST", "path": PATH, "status": 422, "source": "api", "test": False, "received": 3,
        "processed": 2, "failed": 1, "duplicates": 1, "reason": None, "rule": "event-time-too-old",
    }  # fmt: skip


def test_an_entry_without_an_ad_account_has_none_and_one_of_a_test_says_so():
    assert json.loads(lines("json", conversion_event(), ad_account_id=""))["ad_account_id"] is None
    assert json.loads(lines("json", conversion_event(), query="test=true"))["test"] is True
