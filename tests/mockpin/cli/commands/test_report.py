"""`mockpin report` as a user runs it."""

import json

import pytest
from click.testing import CliRunner

from mockpin import MockPin
from mockpin.cli.commands.report import command
from mockpin.emulator.history.event_fields import EventRow
from mockpin.emulator.history.records import ExchangeRow
from mockpin.emulator.history.store import Store

ACCOUNT = "549755885175"
NOW = 1_790_000_000.0


def event(seq, *, status="processed", account=ACCOUNT):
    payload = {"event_name": "checkout", "user_data": {"em": ["0" * 63 + "1"]}}
    return EventRow(
        seq=seq, received_at=NOW, ad_account_id=account, source="api", test=False, event_name="checkout",
        sent_name="checkout", event_id=f"e{seq}", action_source="web", event_time=NOW - 5, status=status,
        error_message="", warning_message="", duplicate_of=None, limited=False, limited_reason="",
        reported_as="web", findings="[]", payload=json.dumps(payload),
        request_id="1",
    )  # fmt: skip


def exchange(first, last):
    return ExchangeRow(
        id=1, received_at=NOW, ad_account_id=ACCOUNT, method="POST", path=f"/v5/ad_accounts/{ACCOUNT}/events",
        query=b"{}", headers=b"{}", body=None, status=200, answer_headers=b"{}", answer=b"{}",
        milliseconds=1.0, first_seq=first, last_seq=last, fault=None,
    )  # fmt: skip


@pytest.fixture
def keep(tmp_path):
    """A function that writes events into a store file and gives its path."""

    def write(*events):
        store = Store(str(tmp_path / "events.db"))
        with store.transaction():
            store.add_events(events)
            store.add_exchanges([exchange(events[0].seq, events[-1].seq)])
        store.close()
        return str(tmp_path / "events.db")

    return write


def run(*arguments):
    return CliRunner().invoke(command, arguments)


def test_a_store_file_is_reported_with_its_batches(keep):
    result = run("--store", keep(event(1), event(2)))
    assert result.exit_code == 0
    assert "Readiness: READY" in result.stdout
    assert "At this batch size (2.0 events a request)" in result.stdout


def test_a_running_server_is_reported(mockpin):
    result = run("--url", mockpin.url, "--ad-account", mockpin.ad_account_id, "--expect", "checkout=1")
    assert result.exit_code == 1
    assert "No real event was received" in result.stdout


def test_several_servers_are_reported_as_one(mockpin):
    with MockPin() as other:
        urls = ("--url", mockpin.url, "--url", f"{other.url}/", "--url", mockpin.url)
        result = run(*urls, "--format", "json")
        assert json.loads(result.stdout)["servers"] == {mockpin.url: 0, other.url: 0}
        assert f"<code>{other.url}</code>" in run(*urls, "--format", "html").stdout
        assert f"{mockpin.url}  0" in run(*urls).stdout
    gone = run("--url", mockpin.url, "--url", other.url)
    assert (gone.exit_code, other.url in gone.stderr, gone.stdout) == (3, True, "")


def test_json_gives_each_reason_and_finding(keep):
    finding = b'[{"rule":"r","severity":"warning","message":"m","fix":"f"}]'
    result = run("--store", keep(event(1)._replace(findings=finding)), "--format", "json")
    said = json.loads(result.stdout)
    (reason,) = said["reasons"]
    assert (reason["severity"], reason["sentence"]) == ("warning", "Events with warnings, by rule: r (1).")
    assert said["findings"][0]["examples"] == [1]


def test_one_ad_account_can_be_asked_for(keep):
    result = run("--store", keep(event(1), event(2, account="1")), "--ad-account", "1", "--format", "json")
    assert json.loads(result.stdout)["events"]["real"] == 1


def test_the_page_is_one_file(keep):
    result = run("--store", keep(event(1)), "--format", "html")
    assert result.stdout.startswith("<!doctype html>")
    assert "events.db" in result.stdout


@pytest.mark.parametrize(
    ("status", "fail_on", "exit_code"),
    [("failed", "error", 1), ("failed", "never", 0), ("processed", "warning", 0)],
)
def test_the_gate_closes_at_the_severity_asked_for(keep, status, fail_on, exit_code):
    assert run("--store", keep(event(1, status=status)), "--fail-on", fail_on).exit_code == exit_code


def test_expected_numbers_are_a_gate(keep):
    result = run("--store", keep(event(1)), "--expect", "checkout=2", "--expect", "signup=0")
    assert result.exit_code == 1
    assert "checkout: 2 expected, 1 seen." in result.stdout


def test_an_expected_name_may_be_spelled_as_the_tag_spells_it(keep):
    result = run("--store", keep(event(1)), "--expect", "Checkout=1", "--expect", "AddToCart=0")
    assert "expected" not in result.stdout.partition("Event names")[0]


def test_a_misspelt_expected_name_is_told_with_the_one_that_was_meant(keep):
    result = run("--store", keep(event(1)), "--expect", "chekout=1", "--expect", "quoted=1")
    assert "chekout: 1 expected, 0 seen. Did you mean checkout?" in result.stdout
    assert "quoted: 1 expected, 0 seen.\n" in result.stdout


def test_a_failed_event_is_none_of_those_expected(keep):
    result = run("--store", keep(event(1), event(2, status="failed")), "--expect", "checkout=2")
    assert "checkout: 2 expected, 2 seen, of which 1 failed." in result.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--url", "http://127.0.0.1:9", "--store", "x.db"), "--url and --store exclude each other"),
        (("--url", "foo"), "This is not the URL of a server"),
        (("--store", "missing.db"), "The store missing.db cannot be opened: there is no such file"),
        (("--store", __file__), "cannot be opened"),
        (("--url", "http://127.0.0.1:9", "--expect", "checkout"), "is not NAME=COUNT"),
        (("--store", "x.db", "--expect", "segmnt:lead=1"), "no source 'segmnt'; did you mean segment?"),
        (
            ("--store", "x.db", "--expect", "checkout=1", "--expect", "Checkout=2"),
            "checkout is expected twice",
        ),
    ],
)
def test_what_cannot_be_reported_is_told(arguments, said):
    result = run(*arguments)
    assert result.exit_code == 2
    assert said in result.stderr


def test_a_missing_store_is_not_made(tmp_path):
    run("--store", str(tmp_path / "missing.db"))
    assert not (tmp_path / "missing.db").exists()


def test_an_empty_file_is_not_a_store_and_stays_empty(tmp_path):
    (tmp_path / "z.db").touch()
    result = run("--store", str(tmp_path / "z.db"))
    assert result.exit_code == 2
    assert "z.db cannot be opened: it is not a store of mockpin" in result.stderr
    assert [path.stat().st_size for path in tmp_path.iterdir()] == [0]


def test_a_server_that_is_not_there_is_told():
    result = run("--url", "http://127.0.0.1:9")
    assert result.exit_code == 3
    assert "No mockpin answers at http://127.0.0.1:9" in result.stderr
