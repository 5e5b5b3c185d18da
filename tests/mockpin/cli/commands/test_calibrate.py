import json
import os
import pty
import signal
import subprocess
import sys
import time

import pytest
from click.testing import CliRunner

from mockpin.calibration.probes import load_probes
from mockpin.cli.commands.calibrate import command, confirm_sending, tell_question
from mockpin.emulator.settings.calibrations import read_calibration
from tests.mockpin.calibration.stand_in import AD_ACCOUNT, TOKEN, Behaviours, reply, standing_in
from tests.mockpin.serve_process import Serving
from tests.mockpin.terminals import terminal

OTHERWISE = Behaviours(
    mixed_batch_status=200, unknown_event_name="fail", max_event_age=28 * 86_400, em_as_text="warn"
)


@pytest.fixture
def token_file(tmp_path):
    path = tmp_path / "token"
    path.write_text(f"{TOKEN}\n")
    return path


@pytest.fixture
def run(tmp_path, token_file):
    """Calibrate against a URL, in a folder of its own."""

    def run(url, *more, stdin=None, ad_account=AD_ACCOUNT):
        out = tmp_path / "calibration.json"
        given = ["--to", url, "--ad-account", ad_account, "--token-file", str(token_file), "--yes"]
        if "--out" not in more:
            given += ["--out", str(out)]
        return CliRunner().invoke(command, [*given, *more], input=stdin)

    run.out = tmp_path / "calibration.json"
    return run


@pytest.fixture(scope="module")
def calibration(tmp_path_factory):
    """The report and the bytes of a calibration: one is enough, because a session waits between requests."""
    folder = tmp_path_factory.mktemp("calibration")
    (folder / "token").write_text(TOKEN)
    with standing_in(OTHERWISE) as (url, _):
        given = ["--to", url, "--ad-account", AD_ACCOUNT, "--token-file", str(folder / "token"), "--yes"]
        done = CliRunner().invoke(command, [*given, "--out", str(folder / "c.json"), "--format", "json"])
    assert done.exit_code == 0, done.stderr
    return json.loads(done.stdout), (folder / "c.json").read_bytes()


@pytest.fixture
def calibrated(calibration, run):
    """The report and the file of a calibration, in a folder of its own."""
    report, content = calibration
    run.out.write_bytes(content)
    return report, run.out


def test_the_settings_and_each_probe_are_told_as_json(calibrated):
    told, _ = calibrated
    assert told["settings"]["mixed_batch_status"] == "200"
    assert told["settings"]["unknown_event_name"] == "fail"
    assert told["settings"]["max_event_age"] == "28d"
    probe = next(probe for probe in told["probes"] if probe["name"] == "mixed-batch")
    assert probe == {
        "name": "mixed-batch",
        "question": "Which status does a batch get when some of its events fail and others do not?",
        "emulated": "422",
        "observed": "200",
        "agrees": False,
    }
    assert {probe["name"] for probe in told["probes"] if probe["agrees"] is not True} == {
        "mixed-batch", "unknown-event-name", "max-event-age", "em-as-text",
    }  # fmt: skip


def test_the_file_holds_neither_token_nor_ad_account(calibrated):
    told, path = calibrated
    assert read_calibration(path).settings == told["settings"]
    assert TOKEN not in path.read_text()
    assert AD_ACCOUNT not in path.read_text()


def test_a_table_says_what_differs_and_what_to_do(run):
    with standing_in(OTHERWISE) as (url, _):
        done = run(url)
    assert "4 of 18 answers differ from mockpin's defaults." in done.stdout
    assert f"mockpin serve --calibration {run.out}" in done.stdout
    assert "differs" in done.stdout
    assert f"18 questions go to {url} for the ad account {AD_ACCOUNT}" in done.stderr
    assert TOKEN not in done.output


def test_offline_the_emulator_still_answers_as_recorded(calibrated):
    _, path = calibrated
    done = CliRunner().invoke(command, ["--check", str(path)])
    assert (done.exit_code, done.stdout) == (0, "Everything is answered as it was recorded.\n")
    assert "No setting expresses the answer to em-as-text: processed." in done.stderr


def test_online_a_service_that_changed_is_a_finding(calibrated, run):
    _, path = calibrated
    with standing_in(OTHERWISE) as (url, _):
        assert run(url, "--check", str(path)).exit_code == 0
    with standing_in(Behaviours(em_as_text="warn", unknown_event_name="fail", max_event_age=2_419_200)) as (
        url,
        _,
    ):
        done = run(url, "--check", str(path), "--format", "json")
    assert done.exit_code == 1
    assert json.loads(done.stdout)["changed"] == [{"name": "mixed-batch", "recorded": "200", "now": "422"}]


def test_what_is_shared_names_no_account_and_is_asked_for(calibrated):
    _, path = calibrated
    calibration = read_calibration(path)
    assert CliRunner().invoke(command, ["--share", str(path)]).exit_code == 2
    shared = CliRunner().invoke(command, ["--share", str(path), "--yes"]).stdout
    assert (
        "| Which status does a batch get when some of its events fail and others do not? | 422 | 200 |"
        in shared
    )
    assert '"status":200' in shared
    assert calibration.ad_account not in shared
    assert "date" not in shared
    assert "Current timestamp: <time>, Given event_timestamp: <time>" in shared
    assert "mockpin-calibrate-" not in shared


def test_a_dry_run_prints_the_requests_and_needs_no_token():
    done = CliRunner().invoke(command, ["--dry-run", "--to", "pinterest", "--ad-account", "12"])
    requests = [json.loads(line) for line in done.stdout.splitlines()]
    assert (done.exit_code, len(requests)) == (0, 18)
    assert requests[0]["url"] == "https://api.pinterest.com/v5/ad_accounts/12/events?test=true"
    assert requests[4]["body"]["data"][0]["event_name"] == "subscription"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "Name the service with --to"),
        (["--to", "pinterest"], "--ad-account: 1 to 18 digits"),
        (["--to", "pinterest", "--ad-account", "a1"], "not an ad account id, which has 1 to 18"),
        (["--to", "pinterest", "--ad-account", "1"], "--token-file"),
        (["--to", "pinterest", "--ad-account", "1", "--token-file", "-"], "add --yes"),
        (["--to", "pinterest", "--ad-account", "1", "--token-file", "none"], "none cannot be read"),
        (["--to", "nowhere", "--ad-account", "1"], "This is not the URL of a server"),
        (["--check", "none"], "it cannot be read: No such file"),
    ],
)
def test_what_is_missing_is_said(arguments, said, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(command, arguments)
    assert done.exit_code == 2
    assert said in done.stderr


@pytest.mark.parametrize(
    ("ad_account", "said"), [(AD_ACCOUNT, "does not accept the token"), ("12", "does not let this token")]
)
def test_wrong_credentials_exit_with_2_and_write_nothing(ad_account, said, run, token_file):
    if ad_account == AD_ACCOUNT:
        token_file.write_text("pina_WRONG")
    with standing_in() as (url, _):
        done = run(url, ad_account=ad_account)
    assert (done.exit_code, run.out.exists()) == (2, False)
    assert said in done.stderr
    assert "pina_" not in done.output


def test_nobody_there_exits_with_3(run):
    done = run("http://127.0.0.1:1")
    assert (done.exit_code, run.out.exists()) == (3, False)
    assert "127.0.0.1:1 cannot be reached: Connection refused." in done.stderr


def breaking_after(count):
    from tests.mockpin.calibration.stand_in import answer

    served = []

    def respond(handler, behaviours, body):
        served.append(body)
        answer(handler, behaviours, body) if len(served) <= count else reply(handler, 500, {})

    return respond


def test_half_answered_it_keeps_what_it_has_and_says_what_is_missing(run):
    with standing_in(respond=breaking_after(5)) as (url, _):
        done = run(url)
    assert done.exit_code == 3
    assert "missing: unknown-action-source: 127.0.0.1" in done.stderr
    assert "missing: rate-limit: not asked" in done.stderr
    assert [probe["name"] for probe in read_calibration(run.out).probes][-1] == "unknown-event-name"


def test_half_answered_it_does_not_replace_a_calibration_that_is_there(calibrated, run):
    _, path = calibrated
    before = path.read_bytes()
    with standing_in(respond=breaking_after(5)) as (url, _):
        assert run(url).exit_code == 3
    assert path.read_bytes() == before
    assert read_calibration(path.with_name("calibration.json.partial")).missing


def test_ctrl_c_keeps_what_was_answered_and_exits_with_130(tmp_path, token_file):
    with standing_in() as (url, received):
        given = ["--to", url, "--ad-account", AD_ACCOUNT, "--token-file", str(token_file), "--yes"]
        process = subprocess.Popen(
            [sys.executable, "-m", "mockpin", "calibrate", *given],
            cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        while len(received) < 4:
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert b"missing: rate-limit: not asked" in said
    assert read_calibration(tmp_path / "mockpin-calibration.json").probes[0]["name"] == "plain-event"


def test_a_file_that_is_something_else_is_not_replaced(run):
    run.out.write_text("mine")
    done = run("http://127.0.0.1:1")
    assert done.exit_code == 2
    assert run.out.read_text() == "mine"


def test_an_output_that_is_not_a_regular_file_is_refused_before_anything_is_asked(run):
    with standing_in(Behaviours()) as (url, requests):
        done = run(url, "--out", "/dev/full")
    assert (done.exit_code, requests) == (2, [])
    assert done.stderr == "Error: /dev/full is not a regular file: name one with --out.\n"


def test_a_calibration_that_cannot_be_written_is_printed(run):
    with standing_in() as (url, _):
        done = run(url, "--out", "/proc/calibration.json")
    assert done.exit_code == 3
    assert "is on standard output instead" in done.stderr
    assert json.loads(done.stdout)["settings"]["mixed_batch_status"] == "422"


def test_the_token_may_come_from_standard_input(tmp_path):
    with standing_in() as (url, _):
        given = [
            "--to",
            url,
            "--ad-account",
            AD_ACCOUNT,
            "--token-file",
            "-",
            "--yes",
            "--out",
            str(tmp_path / "c"),
        ]
        assert CliRunner().invoke(command, given, input=TOKEN).exit_code == 0


def test_on_a_terminal_it_asks_first(tmp_path, token_file):
    with standing_in() as (url, received):
        master, slave = pty.openpty()
        given = ["calibrate", "--to", url, "--ad-account", AD_ACCOUNT, "--token-file", str(token_file)]
        process = subprocess.Popen(
            [sys.executable, "-m", "mockpin", *given], cwd=tmp_path, stdin=slave, stderr=subprocess.PIPE
        )
        os.write(master, b"n\n")
        _, said = process.communicate(timeout=60)
    os.close(master)
    os.close(slave)
    assert process.returncode == 130
    assert b"Send them? [y/N]" in said
    assert said.endswith(b"Nothing was sent.\n")
    assert received == []


def test_a_terminal_shows_each_question_that_is_asked(capsys):
    probe, *_ = load_probes()
    with terminal() as shown:
        tell_question(probe)
    assert probe.question in shown.getvalue()
    tell_question(probe)
    assert capsys.readouterr().err == ""


def test_another_mockpin_is_recovered_and_serves_as_it_was_observed(tmp_path, run, token_file):
    """Over a real socket, the settings of one server become those of another."""
    flags = [
        *("--mixed-batch-status", "200", "--unknown-event-name", "fail", "--unknown-action-source", "warn"),
        *(
            "--max-event-age",
            "30h",
            "--future-tolerance",
            "5m",
            "--test-batch",
            "9",
            "--rate-limit",
            "5000/min",
        ),
        *("--unhashed", "em:warn,external_id:fail,*:fail", "--warnings", "2024"),
        *("--user-data-minimum", "warn", "--event-id-missing", "fail", "--unknown-ad-account", "404"),
    ]
    chosen = dict(zip(*[iter(flags)] * 2, strict=True))
    account = ["--account", f"{AD_ACCOUNT}={TOKEN}"]
    with Serving(tmp_path, *account, *flags) as server:
        assert run(server.url).exit_code == 0
    settings = read_calibration(run.out).settings
    assert {f"--{name.replace('_', '-')}": text for name, text in settings.items()} == chosen
    with Serving(tmp_path, *account, "--calibration", str(run.out), "--test-batch", "20") as server:
        _, told = server.get("/__mockpin/settings")
        _, said = server.end()
    described = {setting["name"]: setting for setting in told["settings"]}
    assert described["max_event_age"]["value"] == "30h"
    assert described["max_event_age"]["grade"] == "observed on your account"
    assert described["test_batch"]["origin"] == "flag"
    assert "test_batch is 20 by flag; on" in said
    assert "max_event_age is 30h, observed on your account on" in said


def test_a_calibration_that_cannot_be_used_stops_the_server(tmp_path):
    path = tmp_path / "c.json"
    path.write_text("{}")
    done = subprocess.run(
        [sys.executable, "-m", "mockpin", "serve", "--port", "0", "--calibration", str(path)],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert "c.json is not a calibration that can be used" in done.stderr


@pytest.mark.parametrize(
    ("url", "is_readable"),
    [
        ("http://x.test", True),
        ("https://x.test", False),
        ("http://127.0.0.1:7466", False),
        ("http://localhost", False),
    ],
)
def test_a_token_that_can_be_read_on_the_way_is_warned_of(url, is_readable, capsys):
    confirm_sending(url, "12", [], {"yes": True})
    assert ("the token can be read on the way" in capsys.readouterr().err) is is_readable
