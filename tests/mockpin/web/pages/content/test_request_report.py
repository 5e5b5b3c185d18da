"""The report on one request."""

from mockpin.emulator.pipeline.faults import Fault, FaultRule
from mockpin.web.pages.content.exchanges import read_exchange
from mockpin.web.pages.content.request_report import report_request
from tests.mockpin.web.site import TAG, Site, event


def text_of(line):
    return "".join(piece.text for piece in line.tokens)


def report(site, number=1):
    store = site.emulator.store
    return report_request(store, read_exchange(store.describe(store.exchange(number))), {})


def test_the_failed_events_come_first_and_the_others_in_their_order(site):
    site.send(event("a"), event("b", event_time=1), event("c"))
    shown = report(site)
    assert [(summary.seq, summary.event_id, summary.kind) for summary in shown.events] == [
        (2, "b", "failed"), (1, "a", "processed"), (3, "c", "processed"),
    ]  # fmt: skip
    assert shown.events[0].name == "checkout"
    assert shown.events[0].outcome.title == "Failed"
    assert (shown.failed, shown.more_events, shown.refusal) == (1, 0, None)


def test_an_event_that_a_fault_failed_is_not_the_senders_failure(site):
    site.emulator.faults.add(FaultRule(Fault("fail_events", (0,)), times=1))
    site.send(event())
    shown = report(site)
    assert ([summary.kind for summary in shown.events], shown.failed) == (["warning"], 0)


def test_events_beyond_the_first_twenty_are_counted(site):
    site.send(*(event(f"o-{number}") for number in range(23)))
    shown = report(site)
    assert (len(shown.events), shown.more_events) == (20, 3)


def test_one_mistake_of_many_events_is_one_finding_with_the_lines_of_the_first(site):
    site.send(
        *(event(f"o-{number}", event_time=1) for number in range(7)),
        event(custom_data={"value": "0"}),
    )
    shown = report(site)
    findings = [(finding.note.rule, finding.note.kind, finding.times) for finding in shown.findings]
    assert findings[0] == ("event-time-too-old", "error", 7)
    assert {kind for _, kind, _ in findings[1:]} <= {"warning", "info"}
    lines = {line.number: text_of(line) for line in shown.body_lines}
    assert len(shown.findings[0].lines) == 5
    assert all('"event_time": 1' in lines[number] for number in shown.findings[0].lines)
    assert shown.more_findings == 0


def test_a_refused_body_has_the_schemas_findings_and_its_refusal(site):
    site.send(event(custom_data={"category_name": "x"}))
    shown = report(site)
    (finding,) = shown.findings
    assert "category_name" in finding.note.message
    assert shown.refusal.sentence.startswith("Invalid request:")
    assert shown.events == ()


def test_an_answer_and_a_body_are_shown_line_by_line(site):
    site.send(event())
    shown = report(site)
    assert any("o-1" in text_of(line) for line in shown.body_lines)
    assert any("num_events_received" in text_of(line) for line in shown.answer_lines)


def test_the_body_of_segment_is_its_messages_without_findings(site):
    call = {"type": "track", "event": "Nothing Known", "userId": "u"}
    site.http.post("/v1/track", json=call, headers={"Authorization": "Basic a2V5Og=="})
    shown = report(site)
    assert shown.findings == ()
    assert any("Nothing Known" in text_of(line) for line in shown.body_lines)
    assert not any("subscription" in text_of(line) for line in shown.body_lines)


def test_a_hit_of_the_tag_has_its_events_without_findings_on_lines(site):
    site.http.get("/v3/", query_string={"tid": TAG, "event": "checkout", "pd[em]": "x"})
    shown = report(site)
    assert (len(shown.events), shown.findings) == (1, ())


def test_a_finding_stays_on_its_event_when_the_first_of_the_batch_is_evicted():
    site = Site(history="2")
    site.send(event("a"), event("b"), event("c", event_time=1))
    shown = report(site)
    site.emulator.close()
    (line,) = [line for line in shown.body_lines if line.severity == "error"]
    assert [summary.event_id for summary in shown.events] == ["c", "b"]
    assert text_of(line) == '"event_time": 1,'
