"""One report over several servers."""

from random import Random

import pytest

from mockpin.reports.go_live.page import write_page
from mockpin.reports.go_live.report import make_report
from mockpin.reports.go_live.servers import ServerHistory, make_report_of_servers
from mockpin.reports.go_live.text import write_text

A, B = "http://127.0.0.1:7471", "http://127.0.0.1:7472"
FINDING = {"rule": "value-zero", "severity": "warning", "message": "value is 0.", "fix": "Leave it out."}


def history(url, records, requests=(), evicted=0):
    return ServerHistory(url, records, requests, evicted)


def shuffled(record, accounts):
    """Orders of some accounts, some of them twice under other ids, some failed."""
    random = Random(7)
    for seq in range(1, 61):
        order = random.randint(1, 30)
        yield record(
            seq,
            ad_account_id=random.choice(accounts),
            status=random.choice(["processed"] * 9 + ["failed"]),
            findings=random.choice([[], [FINDING]]),
            payload={"custom_data": {"order_id": f"o{order}"}, "user_data": {"em": [f"{order:064}"]}},
        )


def counted_anew(records):
    """Records as a server of their own numbers them."""
    return [{**record, "seq": number} for number, record in enumerate(records, start=1)]


@pytest.mark.parametrize("servers", [1, 2, 3])
def test_accounts_spread_over_servers_are_reported_as_on_one(record, servers):
    records = list(shuffled(record, ["1", "2", "3"]))
    whole = make_report(records, [])
    histories = [
        history(
            f"http://127.0.0.1:{at}",
            counted_anew(record for record in records if int(record["ad_account_id"]) % servers == at),
        )
        for at in range(servers)
    ]
    spread = make_report_of_servers(histories)
    assert (spread.names, spread.severity, spread.privacy) == (whole.names, whole.severity, whole.privacy)
    assert [reason.sentence for reason in spread.reasons] == [reason.sentence for reason in whole.reasons]
    assert [figures.events for figures in spread.findings] == [figures.events for figures in whole.findings]
    assert sum(spread.servers.values()) == len(records)


def test_examples_name_their_server_and_its_number_for_the_event(record, exchange):
    healthy = [record(seq, ad_account_id="1") for seq in range(1, 4)]
    poor = [record(1, ad_account_id="2"), record(2, ad_account_id="2", findings=[FINDING], status="failed")]
    missed = exchange(2, status=404, path="/event")
    report = make_report_of_servers(
        [history(A, healthy, [exchange(1)]), history(B, poor, [exchange(1), missed])]
    )
    (finding,) = report.findings
    assert [str(example) for example in finding.examples] == [f"#2 of {B}"]
    assert [example.link for example in finding.examples] == [f"{B}/__mockpin/ui/events/2"]
    assert finding.to_dict()["examples"] == [{"event": 2, "server": B}]
    reason = next(reason for reason in report.reasons if reason.rule == "endpoint-missed")
    assert [str(example) for example in reason.examples] == [f"request 2 of {B}"]
    only_api = report.deduplication["classes"]["only_api"]["examples"]
    assert {"event": 3, "server": A} in only_api
    assert {"event": 1, "server": B} in only_api


def test_a_server_that_is_not_ready_keeps_the_whole_from_being_ready(record):
    healthy, dead = [record(1)], [record(1, ad_account_id="2", status="failed")]
    assert make_report_of_servers([history(A, healthy)]).readiness == "ready"
    assert make_report_of_servers([history(A, healthy), history(B, dead)]).readiness == "not ready"


def test_duplicates_of_one_server_are_not_those_of_another(record):
    pair = [record(1), record(2, source="tag", event_id="e1", duplicate_of=1)]
    others = [{**item, "ad_account_id": "2"} for item in pair]
    report = make_report_of_servers([history(A, pair, evicted=2), history(B, others, evicted=3)])
    assert (report.readiness, report.evicted) == ("ready", 5)
    assert report.deduplication["classes"]["matched"]["events"] == 4


def test_an_account_on_two_servers_is_not_ready_whatever_it_sent(record):
    report = make_report_of_servers([history(A, [record(1)]), history(B, [record(1, event_id="other")])])
    (reason,) = (reason for reason in report.reasons if reason.rule == "ad-account-divided")
    assert (report.readiness, A in reason.sentence, B in reason.sentence) == ("not ready", True, True)


def test_a_server_is_named_once_for_the_examples_that_follow_one_another(record):
    odd = [record(seq, ad_account_id="1", findings=[FINDING]) for seq in (1, 2)]
    other = [record(9, ad_account_id="2", findings=[FINDING])]
    report = make_report_of_servers([history(A, odd), history(B, other)])
    assert f"value-zero, 3 events (such as #1, #2 of {A}, #9 of {B})" in write_text(report)
    page = write_page(report, made_at="now", source=A)
    assert f'<a href="{A}/__mockpin/ui/events/2">#2</a> of {A}, <a href="{B}/__mockpin/ui/events/9">' in page
    assert make_report(odd, []).findings[0].examples[0].link is None
