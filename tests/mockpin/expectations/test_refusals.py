import pytest

from mockpin.expectations.refusals import describe_refusals, find_schema_findings, select_later_exchanges


def exchange(status, *, answer='{"code":1,"message":"Invalid request: no."}', seqs=()):
    return {"status": status, "answer": answer, "event_seqs": list(seqs)}


def test_a_refused_request_is_described_with_the_answer_s_message():
    assert [*describe_refusals([exchange(200, seqs=[1]), exchange(400)])] == [
        "1 request was refused (400): Invalid request: no."
    ]


def test_equal_refusals_are_counted_together():
    unknown = exchange(401, answer='{"code":2,"message":"Authentication failed."}')
    assert [*describe_refusals([exchange(400), unknown, exchange(400)])] == [
        "2 requests were refused (400): Invalid request: no.",
        "1 request was refused (401): Authentication failed.",
    ]


@pytest.mark.parametrize("taken", [exchange(200), exchange(422, seqs=[1]), exchange(503)])
def test_accepted_and_failed_requests_are_not_refused(taken):
    assert [*describe_refusals([taken])] == []


@pytest.mark.parametrize("answer", ["", "too busy", "[]", "{}", '{"mess'])
def test_an_answer_without_a_message_is_shown_whole(answer):
    assert [*describe_refusals([exchange(429, answer=answer)])] == [f"1 request was refused (429): {answer}"]


def test_exchanges_before_an_event_are_left_out():
    first, second = exchange(400), exchange(401)
    listed = [first, exchange(200, seqs=[1, 2]), second, exchange(200, seqs=[3])]
    assert select_later_exchanges(listed, 2) == (second, listed[3])
    assert select_later_exchanges(listed, 3) == ()
    assert select_later_exchanges(listed, 0) == tuple(listed)


def test_a_long_answer_is_cut():
    (line,) = describe_refusals([exchange(400, answer="x" * 5000)])
    assert line.endswith("x…")
    assert len(line) < 350


@pytest.mark.parametrize(
    ("status", "body", "paths"),
    [
        (400, {"data": [{"event_name": "lead", "custom_data": {"value": 5}}]}, {"/data/0/custom_data/value"}),
        (422, {"data": [{"event_name": "lead", "custom_data": {"value": 5}}]}, set()),
        (400, {"event_name": "lead"}, set()),
        (400, None, set()),
    ],
)
def test_a_payload_that_was_answered_with_400_is_explained_by_the_schema(status, body, paths):
    findings = [*find_schema_findings(status, body)]
    assert {finding["rule"] for finding in findings} <= {"schema"}
    assert paths <= {finding["path"] for finding in findings}
    assert bool(findings) == bool(paths)
