"""`mockpin serve` as a user runs it: a process of its own."""

import json
import os
import resource
import signal
import subprocess
import sys

import pytest

from mockpin.emulator.history.store import Store
from mockpin.serving.server import listen
from tests.mockpin.sending import AD_ACCOUNT_ID, PATH, TOKEN
from tests.mockpin.serve_process import Serving

ACCOUNT = ("--account", f"{AD_ACCOUNT_ID}={TOKEN}", "--access-token", "pina_access")

#: What only some requests, commands or options need.
LATER = {
    "cryptography", "duckdb", "httpx", "jsonschema", "jsonschema_rs", "pygal", "rich", "tomllib", "trustme",
    "ua_parser", "mockpin_transformer", "mockpin.expectations", "mockpin.observations.facts",
    "mockpin.reports.conduct", "mockpin.reports.deduplication",
}  # fmt: skip


def fail(*flags):
    done = subprocess.run(
        [sys.executable, "-m", "mockpin", "serve", *flags], capture_output=True, text=True, check=False
    )
    assert done.stdout == ""
    assert "secr" not in done.stderr
    return done.returncode, done.stderr


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_it_says_where_it_is_logs_one_line_a_request_and_ends_with_0(tmp_path, sign):
    with Serving(tmp_path, *ACCOUNT, "--port-file", "port") as serving:
        assert serving.said == [f"mockpin ready {serving.url}"]
        assert (tmp_path / "port").read_text() == serving.url.rpartition(":")[2] + "\n"
        assert serving.get(PATH, b"{}", Authorization=f"Bearer {TOKEN}")[0] == 400
        status, errors = serving.end(sign)
    assert (status, (tmp_path / "port").exists()) == (0, False)
    assert errors.startswith(f"POST {PATH} 400 received=0 processed=0 failed=0 schema ")
    assert errors.count("\n") == 1


def test_it_is_ready_before_it_loads_what_most_requests_do_not_need(tmp_path):
    command = [sys.executable, "-X", "importtime", "-m", "mockpin", "serve", "--port", "0", *ACCOUNT]
    with (
        (tmp_path / "loaded").open("w") as loaded,
        subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=loaded, text=True) as serving,
    ):
        assert serving.stdout.readline().startswith("mockpin ready ")
        serving.terminate()
    report = (tmp_path / "loaded").read_text()
    after_start_up = report.partition("| site\n")[2]  # before it, coverage loads its own modules
    names = {line.rpartition("|")[2].strip() for line in after_start_up.splitlines()}
    assert "granian" in names
    assert names & LATER == set()


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_with_0_while_it_is_still_starting(tmp_path, sign):
    os.mkfifo(tmp_path / "destination")
    flags = [sys.executable, "-m", "mockpin", "serve", "--destination", str(tmp_path / "destination")]
    process = subprocess.Popen(flags, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    with (tmp_path / "destination").open("w"):  # it has come to where it reads this
        process.send_signal(sign)
        said = process.communicate(timeout=60)
    assert (process.returncode, said) == (0, ("", ""))


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_told_again_and_again_it_still_ends_with_0(tmp_path, sign):
    with Serving(tmp_path, *ACCOUNT, "--port-file", "port") as serving:
        while serving.process.poll() is None:
            serving.process.send_signal(sign)
        status, errors = serving.end()
    assert (status, errors, (tmp_path / "port").exists()) == (0, "", False)


def test_with_salvage_it_says_first_what_became_of_the_store(tmp_path):
    Store(str(tmp_path / "store.db")).close()
    with Serving(tmp_path, *ACCOUNT, "--store", "store.db", "--salvage") as serving:
        assert serving.end() == (0, "The store store.db is not damaged; nothing was salvaged.\n")


def test_a_port_file_that_is_not_a_plain_file_is_left_where_it_is(tmp_path):
    (tmp_path / "link").symlink_to(tmp_path / "port")
    with Serving(tmp_path, *ACCOUNT, "--port-file", "link") as serving:
        serving.end()
    assert (tmp_path / "link").is_symlink()


def test_without_an_ad_account_it_makes_one_and_prints_its_id_and_token(tmp_path):
    with Serving(tmp_path) as serving:
        _, _, ad_account_id, _, _, _, token = serving.said[1].split()
        assert (
            serving.get(f"/v5/ad_accounts/{ad_account_id}/events", b"{}", Authorization=f"Bearer {token}")[0]
            == 400
        )


def test_each_setting_comes_from_flag_environment_file_or_default_and_says_so(tmp_path):
    (tmp_path / "mockpin.toml").write_text('[serve]\nldp_states = "CA,CO"\nhistory = 7\nwarnings = "off"\n')
    with Serving(
        tmp_path, *ACCOUNT, "--warnings", "2024", MOCKPIN_HISTORY="9", MOCKPIN_WARNINGS="off"
    ) as serving:
        _, answer = serving.get("/__mockpin/settings")
    settings = {setting["name"]: (setting["value"], setting["origin"]) for setting in answer["settings"]}
    assert [settings[name] for name in ("warnings", "history", "ldp_states", "late_after")] == [
        ("2024", "flag"), ("9", "environment"), ("CA,CO", "mockpin.toml"), ("1h", "default"),
    ]  # fmt: skip


def test_a_store_file_is_kept_from_one_server_to_the_next(tmp_path):
    for known in (0, 1):
        with Serving(tmp_path, *ACCOUNT, "--store", "events.db") as serving:
            assert len(serving.get("/__mockpin/events")[1]["events"]) == known
            event = {
                "event_name": "lead",
                "action_source": "web",
                "event_time": 1,
                "event_id": "1",
                "user_data": {"em": ["x"]},
            }
            serving.get(PATH, json.dumps({"data": [event]}).encode(), Authorization=f"Bearer {TOKEN}")
            assert serving.end()[0] == 0
    report = subprocess.run(
        [sys.executable, "-m", "mockpin", "report", "--store", "events.db", "--format", "json"],
        cwd=tmp_path, capture_output=True, check=False,
    )  # fmt: skip
    assert json.loads(report.stdout)["events"]["real"] == 2


def test_what_may_not_be_meant_in_a_destination_is_told_when_it_starts(tmp_path):
    form = {"subscriptions": [{"trigger": 'type == "track"', "mapping": {"emial": "x"}}]}
    (tmp_path / "destination.json").write_text(json.dumps(form))
    with Serving(tmp_path, "--destination", "destination.json") as serving:
        _, errors = serving.end()
    assert "destination.json: /subscriptions/0/trigger: at character 6: == is not an operator" in errors
    assert "destination.json: /subscriptions/0/mapping: emial is not a field" in errors


def test_a_log_for_machines_is_json(tmp_path):
    with Serving(tmp_path, *ACCOUNT, "--log-format", "json") as serving:
        serving.get("/nowhere")
        _, errors = serving.end()
    assert json.loads(errors)["status"] == 404


@pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="only Linux limits another process")
def test_a_full_disk_is_said_in_the_form_of_the_log(tmp_path):
    with Serving(tmp_path, *ACCOUNT, "--store", "events.db", "--log-format", "json") as serving:
        resource.prlimit(serving.process.pid, resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
        assert serving.get(PATH, b"{}", Authorization=f"Bearer {TOKEN}")[0] == 500
        status, answer = serving.get("/__mockpin/reset", b"")
        resource.prlimit(serving.process.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)
        _, errors = serving.end()
    assert (status, answer["title"]) == (507, "Insufficient Storage")
    for line in map(json.loads, errors.splitlines()):
        assert line["level"] == "error"
        assert line["message"].startswith("The store events.db cannot be written: it has reached the largest")


def test_a_taken_port_ends_it_with_2():
    with listen("127.0.0.1", 0) as taken:
        status, errors = fail(*ACCOUNT, "--port", str(taken.getsockname()[1]))
    assert (status, "Address already in use. Choose another --port" in errors) == (2, True)


@pytest.mark.parametrize(("flags", "said"), [
    (["--store", "/nowhere/x.db"], "The store /nowhere/x.db cannot be opened: there is no folder /nowhere"),
    (["--warnings", "2025"], "'--warnings': '2025' cannot be used: it takes 2026, 2024 (none yet) or off."),
    (["--account", "549"], "write ID=TOKEN, such as 549755885175=pina_..."),
    (["--account", "pina_secret=549"], "'--account': what stands before '=' is not an ad account id"),
    (["--account", "1=pina_sécret"], "The token holds a character that no HTTP header can carry"),
    (["--account", "1=pina_secret", "--account", "1=pina_secret2"], "the ad account 1 is named twice"),
    (["--access-token", "secr€t"], "'--access-token': The token holds"),
    (["--tag", "26"], "write TID=ID, such as"),
    (["--tag", "26=1", "--tag", "26=2"], "the tag of the ad account 2 reports to another one, too"),
    (["--tag", "26=1", "--tag", "27=1"], "the ad account 1 has two tags"),
    (["--allow-host", "a b"], "'a b' is not a host name"),
    (["--rate-limit", "x"], "'--rate-limit': 'x' cannot be used"),
    (["--destination", "nosuch.json"], "nosuch.json cannot be read"),
    (["--destination", "/dev/null"], "/dev/null: The destination cannot be used:"),
    (["--tag", "26=1"], "--tag names the ad account 1"),
    (["--host", "nowhere.invalid"], "Choose a --host of this machine"), (["--port", "70000"], "70000"),
])  # fmt: skip
def test_what_cannot_be_done_is_one_clear_sentence_and_2(flags, said):
    port = [] if "--port" in flags else ["--port", "0"]
    status, errors = fail(*port, *flags)
    assert (status, said in errors, "Traceback" in errors) == (2, True, False)


def test_a_port_file_that_cannot_be_written_is_one_clear_sentence_and_3():
    status, errors = fail("--port", "0", "--port-file", "/nowhere/port")
    assert status == 3
    assert "/nowhere/port cannot be written: No such file or directory" in errors
