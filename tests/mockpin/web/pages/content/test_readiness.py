"""The answers at the top of the overview."""

import pytest

from mockpin.reports.go_live.report import make_report
from mockpin.web.pages.content.readiness import MAX_MEASURED_EVENTS, find_answers
from tests.mockpin.reports.go_live.conftest import exchange, record


def answer(*records, requests=()):
    return find_answers(make_report(records, requests), records)


def test_the_answers_repeat_the_report_and_fold_the_reasons_beyond_three():
    records = [record(1), record(2, status="failed"), record(3, duplicate_of=1, event_id="e1")]
    refused = [exchange(number, status=status) for number, status in enumerate((400, 401, 403, 413), 1)]
    report = make_report(records, refused)
    answers = find_answers(report, records)
    assert (answers.readiness, answers.severity) == ("not ready", report.severity)
    assert (answers.counted, answers.failed) == (sum(name.counted for name in report.names), 1)
    assert len(answers.reasons) == 3
    assert answers.other_reasons
    assert answers.reasons + answers.other_reasons == report.reasons


@pytest.mark.parametrize(
    ("keys", "percent"),
    [(["em"], 100), (["ph"], 100), (["click_id"], 100), (["client_ip_address", "client_user_agent"], 0)],
)
def test_an_event_matches_by_a_key_that_identifies_somebody(keys, percent):
    values = {"client_ip_address": "8.8.8.8", "client_user_agent": "Mozilla/5.0", "click_id": "c"}
    user_data = {key: values.get(key, ["0" * 64]) for key in keys}
    event = record(1, match_keys=keys, payload={"event_name": "checkout", "user_data": user_data})
    assert answer(event).matching.percent == percent


def test_matching_is_measured_on_the_newest_events_of_a_server():
    bare = {"event_name": "checkout", "user_data": {}}
    old = record(1, match_keys=[], payload=bare)
    tag = record(2, source="tag", match_keys=[], payload=bare)
    assert answer(old, record(3)).matching.percent == 50
    assert answer(tag, record(3)).matching.percent == 100
    assert answer(tag).matching.percent == 0
    newest = [record(number) for number in range(3, MAX_MEASURED_EVENTS + 3)]
    assert answer(old, *newest).matching.percent == 100


def test_without_events_nothing_is_measured():
    answers = answer()
    assert (answers.matching, answers.names) == (None, ())


def test_the_key_to_add_next_is_the_one_that_would_raise_the_score_most():
    matching = answer(record(1)).matching
    assert (matching.next_key, matching.missing) == ("click_id", 100)
    assert matching.meaning


@pytest.mark.parametrize(("source", "next_key"), [("web", ""), ("offline", ""), ("app_ios", "hashed_maids")])
def test_the_key_of_a_device_is_asked_only_of_an_app(source, next_key):
    keys = {"em": ["0" * 64], "external_id": ["0" * 64], "click_id": "c",
            "client_ip_address": "8.8.8.8", "client_user_agent": "Mozilla/5.0"}  # fmt: skip
    payload = {"event_name": "checkout", "user_data": keys}
    event = record(1, action_source=source, match_keys=[*keys], payload=payload)
    assert answer(event).matching.next_key == next_key


def test_each_name_has_a_sentence_the_most_counted_first():
    lead, tag = record(1, "lead"), record(2, source="tag")
    names = answer(lead, tag, record(3), record(4)).names
    assert [(name.event_name, name.sentence, name.is_one_sided) for name in names] == [
        ("checkout", "2 by the API, 1 by the tag, 0 matched", True),
        ("lead", "1 by the API", False),
    ]


def test_tag_and_server_that_share_an_id_are_not_one_sided():
    (name,) = answer(record(1, source="tag"), record(2, event_id="e1", duplicate_of=1)).names
    assert (name.sentence, name.is_one_sided) == ("1 by the API, 1 by the tag, 1 matched", False)


def test_a_name_of_failed_events_alone_has_no_sentence():
    assert answer(record(1, status="failed")).names == ()
