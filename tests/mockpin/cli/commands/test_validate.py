"""`mockpin validate` as a user runs it."""

import gzip
import json
import os
from contextlib import chdir

import pytest
from click.testing import CliRunner

from mockpin.cli import mockpin
from mockpin.cli.commands.validate import count_jobs
from mockpin_validator.formats import FORMATS

NOW = 1_790_000_000
GOOD = {
    "event_name": "checkout",
    "action_source": "web",
    "event_time": NOW - 60,
    "event_id": "e1",
    "event_source_url": "https://shop.example.com/",
    "user_data": {"em": ["9" * 64], "client_ip_address": "8.8.4.4", "client_user_agent": "Mozilla/5.0"},
    "custom_data": {"currency": "EUR", "value": "24.50", "order_id": "o1"},
}
PLAIN = {**GOOD, "user_data": {"em": ["jane@example.com"]}}
ORDER = {
    "type": "track",
    "event": "Order Completed",
    "messageId": "m1",
    "timestamp": "2026-09-21T14:00:00.000Z",
    "properties": {"email": "jane@example.com", "currency": "EUR"},
    "context": {"page": {"url": "https://shop.example.com/"}},
}


@pytest.fixture
def run(tmp_path):
    """Runs the command in a folder of its own, as of `NOW`."""

    def run(*arguments, text=None, now=NOW, github=None):
        timed = [*arguments, "--now", str(now)] if now else arguments
        runner = CliRunner(env={"GITHUB_ACTIONS": github})
        return runner.invoke(mockpin, ["validate", *map(str, timed)], input=text)

    with chdir(tmp_path):
        yield run


@pytest.fixture
def write(tmp_path):
    def write(name, *documents):
        text = "".join(json.dumps(document) + "\n" for document in documents).encode()
        (tmp_path / name).write_bytes(gzip.compress(text) if name.endswith(".gz") else text)
        return name

    return write


def found(result):
    return {
        finding["rule"] for finding in json.loads(result.stdout)["findings"] if finding["severity"] == "error"
    }


@pytest.mark.parametrize("name", ["events.jsonl", "request.json", "events.jsonl.gz"])
def test_what_pinterest_takes_exits_with_0(run, write, name):
    result = run(write(name, GOOD, {"data": [GOOD]}))
    assert (result.exit_code, "2 events in 1 file, 0 with errors" in result.stdout) == (0, True)


def test_what_pinterest_fails_exits_with_1_and_shows_where(run, write):
    result = run(write("events.jsonl", GOOD, PLAIN))
    assert result.exit_code == 1
    assert "error[match-key-not-hashed]" in result.stdout
    assert " --> events.jsonl:2:" in result.stdout
    assert "jane" not in result.output


def test_what_is_not_json_exits_with_2_and_the_rest_is_judged(run, tmp_path):
    (tmp_path / "events.jsonl").write_text("nope\n" + json.dumps(PLAIN))
    result = run("events.jsonl", "--format", "json")
    assert result.exit_code == 2
    assert found(result) == {"unreadable", "match-key-not-hashed"}


def test_a_file_that_is_not_there_exits_with_2(run):
    result = run("no-such.json")
    assert result.exit_code == 2
    assert "The file cannot be opened: No such file or directory." in result.stdout


def test_standard_input_is_read_for_a_dash(run):
    result = run("-", text=json.dumps(PLAIN))
    assert result.exit_code == 1
    assert "<stdin>:1:" in result.stdout


def test_warnings_count_where_they_are_asked_to(run, write):
    name = write("events.jsonl", GOOD)
    assert run(name).exit_code == 0
    assert run(name, "--fail-on", "warning").exit_code == 1


def test_the_profile_strict_takes_advice_for_errors(run, write):
    assert run(write("events.jsonl", GOOD), "--profile", "strict").exit_code == 1


def test_events_are_judged_as_of_a_time_or_without_one(run, write):
    name = write("events.jsonl", GOOD)
    assert run(name, now="2026-09-21T15:00:00Z").exit_code == 0
    assert run(name, now=NOW + 700_000).exit_code == 1
    assert run(name, "--ignore-time", now=None).exit_code == 0


def test_a_time_that_is_none_is_a_usage_error(run, write):
    result = run(write("events.jsonl", GOOD), now="yesterday")
    assert result.exit_code == 2
    assert "'yesterday' is not a time" in result.output


def test_plain_text_covers_nothing(run, write):
    result = run(write("events.jsonl", PLAIN), "--min", "em=1", "--format", "json")
    assert json.loads(result.stdout)["quality"]["match_keys"]["em"] == 0
    assert result.exit_code == 1


def test_coverage_is_a_gate(run, write):
    name = write("events.jsonl", GOOD, {**GOOD, "user_data": {"hashed_maids": ["8" * 64]}})
    assert run(name, "--min", "em=50").exit_code == 0
    result = run(name, "--min", "checkout:em=90%")
    assert result.exit_code == 1
    assert "em is on 50.0 % of checkout events; at least 90 % was asked for." in result.stdout


@pytest.mark.parametrize("value", ["em", "em=lots", "em=101", "mail=90", "em=nan"])
def test_a_coverage_that_cannot_be_read_is_a_usage_error(run, write, value):
    assert run(write("events.jsonl", GOOD), "--min", value).exit_code == 2


def test_severities_come_from_the_configuration(run, write, tmp_path):
    name = write("events.jsonl", PLAIN)
    (tmp_path / "mockpin.toml").write_text('[rules]\nmatch-key-not-hashed = "off"\n')
    assert run(name).exit_code == 0
    (tmp_path / "mockpin.toml").write_text('[rules]\nmatch-key-not-hashd = "off"\n')
    result = run(name)
    assert result.exit_code == 2
    assert "did you mean match-key-not-hashed?" in result.output
    (tmp_path / "mockpin.toml").write_text('[rules]\nmatch-key-not-hashed = "loud"\n')
    assert "write one of error, warning, info, off" in run(name).output


def test_a_baseline_accepts_what_is_known(run, write, tmp_path):
    name = write("events.jsonl", PLAIN)
    assert run(name, "--baseline", "known.json", "--update-baseline").exit_code == 0
    known = run(name, "--baseline", "known.json")
    assert known.exit_code == 0
    assert "1 with errors (known ones included): 0 errors" in known.stdout
    write("events.jsonl", GOOD, PLAIN, PLAIN)
    assert run(name, "--baseline", "known.json").exit_code == 1
    write("events.jsonl", GOOD)
    assert "renew it with --update-baseline" in run(name, "--baseline", "known.json").stderr
    assert [path.name for path in tmp_path.glob("known*")] == ["known.json"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--update-baseline"], "--update-baseline needs --baseline FILE"),
        (["--baseline", "missing.json"], "cannot be read (No such file or directory)"),
        (["--baseline", "events.jsonl"], "it is not a baseline"),
    ],
)
def test_a_baseline_that_cannot_be_used_says_why(run, write, arguments, said):
    result = run(write("events.jsonl", GOOD), *arguments)
    assert (result.exit_code, said in result.output) == (2, True)


def test_annotations_are_written_where_github_shows_them(run, write):
    assert "::error file=events.jsonl,line=1," in run(write("events.jsonl", PLAIN), github="true").stdout


@pytest.mark.parametrize("form", ["json", "junit", "sarif", "github", "html", "text"])
def test_every_format_can_be_asked_for(run, write, form):
    result = run(write("events.jsonl", PLAIN), "--format", form)
    assert (result.exit_code, "match-key-not-hashed" in result.stdout) == (1, True)


def test_two_processes_report_what_one_does(run, write):
    names = [write("a.jsonl", GOOD, PLAIN), write("b.jsonl.gz", PLAIN)]
    assert run(*names, "--jobs", 2, "--format", "json").stdout == run(*names, "--format", "json").stdout


def test_findings_beyond_those_to_show_are_counted(run, write):
    result = run(write("events.jsonl", *[PLAIN] * 5), "--show", 1)
    assert "... 4 more (--show shows them)" in result.stdout


def test_statistics_are_counts_without_findings(run, write):
    result = run(write("events.jsonl", PLAIN, PLAIN), "--statistics")
    assert "2x error" in result.stdout
    assert "-->" not in result.stdout


def test_a_file_without_events_fails_unless_that_is_allowed(run, tmp_path):
    (tmp_path / "events.jsonl").write_text("\n \n")
    result = run("events.jsonl")
    assert (result.exit_code, "0 events judged; at least 1 asked for." in result.stdout) == (1, True)
    assert run("events.jsonl", "--min-events", 0).exit_code == 0


def test_a_missing_file_is_named_even_when_no_finding_is_shown(run):
    result = run("missing.json", "--show", 0)
    assert (result.exit_code, "1 document could not be read: missing.json." in result.stdout) == (2, True)


def test_segment_events_are_converted_first(run, write):
    result = run(write("segment.jsonl", ORDER, {"batch": [ORDER]}), "--from", "segment", "--format", "json")
    report = json.loads(result.stdout)
    assert (report["events"], found(result), result.exit_code) == (2, set(), 0)
    assert "jane" not in result.output


def test_segment_events_that_come_to_nothing_are_told(run, write):
    empty = {**ORDER, "properties": {}}
    result = run(write("segment.json", [{**ORDER, "event": "Nap Taken"}, empty]), "--from", "segment")
    assert result.exit_code == 1
    assert "info[segment-not-subscribed]" in result.stdout
    assert "error[segment-not-converted]" in result.stdout


def har(*requests):
    entries = [
        {"request": {"method": method, "url": url, "postData": {"text": text}}}
        for method, url, text in requests
    ]
    return {"log": {"version": "1.2", "entries": entries}}


def test_a_recording_is_judged_request_by_request_as_what_each_is(run, write):
    recording = har(
        ("POST", "https://api.pinterest.com/v5/ad_accounts/1/events", json.dumps({"data": [GOOD, PLAIN]})),
        ("GET", "https://ct.pinterest.com/v3/?tid=1&event=checkout&ed=broken", ""),
        ("POST", "https://api.segment.io/v1/track", json.dumps({**ORDER, "properties": {}})),
        ("GET", "https://shop.example.com/", ""),
    )
    result = run(write("session.har", recording), "--format", "json")
    report = json.loads(result.stdout)
    rules = {finding["rule"]: finding for finding in report["findings"]}
    assert report["events"] == 3
    assert rules["match-key-not-hashed"]["line"] == 1
    assert rules["tag-data-unreadable"]["line"] == 2
    assert rules["segment-not-converted"]["line"] == 3
    assert "jane" not in result.output


def test_what_the_emulator_exports_is_judged_again(run, write):
    events = {"events": [{"seq": 1, "payload": GOOD}, {"seq": 2, "payload": PLAIN}]}
    requests = {"requests": [{"seq": 1, "body": {"data": [GOOD, PLAIN]}}]}
    for document, line in ((events, '"payload"'), (requests, '"body"')):
        result = run(write("export.json", document), "--format", "json")
        report = json.loads(result.stdout)
        (error,) = (finding for finding in report["findings"] if finding["severity"] == "error")
        assert (report["events"], line in json.dumps(document)[: error["column"]]) == (2, True)
        assert json.dumps(document)[error["column"] - 1 :].startswith('"jane')


def test_what_only_many_events_show_is_found_over_all_files(run, write):
    shared = [
        {**GOOD, "event_id": "same", "custom_data": {**GOOD["custom_data"], "order_id": f"o{number}"}}
        for number in range(40)
    ]
    names = [write("a.jsonl", *shared[:20]), write("b.json", *[shared[20:]])]
    for jobs in (1, 2):
        report = json.loads(run(*names, "--format", "json", "--jobs", jobs).stdout)
        (found,) = (mistake for mistake in report["mistakes"] if mistake["rule"] == "event-id-shared")
        assert found["count"] > 30
    off = run(*names, "--format", "json", "--statistics")
    assert "event-id-shared" in off.stdout


def test_duckdb_observes_what_sqlite_does_in_the_memory_that_is_set(run, write):
    name = write("events.jsonl", *({**GOOD, "event_id": f"e{number}"} for number in range(9)))
    by_sqlite, by_duckdb = (
        run(name, "--engine", engine, "--memory", "64", "--format", "json") for engine in ("sqlite", "duckdb")
    )
    assert "order-counted-twice" in found(by_sqlite)
    assert by_duckdb.stdout == by_sqlite.stdout


def test_observations_can_be_set(run, write, tmp_path):
    shared = [{**GOOD, "custom_data": {"order_id": f"o{number}"}} for number in range(40)]
    (tmp_path / "mockpin.toml").write_text('[observations]\nevent-id-shared = "off"\n')
    assert "event-id-shared" not in run(write("a.jsonl", *shared), "--format", "json").stdout
    (tmp_path / "mockpin.toml").write_text('[observations]\nevent-id-shred = "off"\n')
    assert run("a.jsonl").exit_code == 2


def test_a_mended_copy_is_written_and_judged(run, write, tmp_path):
    upper = {**GOOD, "user_data": {**GOOD["user_data"], "em": ["AB" * 32]}}
    name = write("events.jsonl", upper, {**PLAIN, "event_id": "e2"})
    result = run(name, "--fix", "--format", "json")
    assert (
        "events.jsonl -> events.fixed.jsonl: 1 event corrected (1x hash put in lower case)." in result.stderr
    )
    assert (result.exit_code, found(result)) == (1, {"match-key-not-hashed"})
    hashed = run(name, "--fix", "--hash", "--output", "out.jsonl")
    assert (hashed.exit_code, "1x plain match key hashed" in hashed.stderr) == (0, True)
    assert "jane" not in (tmp_path / "out.jsonl").read_text()


def test_a_difference_exits_with_1_and_writes_nothing(run, write, tmp_path):
    name = write("events.jsonl", {**GOOD, "opt_out": "true"})
    result = run(name, "--diff")
    assert (result.exit_code, "@@ -1 +1 @@" in result.stdout) == (1, True)
    assert run(write("good.jsonl", GOOD), "--diff").exit_code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["events.jsonl", "good.jsonl"]


@pytest.mark.parametrize("arguments", [["--hash"], ["--output", "x"], ["--fix", "--output", "events.jsonl"]])
def test_options_of_mending_that_go_with_nothing_are_usage_errors(run, write, arguments):
    assert run(write("events.jsonl", GOOD), *arguments).exit_code == 2


def test_there_is_a_process_for_each_core_but_one_for_standard_input():
    assert count_jobs(0, ("a",)) == (os.cpu_count() or 1)
    assert (count_jobs(3, ("a",)), count_jobs(3, ("a", "-"))) == (3, 1)


@pytest.mark.parametrize("form", FORMATS)
def test_a_file_name_that_is_not_utf_8_is_written_out_in_every_format(run, write, form):
    name = write(os.fsdecode(b"caf\xe9.json"), PLAIN)
    done = run(name, "--format", form)
    assert (done.exit_code, "caf" in done.stdout) == (1, True)
    assert run(name, "--baseline", "known.json", "--update-baseline").exit_code == 0
    assert run(name, "--baseline", "known.json").exit_code == 0
