"""Set-ups whose readiness is known: what a team must be told before it goes live."""

import pytest

from tests.mockpin.observations.shop import Mistake, Shop


def trade(mock, **how):
    shop = Shop(mock, **how)
    shop.trade()
    return shop


def sentences(report):
    return [reason.sentence for reason in report.reasons if reason.severity != "info"]


def test_a_tag_beside_a_dead_api_half_is_not_ready(mock):
    shop = trade(mock, orders=136, names=("checkout",), mistake=Mistake(api=lambda _o, _e: None))
    tagged = sum(event["source"] == "tag" for event in mock.events())
    report = shop.report(f"checkout={tagged}")
    assert report.readiness == "not ready"
    assert f"The API sent nothing that counts: all {tagged} events came from the tag alone." in sentences(
        report
    )
    assert f"checkout: {tagged} expected, {tagged} came by the tag; the API reported none." in sentences(
        report
    )


def test_orders_that_nineteen_of_twenty_pairs_report_under_different_ids_count_twice(mock):
    def other_id(order, hit):
        about = {**hit["ed"], "value": "9.00", "currency": "USD"}
        return {**hit, "ed": {**about, "event_id": f"t-{order.number}"} if order.number else about}

    shop = trade(mock, orders=20, seed=11, names=("checkout",), mistake=Mistake(tag=other_id))
    report = shop.report()
    doubled = sum(event["event_id"].startswith("t-") for event in mock.events())
    assert report.readiness == "not ready"
    assert report.reasons[0].rule == "order-counted-twice"
    assert (report.reasons[0].effect, report.reasons[0].events) == ("doubled", doubled)


def test_one_cached_id_for_fifty_visitors_loses_all_but_the_first(mock):
    cached = Mistake(api=lambda _, event: {**event, "event_id": "cached"})
    report = trade(mock, orders=50, channel="api", names=("page_visit",), mistake=cached).report()
    assert report.readiness == "not ready"
    assert (report.reasons[0].rule, report.reasons[0].effect, report.reasons[0].events) == (
        "event-id-shared", "lost", 49,
    )  # fmt: skip


def test_segment_calls_that_are_all_misnamed_are_all_lost(mock):
    misnamed = Mistake(segment=lambda _, call: {**call, "event": "Order Complete"})
    report = trade(mock, orders=12, channel="segment", mistake=misnamed).report()
    assert report.readiness == "not ready"
    said = (
        "12 Segment calls named Order Complete were taken by no subscription; did you mean Order Completed?"
    )
    assert said in sentences(report)


@pytest.mark.parametrize("path", ["/v5/v5/ad_accounts/{}/events", "/v5/ad_accounts/{}/event"])
def test_posts_to_a_path_that_is_none_are_lost(mock, path):
    report = trade(mock, orders=10, channel="api", mistake=Mistake(path=path)).report()
    assert report.readiness == "not ready"
    assert any("reached no endpoint" in sentence for sentence in sentences(report))


def test_a_tag_without_ids_beside_healthy_pairs_counts_twice(mock):
    def lose_id(order, hit):
        return hit if order.number < 20 else {**hit, "ed": {**hit["ed"], "event_id": ""}}

    report = trade(mock, orders=168, names=("page_visit",), mistake=Mistake(tag=lose_id)).report()
    assert report.readiness == "not ready"
    blank = sum(not event["event_id"] for event in mock.events())
    reason = report.reasons[0]
    assert (reason.rule, reason.effect, reason.events) == ("event-id-missing-on-one-side", "doubled", blank)


def test_a_fault_that_the_tester_injected_is_not_a_reason_against_the_sender(mock):
    mock.faults.add(fault={"fail_events": [0]}, times=1)
    report = trade(mock, orders=1, channel="api", names=("checkout",)).report()
    assert (report.readiness, sentences(report)) == ("ready", [])
    said = "1 request met an injected fault (fail_events 1); what it did is not held against the sender."
    assert report.reasons[-1].sentence == said


def test_what_is_an_info_on_one_event_and_on_all_is_a_warning(mock):
    def in_cents(order, event):
        return {**event, "custom_data": {**event["custom_data"], "value": f"{order.value}.00"}}

    shop = trade(mock, orders=147, channel="api", names=("checkout",), mistake=Mistake(api=in_cents))
    report = shop.report()
    assert report.readiness == "ready with warnings"
    assert sentences(report)[0].startswith(
        "147 of 147 checkout events of the API have the finding value-disagrees"
    )
