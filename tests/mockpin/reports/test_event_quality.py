from hypothesis import given
from hypothesis import strategies as st

from mockpin.reports.event_quality import INGESTION_SOURCES, SOURCE_PLATFORMS, score_events
from mockpin_validator.match_quality.quality import COMPONENTS

NOW = 2_000_000.0
HASH = "a" * 64


def event(**changes):
    event = {
        "ad_account_id": "1",
        "source": "api",
        "test": False,
        "status": "processed",
        "received_at": NOW,
        "event_name": "checkout",
        "event_id": "e1",
        "action_source": "web",
        "findings": [],
        "payload": {"event_name": "Checkout", "event_id": "e1", "user_data": {"em": [HASH]}},
    } | changes
    payload = event["payload"] | {"event_id": event["event_id"]}
    return event | {"payload": payload, "match_keys": list(payload["user_data"])}


def score(*events, period="1d"):
    return score_events(events, lookback_period=period, now=NOW)


def test_each_platform_and_source_has_its_entry():
    entries = score(event(), event(source="segment"), event(source="tag"), event(action_source="app_ios"))
    assert [(entry["source_platform"], entry["ingestion_source"]) for entry in entries] == [
        ("WEB", "CONVERSIONS_API"),
        ("WEB", "TAG"),
        ("MOBILE_IOS", "CONVERSIONS_API"),
    ]


def test_an_entry_has_every_field_of_the_published_form():
    (entry,) = score(event())
    assert entry.keys() == {
        "overall_status",
        "quality_components",
        "ingestion_source",
        "source_platform",
        "lookback_period",
    }
    assert entry["quality_components"].keys() == COMPONENTS.keys()


def test_coverage_is_the_percentage_of_events_by_canonical_name():
    bare = {"event_name": "checkout", "user_data": {}}
    (entry,) = score(event(), event(), event(payload=bare))
    assert entry["quality_components"]["hashed_email"]["checkout"] == {"coverage": 66.67, "issues": []}


def test_an_e_mail_address_in_plain_text_is_not_a_hashed_email():
    plain = {"event_name": "checkout", "user_data": {"em": ["<masked 16>"]}}
    (entry,) = score(event(payload=plain), event())
    assert entry["quality_components"]["hashed_email"]["checkout"]["coverage"] == 50


def test_low_coverage_is_an_issue_with_its_reason():
    (entry,) = score(event())
    (issue,) = entry["quality_components"]["order_id"]["checkout"]["issues"]
    assert issue.keys() == {"id", "name", "reason"}
    assert issue["id"] == "low_order_id_coverage"


def test_overlap_is_the_share_that_the_other_source_sent_too():
    api, _ = score(event(event_id="e1"), event(event_id="e2"), event(event_id="e1", source="tag"))
    details = api["quality_components"]["external_event_id"]["checkout"]
    assert details == {"coverage": 100.0, "issues": [], "overlap": 50.0}


def test_a_name_that_may_be_somebodys_number_is_scored_under_what_is_shown_of_it():
    (entry,) = score(event(event_name="+15551234567"))
    ((name, details),) = entry["quality_components"]["external_event_id"].items()
    assert (name.isdecimal(), details["overlap"]) == (False, 0.0)


def test_another_ad_account_with_the_same_event_id_is_not_an_overlap():
    api, _ = score(event(), event(source="tag", ad_account_id="2"))
    assert api["quality_components"]["external_event_id"]["checkout"]["overlap"] == 0.0


def test_only_the_lookback_period_counts():
    old = event(received_at=NOW - 86_401)
    assert score(old) == []
    assert len(score(old, period="14d")) == 1


def test_failed_events_and_test_requests_do_not_count():
    assert score(event(status="failed"), event(test=True)) == []


@given(
    st.lists(
        st.builds(
            event,
            source=st.sampled_from([*INGESTION_SOURCES]),
            action_source=st.sampled_from([*SOURCE_PLATFORMS, "kiosk"]),
            event_name=st.sampled_from(["checkout", "lead"]),
            event_id=st.sampled_from(["", "e1", "e2"]),
        )
    )
)
def test_every_share_is_a_percentage(events):
    for entry in score(*events):
        for component in entry["quality_components"].values():
            for details in component.values():
                assert 0 <= details["coverage"] <= 100
                assert 0 <= details.get("overlap", 0) <= 100
