"""One document judged: its events, its findings and their places."""

import pickle

import orjson
import pytest

from mockpin_validator import Policy
from mockpin_validator.archive.documents import Document
from mockpin_validator.archive.judging import (
    JudgedDocument,
    Judging,
    findings_by_event,
    has_error,
    judge_document,
)
from mockpin_validator.archive.payloads import NO_PAYLOAD, Payload, find_payloads
from mockpin_validator.judging.finding import Finding

NOW = 1_790_000_000
GOOD = {
    "event_name": "page_visit",
    "action_source": "web",
    "event_time": NOW - 60,
    "event_id": "e1",
    "event_source_url": "https://shop.example.com/",
    "user_data": {"em": ["0" * 64]},
}
PLAIN = {**GOOD, "event_id": "e2", "user_data": {"em": ["jane@example.com"]}}
JUDGING = Judging(now=NOW)


def judge_text(document, judging=JUDGING, line=1):
    text = document if isinstance(document, bytes) else orjson.dumps(document)
    judged = judge_document(Document(text, line), judging, "events.json")
    return judged, [place(finding) for finding, place in judged.findings]


def errors(placed):
    return [item.finding for item in placed if item.finding.severity == "error"]


@pytest.mark.parametrize("document", [GOOD, [GOOD], {"data": [GOOD]}])
def test_a_request_an_event_and_a_list_of_events_are_read(document):
    judged, placed = judge_text(document)
    assert (len(judged.shapes), judged.failed, errors(placed), judged.is_readable) == (1, 0, [], True)


@pytest.mark.parametrize(
    ("document", "path"),
    [
        (PLAIN, "/data/0/user_data/em/0"),
        ([GOOD, PLAIN], "/data/1/user_data/em/0"),
        ({"data": [PLAIN]}, "/data/0/user_data/em/0"),
    ],
)
def test_a_finding_has_its_place_in_the_text(document, path):
    judged, placed = judge_text(document, line=7)
    (error,) = errors(placed)
    assert (judged.failed, error.path, error.line) == (1, path, 7)
    assert orjson.dumps(document)[error.column - 1 :].startswith(b'"jane')


def test_a_long_list_is_cut_into_requests_and_its_paths_count_on():
    events = [{**GOOD, "event_id": str(number)} for number in range(1500)]
    judged, placed = judge_text([*events, PLAIN])
    assert len(judged.shapes) == 1501
    assert [error.path for error in errors(placed)] == ["/data/1500/user_data/em/0"]


def test_match_keys_that_match_nobody_are_not_part_of_an_events_coverage():
    judged, _ = judge_text([GOOD, PLAIN])
    assert ["em" in parameters for _, parameters in judged.shapes] == [True, False]


def test_a_refused_payload_fails_as_a_whole():
    judged, placed = judge_text({"data": [GOOD, {**GOOD, "even_name": "x"}]})
    assert judged.failed == 2
    assert [error.rule for error in errors(placed)] == ["schema"]


@pytest.mark.parametrize("document", [b"5", b"null", b'"text"', b'{"data": 3}', b"[]", b"[3]"])
def test_what_is_not_a_payload_is_refused_by_the_schema(document):
    _, placed = judge_text(document)
    assert {error.rule for error in errors(placed)} == {"schema"}


def test_what_is_not_json_is_unreadable_and_its_line_is_shown_masked():
    judged, (placed_finding,) = judge_text(b'{"event_name": "lead",\n "em": jane}', line=3)
    assert not judged.is_readable
    assert (placed_finding.finding.rule, placed_finding.finding.line, placed_finding.finding.column) == (
        "unreadable",
        4,
        8,
    )
    assert placed_finding.excerpt[0] == ' "em": ••••}'.strip()


def test_a_blank_line_holds_nothing():
    assert judge_text(b"  \n")[0] == JudgedDocument(lines=1, size=3)


def test_a_key_that_stands_twice_is_an_error_under_strict_only():
    text = orjson.dumps(GOOD)[:-1] + b',"event_id":"e3"}'
    assert errors(judge_text(text)[1]) == []
    assert "duplicate-key" in {
        error.rule for error in errors(judge_text(text, Judging("strict", now=NOW))[1])
    }


def test_a_rule_on_documents_has_the_severity_that_was_asked_for():
    text = b'{"event_name": "lead", "event_name": "lead"}'
    for severities, found in (({}, set()), ({"duplicate-key": "warning"}, {"warning"})):
        seen = judge_document(Document(text), Judging(now=NOW, severities=severities), "f").findings
        assert {finding.severity for finding, _ in seen if finding.rule == "duplicate-key"} == found


def test_severities_of_single_rules_can_be_set():
    off = Judging("faithful", NOW, {"match-key-not-hashed": None})
    assert errors(judge_text(PLAIN, off)[1]) == []
    assert judge_text(PLAIN, off)[0].failed == 0


@pytest.mark.parametrize(("severity", "failed"), [("error", 1), ("warning", 0), (None, 0)])
def test_what_the_schema_refuses_has_failed_only_if_that_is_an_error(severity, failed):
    refused = {**GOOD, "even_name": "x"}
    assert judge_text(refused, Judging("faithful", NOW, {"schema": severity}))[0].failed == failed


def test_the_age_of_events_can_be_left_out_of_account():
    old = {**GOOD, "event_time": 1}
    assert judge_text(old)[0].failed == 1
    assert judge_text(old, Judging("faithful"))[0].failed == 0


def test_the_findings_on_a_refused_payload_belong_to_their_events():
    findings = [
        Finding("schema", "error", path, "", "", "", "inferred")
        for path in ("/data/0/user_data/em/0", "/data/1", "/data", "", "/data/10/event_id")
    ]
    first, second = findings_by_event(findings, 2)
    assert [finding.path for finding in first] == ["/data", "", "/data/0/user_data/em/0"]
    assert [finding.path for finding in second] == ["/data", "", "/data/1"]


def test_each_event_has_a_fact_at_its_line_with_the_findings_on_it():
    def fact_of(event, findings, file, line):
        return (event["event_id"], has_error(findings), file, line) if event != GOOD else None

    text = b"[" + b",\n".join(orjson.dumps(event) for event in (PLAIN, GOOD, PLAIN)) + b"]"
    judging = Judging(now=NOW, fact_of=fact_of)
    judged = judge_document(Document(text, 7, 3), judging, "events.json")
    assert judged.facts == (("e2", True, "events.json", 7), ("e2", True, "events.json", 9))
    refused, _ = judge_text({"data": [PLAIN, {**PLAIN, "even_name": "x"}]}, judging)
    assert [has_an_error for _, has_an_error, *_ in refused.facts] == [True, True]


def test_it_travels_to_another_process_with_its_policy():
    judging = Judging("faithful", NOW, {"schema": "warning"}, Policy(unhashed={"em": "warn"}))
    assert judging.judge.refusal({"data": [GOOD]}) is None
    again = pickle.loads(pickle.dumps(judging))
    assert again == judging
    assert pickle.loads(pickle.dumps(JUDGING)).policy.unhashed == JUDGING.policy.unhashed


def test_a_document_of_which_no_payload_is_made_says_why():
    finding = Finding("not-made", "error", "/1", "Nothing comes of it.", "Mend it.", "us", "inferred")

    def reading(_):
        return [Payload(NO_PAYLOAD, findings=(finding,))]

    judged, (placed_finding,) = judge_text(b"[1, 2]", Judging(reading=reading))
    assert (judged.failed, judged.shapes) == (0, ())
    assert (placed_finding.finding.column, placed_finding.finding.path) == (5, "/1")


def test_a_judging_knows_the_modules_of_its_functions():
    assert Judging(reading=find_payloads).modules == (find_payloads.__module__,)


def test_strict_judging_finds_no_key_twice_where_each_stands_once():
    text = b'{ "event_name": "lead" }'
    assert "duplicate-key" not in {error.rule for error in errors(judge_text(text, Judging("strict"))[1])}
