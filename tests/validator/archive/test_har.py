"""HAR recordings."""

import base64
import io
import json
import subprocess
import sys

import pytest

from mockpin_validator.archive.har import har_documents, is_har
from mockpin_validator.contract.kinds import Kind

EVENTS = "https://api.pinterest.com/v5/ad_accounts/1/events"


def entry(method, url, text=None, **body):
    request = {"method": method, "url": url}
    if text is not None:
        request["postData"] = {"mimeType": "application/json", "text": text, **body}
    return {"request": request, "response": {"status": 200}}


def documents(*entries, cut=0):
    text = json.dumps({"log": {"version": "1.2", "entries": entries}})
    return list(har_documents(io.BytesIO(text[: len(text) - cut].encode())))


def test_a_request_of_events_is_its_body():
    found = documents(entry("GET", "https://x.test/"), entry("POST", EVENTS, '{"data": []}'))
    assert [(document.text, document.line, document.kind, document.is_made) for document in found] == [
        (b'{"data": []}', 2, Kind.PAYLOAD, True)
    ]


def test_a_body_in_base64_is_decoded():
    text = base64.b64encode(b'{"data": []}').decode()
    (found,) = documents(entry("POST", f"{EVENTS}?test=true", text, encoding="base64"))
    assert found.text == b'{"data": []}'


def test_a_body_that_only_says_it_is_base64_stays_as_it_is():
    (found,) = documents(entry("POST", EVENTS, '{"data": []}', encoding="base64"))
    assert found.text == b'{"data": []}'


@pytest.mark.parametrize(
    ("path", "body", "kind"),
    [
        ("track", {"event": "Order Completed"}, "track"),
        ("p", {}, "page"),
        ("batch", {"batch": []}, None),
        ("track", {"type": "track"}, "track"),
    ],
)
def test_a_segment_call_has_the_type_of_its_path(path, body, kind):
    (found,) = documents(entry("POST", f"https://api.segment.io/v1/{path}", json.dumps(body)))
    assert (json.loads(found.text).get("type"), found.kind) == (kind, Kind.SEGMENT_EVENT)


def test_a_tag_hit_is_its_parameters_by_get_and_post():
    url = "https://ct.pinterest.com/v3/?tid=26&event=checkout"
    (got,) = documents(entry("GET", f"{url}&ed=%7B%22value%22%3A1%7D"))
    (posted,) = documents(entry("POST", url, "ed[value]=1"))
    assert dict(json.loads(got.text)) == {"tid": "26", "event": "checkout", "ed": '{"value":1}'}
    assert ["ed[value]", "1"] in json.loads(posted.text)
    assert got.kind is Kind.TAG_HIT


@pytest.mark.parametrize(
    "other",
    [entry("GET", EVENTS), entry("GET", "https://x.test/v3/"), entry("PUT", EVENTS, "{}"), {"request": 3}, 5],
)
def test_other_requests_are_passed_over(other):
    assert documents(other) == []


def test_a_recording_that_is_cut_off_is_judged_up_to_there():
    *before, last = documents(entry("POST", EVENTS, "{}"), entry("POST", EVENTS, "{}"), cut=60)
    assert [document.line for document in before] == [1]
    assert (last.line, "complete HAR" in last.flaw.message) == (2, True)


@pytest.mark.parametrize(
    ("head", "har"),
    [(b'{"log": {"version"', True), (b'{\n "log":{', True), (b'{"log": 3', False), (b"[", False)],
)
def test_a_recording_is_known_by_its_beginning(head, har):
    assert is_har(head) == har


def test_without_ijson_the_finding_says_what_to_install(tmp_path):
    path = tmp_path / "session.har"
    path.write_text('{"log": {"entries": []}}')
    program = (
        "import sys; sys.modules['ijson'] = None; from mockpin_validator.archive.har import har_documents;"
        f"print([document.flaw.fix for document in har_documents(open({str(path)!r}, 'rb'))])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert "pip install 'mockpin[har]'" in done.stdout


@pytest.mark.parametrize("url", ["http://[", "http://[::/v3/?tid=1", "https://x.test]/v1/track"])
def test_an_address_that_cannot_be_split_is_another_service(url):
    assert documents(entry("POST", url, "{}"), entry("POST", EVENTS, "{}"))[0].line == 2


def test_a_segment_call_that_nests_deeper_than_orjson_writes_is_its_body():
    body = '{"a":' + "[" * 300 + "]" * 300 + "}"
    (found,) = documents(entry("POST", "https://api.segment.io/v1/track", body))
    assert found.text.decode() == body


def test_a_file_that_only_opens_lists_ends_with_a_flaw_in_little_memory():
    good = json.dumps(entry("POST", EVENTS, "{}"))
    stream = io.BytesIO(f'{{"log": {{"entries": [{good}, {"[" * 100_000}'.encode())
    found, flawed = har_documents(stream)
    assert (found.text, flawed.line) == (b"{}", 2)
    assert "more than 100 deep" in flawed.flaw.message


def test_values_may_nest_as_deep_as_the_bound():
    log = {"entries": [{**entry("POST", EVENTS, "{}"), "x": json.loads("[" * 96 + "]" * 96)}]}
    assert [document.flaw for document in har_documents(io.BytesIO(json.dumps({"log": log}).encode()))] == [
        None
    ]
