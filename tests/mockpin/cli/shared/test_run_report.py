import resource
from pathlib import Path
from types import SimpleNamespace

import click
import pytest

from mockpin.cli.shared.errors import OutputUnwritable
from mockpin.cli.shared.received import Received, read_emulator
from mockpin.cli.shared.run_report import (
    REPORT,
    ReportTarget,
    check_journey,
    describe_separate_accounts,
    describe_traffic,
    report_run,
    write,
)
from mockpin.expectations.journey_files import parse_journey
from mockpin.interception.folder import RunFolder
from mockpin.interception.hosts import HostTable
from mockpin.interception.traffic import Traffic
from tests.mockpin.sending import Sending, conversion_event


def received(**accounts):
    """One event of each source, for the ad account given."""
    events = [{"source": source, "ad_account_id": account} for source, account in accounts.items()]
    return Received(events, [])


def test_a_tag_of_another_ad_account_than_the_apis_is_named_with_the_options_that_join_them():
    (line,) = describe_separate_accounts(received(api="549755885175", tag="5490"))
    assert "belong to ad account 5490, those of the API to 549755885175" in line
    assert line.endswith("--account 549755885175=TOKEN --tag TAG_ID=549755885175.")


@pytest.mark.parametrize(
    "accounts", [{}, {"api": "1"}, {"tag": "2"}, {"api": "1", "tag": "1"}, {"segment": "1", "tag": "2"}]
)
def test_one_ad_account_or_one_source_needs_no_advice(accounts):
    assert list(describe_separate_accounts(received(**accounts))) == []


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("short", ReportTarget("short")),
        ("none", ReportTarget("none")),
        ("json=a=b", ReportTarget("json", Path("a=b"))),
        (ReportTarget("full"), ReportTarget("full")),
    ],
)
def test_a_report_is_a_form_and_may_have_a_file(text, target):
    assert REPORT.convert(text, None, None) == target
    assert str(target) == str(text)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("pdf", "'pdf' is not one of"),
        ("none=x", "'none=x' names no file"),
        ("json=", "'json=' names no file"),
    ],
)
def test_a_form_without_a_file_where_it_needs_one_is_refused(text, sentence):
    with pytest.raises(click.BadParameter) as refused:
        REPORT.convert(text, None, None)
    assert sentence in refused.value.message


def describe(folder, *words, requests=(), **answered):
    """The report on the traffic of a run; `folder` tells whether Node loaded its hook."""
    traffic = Traffic(HostTable())
    traffic.answered.update(answered)
    interception = SimpleNamespace(traffic=traffic, folder=RunFolder(folder))
    return list(describe_traffic(interception, Received([], list(requests)), words))


def test_a_run_without_a_request_is_told_what_mockpin_answers_for(tmp_path):
    (line,) = describe(tmp_path)
    assert line.startswith("no request came. mockpin answers for api.pinterest.com, ")
    assert describe(tmp_path, requests=[{}]) == []
    assert describe(tmp_path, host=1) == ["host: 1 request answered by mockpin"]


def test_a_node_that_did_not_load_its_hook_is_named(tmp_path):
    assert "Node.js ignored NODE_OPTIONS" in describe(tmp_path, "/usr/bin/node")[1]
    assert len(describe(tmp_path, "python")) == 1
    (tmp_path / "loaded-node").touch()
    assert len(describe(tmp_path, "node")) == 1


@pytest.mark.parametrize(("form", "has_heading"), [("short", False), ("full", True)])
@pytest.mark.parametrize(("fail_on", "fails"), [("error", True), ("never", False)])
def test_a_run_is_reported_in_its_form_and_fails_by_its_gravest_reason(
    form, has_heading, fail_on, fails, capsys
):
    interception = SimpleNamespace(traffic=Traffic(HostTable()))
    options = {"expected": None, "report": ReportTarget(form), "fail_on": fail_on}
    with click.Context(click.Command("run")):
        assert report_run(interception, Received([], []), options) is fails
    written = capsys.readouterr()
    assert written.out == ""
    assert "No real event was received" in written.err
    assert (len(written.err.splitlines()) > 6) is has_heading


def test_a_report_in_a_file_has_its_reasons_on_standard_error_too(tmp_path, capsys):
    interception = SimpleNamespace(traffic=Traffic(HostTable()))
    report = ReportTarget("html", tmp_path / "report.html")
    with click.Context(click.Command("run")):
        report_run(interception, Received([], []), {"expected": None, "report": report, "fail_on": "error"})
    first, reason, last = capsys.readouterr().err.splitlines()
    assert first == "mockpin: NOT READY. 0 events, 0 processed, 0 failed."
    assert reason.startswith("  ✗ No real event was received")
    assert last == f"mockpin: the report is in {report.file}"


@pytest.mark.parametrize(("form", "stream"), [("json", "out"), ("full", "err")])
def test_json_alone_goes_to_standard_output(form, stream, capsys):
    write(ReportTarget(form), "text")
    assert capsys.readouterr()._asdict() == {"out": "", "err": "", stream: "text\n"}


def test_a_report_with_a_file_goes_there(tmp_path, capsys):
    write(ReportTarget("json", tmp_path / "report"), "text")
    assert (tmp_path / "report").read_text() == "text\n"
    assert capsys.readouterr() == ("", f"mockpin: the report is in {tmp_path / 'report'}\n")
    with pytest.raises(OutputUnwritable, match=r"cannot be written to .*: Is a directory"):
        write(ReportTarget("json", tmp_path), "text")


def test_of_a_report_that_does_not_fit_on_the_disk_nothing_is_left(tmp_path):
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
    try:
        with pytest.raises(OutputUnwritable, match=r"cannot be written to .*: File too large"):
            write(ReportTarget("json", tmp_path / "report"), "x" * 5000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert list(tmp_path.iterdir()) == []


JOURNEY = parse_journey('name = "A purchase"\n[[expect]]\nevent_name = "checkout"')


@pytest.mark.parametrize("is_met", [True, False])
def test_a_journey_says_on_standard_error_what_came_of_its_steps(is_met, capsys):
    sending = Sending()
    sending.post(*[conversion_event()] * is_met)
    assert check_journey(JOURNEY, read_emulator(sending.emulator)) is is_met
    out, err = capsys.readouterr()
    assert (out, "A purchase" in err, "checkout" in err) == ("", True, True)
