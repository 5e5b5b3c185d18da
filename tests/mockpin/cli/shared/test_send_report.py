"""What `mockpin send` says of what came of it."""

import time
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from mockpin.cli.shared.documents import Located
from mockpin.cli.shared.failed_events import FailedFiles, Kept
from mockpin.cli.shared.malformed import find_culprits
from mockpin.cli.shared.send_report import report, report_kept, spell_command
from mockpin.cli.shared.targets import SERVICE
from mockpin_transformer import Receipt
from mockpin_transformer.sending.receipt import Failure
from tests.mockpin.sending import conversion_event

NOW = int(time.time())
GOOD = conversion_event(event_time=NOW)
BAD = conversion_event(event_time=NOW, user_data={"em": "jane@example.com"})
FAILED = Path("failed.jsonl")
FILES = FailedFiles(FAILED, Path("malformed.jsonl"))


def located(*events):
    return [Located(event, f"events.jsonl:{number}") for number, event in enumerate(events, start=1)]


def refused(number):
    return tuple(Failure(index, "o-1", "400 Bad Request: ...", 400) for index in range(number))


@pytest.fixture
def said(capsys):
    """A function that reports and gives standard output and the lines of standard error."""

    def call(receipt, *events):
        placed = located(*events)
        report(receipt, placed, find_culprits(receipt, placed))
        out, err = capsys.readouterr()
        return out, err.splitlines()

    return call


@pytest.fixture
def advised(capsys):
    """A function that gives the lines about what was kept."""

    def call(*failures, files=(FAILED,), withheld=()):
        report_kept(
            Receipt(failed=failures),
            Kept(files, withheld),
            FILES,
            write_command="mockpin send {} --test".format,
        )
        return capsys.readouterr().err.splitlines()

    return call


def test_the_sum_is_data_and_is_told_in_one_line(said):
    out, err = said(Receipt(batches=2, processed=1500, attempts=3))
    assert (out, err) == ("1,500 processed, 0 failed, 2 batches, 3 attempts\n", [])


def test_an_event_that_failed_is_named_by_its_place(said):
    _, err = said(Receipt(1, 1, (Failure(1, "o-1", "It is old."),), 1), GOOD, GOOD)
    assert err == ["events.jsonl:2: event o-1 failed: It is old."]


def test_what_to_do_about_a_failed_event_stands_below_the_services_own_sentence(said):
    plain = conversion_event(event_time=NOW, user_data={"em": ["jane@example.com"]})
    answer = "jane@example.com is not in sha256 hashed format"
    _, (told, fix) = said(Receipt(1, 0, (Failure(0, "o-1", answer),), 1), plain)
    assert told.startswith("events.jsonl:1: event o-1 failed: ")
    assert fix.startswith("  fix: ")
    assert "jane" not in told + fix


def test_an_event_that_got_no_verdict_has_nothing_to_fix(said):
    plain = conversion_event(event_time=NOW, user_data={"em": ["jane@example.com"]})
    _, err = said(Receipt(1, 0, (Failure(0, "o-1", "503 Service Unavailable", 503),), 1), plain)
    assert err == ["events.jsonl:1: event o-1 failed: 503 Service Unavailable"]
    _, err = said(Receipt(1, 0, (Failure(0, "o-1", "No answer."),), 1, unreachable=True), plain)
    assert err == ["events.jsonl:1: event o-1 failed: No answer."]


def test_an_event_without_an_id_is_said_to_have_none(said):
    _, err = said(Receipt(failed=(Failure(0, None, "Refused."),)), GOOD)
    assert err == ["events.jsonl:1: event without an id failed: Refused."]


@pytest.mark.parametrize(("number", "bystanders"), [(2, "1 other event was"), (3, "2 other events were")])
def test_of_a_refused_batch_the_culprit_is_named_and_the_others_are_counted(said, number, bystanders):
    _, err = said(Receipt(1, 0, refused(number), 1), *[GOOD] * (number - 1), BAD)
    assert err[0].startswith(f"events.jsonl:{number}: event o-1 failed: 400 Bad Request: ")
    assert err[1].startswith("  fix: Put the value in a list, even when it is the only one.")
    assert err[2].startswith(f"{bystanders} refused for being in the same batch")
    assert "jane" not in "".join(err)


def test_a_refusal_for_which_no_event_is_to_blame_is_told_of_each(said):
    _, err = said(Receipt(1, 0, refused(2), 1), GOOD, GOOD)
    assert err == [f"events.jsonl:{n}: event o-1 failed: 400 Bad Request: ..." for n in (1, 2)]


def test_so_many_failures_are_written_out_and_the_others_are_counted(said):
    failures = tuple(Failure(index, "o-1", "Old.") for index in range(22))
    _, err = said(Receipt(failed=failures), *[GOOD] * len(failures))
    assert (len(err), err[-1]) == (21, "... and 2 more.")
    _, err = said(Receipt(failed=failures[:20]), *[GOOD] * 20)
    assert (len(err), "more" in err[-1]) == (20, False)


def test_an_offline_event_that_may_have_been_taken_is_told_as_such(said):
    offline = conversion_event(action_source="offline")
    _, err = said(Receipt(failed=(Failure(0, "o-1", "Timed out.", ambiguous=True),)), offline)
    assert err == ["events.jsonl:1: event o-1 failed: Timed out. (it may have been processed all the same)"]


@pytest.mark.parametrize(
    ("status", "first"),
    [
        (401, "The conversion token is wrong"),
        (404, "The server has no such address or ad account: check --to and --ad-account"),
        (403, "The conversion token is not this ad account's"),
        (503, "The failed events are in failed.jsonl"),
    ],
)
def test_what_to_do_first_is_told_by_the_status(advised, status, first):
    lines = advised(Failure(0, "o-1", "Refused.", status))
    assert lines[0].startswith(first)
    assert lines[-1].endswith("To send them again: mockpin send failed.jsonl --test")


def test_of_events_that_were_not_kept_it_is_told_why(advised):
    lines = advised(files=(), withheld=tuple(located(BAD)))
    assert len(lines) == 1
    assert lines[0].startswith(
        "events.jsonl:1: not kept in failed.jsonl, because a match key is in plain text"
    )


def test_a_file_of_events_that_would_count_twice_is_not_offered_to_be_sent(advised):
    unconfirmed = Path("failed-unconfirmed.jsonl")
    lines = advised(files=(FAILED, unconfirmed))
    assert lines[0].startswith("The offline events in failed-unconfirmed.jsonl may have been processed")
    assert lines[1].startswith("The other failed events are in failed.jsonl")


def test_malformed_events_are_to_be_corrected_first(advised):
    lines = advised(files=(FAILED, FILES.malformed))
    assert lines[0] == (
        "The malformed events are in malformed.jsonl. Correct them, then: mockpin send malformed.jsonl --test"
    )
    assert lines[1].startswith("The other failed events are in failed.jsonl.")


@click.command("send")
@click.option("--to")
@click.option("--token")
@click.option("--tag", multiple=True)
@click.option("--test", is_flag=True)
@click.option("--failed", default="x")
@click.pass_context
def send(ctx, /, **_):
    click.echo(spell_command(ctx, "my file.jsonl"))


def test_options_are_repeated_as_they_were_given():
    given = ["--to", "http://a b", "--tag", "1", "--tag", "2", "--test"]
    said = CliRunner(env={"TOKEN": "secret"}).invoke(send, given).stdout
    assert said == "mockpin send 'my file.jsonl' --to 'http://a b' --tag 1 --tag 2 --test\n"


def test_the_real_service_is_repeated_by_the_only_name_that_is_taken():
    said = CliRunner().invoke(send, ["--to", SERVICE]).stdout
    assert said == "mockpin send 'my file.jsonl' --to pinterest\n"


def test_a_token_is_not_repeated():
    assert (
        CliRunner().invoke(send, ["--token", "secret"]).stdout
        == "mockpin send 'my file.jsonl' --token TOKEN\n"
    )
