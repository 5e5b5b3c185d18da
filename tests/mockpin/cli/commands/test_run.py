"""`mockpin run` as a process of its own, as a shell starts it."""

import json
import os
import pty
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.mockpin.sending import conversion_event
from tests.ports import free_port

#: A sender that knows no host but Pinterest's, with nothing but Python.
SENDER = """
import json, sys, urllib.request
url = "https://api.pinterest.com/v5/ad_accounts/549755885175/events"
request = urllib.request.Request(url, sys.argv[1].encode(), {"Authorization": "Bearer pina_its_own"})
print(urllib.request.urlopen(request).status)
"""
SLEEPER = "import time; print('up', flush=True); time.sleep(60)"
DEAF = f"import signal; signal.signal(signal.SIGINT, lambda *_: print('heard', flush=True)); {SLEEPER}"


def command(*words):
    return [sys.executable, "-m", "mockpin", "run", *words]


@pytest.fixture
def run(tmp_path):
    """Run it in a folder of its own, where its temporary files go, too."""

    def run(*words, **environment):
        return subprocess.run(
            command(*words), cwd=tmp_path, env={**os.environ, "TMPDIR": str(tmp_path), **environment},
            capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip

    return run


@pytest.fixture
def start(tmp_path):
    """Start it in a session of its own, and wait until the command is up."""
    started = []

    def start(*words, **options):
        environment = {**os.environ, "TMPDIR": str(tmp_path)}
        process = subprocess.Popen(
            command(*words), cwd=tmp_path, env=environment, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True, **options,
        )  # fmt: skip
        started.append(process)
        assert process.stdout.readline()
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def payload(**changes):
    return json.dumps({"data": [conversion_event(**{"event_time": int(time.time()), **changes})]})


def test_a_sender_that_knows_only_pinterest_is_reported_on(run):
    done = run("--fail-on", "never", "--", sys.executable, "-c", SENDER, payload())
    assert (done.returncode, done.stdout) == (0, "200\n")
    assert "api.pinterest.com: 1 request answered by mockpin" in done.stderr
    assert "1 event, 1 processed, 0 failed" in done.stderr


def test_a_token_that_is_not_known_is_refused_if_that_is_asked_for(run):
    done = run("--known-accounts-only", "--report", "none", "--", sys.executable, "-c", SENDER, payload())
    assert (done.returncode, "HTTP Error 401" in done.stderr) == (1, True)


def test_the_command_sees_where_the_emulator_is(run):
    names = ("PINTEREST_API_URI", "PINTEREST_AD_ACCOUNT_ID", "MOCKPIN_URL")
    show = f"import os; print(*(os.environ[name] for name in {names}))"
    done = run("--report", "none", "--account", "549755885175=pina_x", sys.executable, "-c", show)
    uri, ad_account_id, url = done.stdout.split()
    assert (uri, ad_account_id) == (f"{url}/v5", "549755885175")


def test_the_senders_own_account_and_token_are_left_to_it(run):
    own = {"PINTEREST_AD_ACCOUNT_ID": "549700000001", "PINTEREST_CONVERSION_TOKEN": "pina_own"}
    done = run(
        "--report",
        "none",
        sys.executable,
        "-c",
        "import os; print(os.environ['PINTEREST_AD_ACCOUNT_ID'])",
        **own,
    )
    assert done.stdout == "549700000001\n"
    assert "pina_own" not in done.stderr


def test_port_and_store_have_variables_of_their_own_so_that_the_command_s_servers_keep_theirs(run, tmp_path):
    port, store = str(free_port()), tmp_path / "run.sqlite"
    environment = {"MOCKPIN_RUN_PORT": port, "MOCKPIN_RUN_STORE": str(store), "MOCKPIN_PORT": "1"}
    show = "import os; print(os.environ['MOCKPIN_URL'], os.environ['MOCKPIN_PORT'])"
    done = run("--report", "none", sys.executable, "-c", show, **environment)
    assert (done.stdout, store.exists()) == (f"http://127.0.0.1:{port} 1\n", True)


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (("--report", "none", "--", "sh", "-c", "exit 7"), 7),
        (("--report", "none", "--", "sh", "-c", "kill -9 $$"), 137),
        (("--report", "none", "--", "sh", "-c", "kill -15 $$"), 143),
        (("--report", "none", "--", "true"), 0),
        (("--", "true"), 1),  # nothing was sent
        (("--fail-on", "never", "--", "true"), 0),
        (("--", "sh", "-c", "exit 7"), 7),
    ],
)
def test_the_status_is_the_commands_or_1_when_only_the_report_fails(run, words, status):
    assert run(*words).returncode == status


def test_a_command_that_fails_is_not_reported_as_if_it_had_sent_all(run):
    done = run("--", "sh", "-c", "exit 7")
    first, *_ = done.stderr.splitlines()
    assert first == "mockpin: the command ended with status 7: the report is about what it sent until then."
    assert done.returncode == 7


@pytest.mark.parametrize(("words", "status"), [("exit 7", 7), ("exit 0", 3)])
def test_a_report_that_cannot_be_written_ends_a_run_with_3_if_the_command_succeeded(run, words, status):
    done = run("--report", "html=nowhere/report.html", "--", "sh", "-c", words)
    assert done.returncode == status
    assert "The report cannot be written to nowhere/report.html: No such file" in done.stderr


def test_a_command_that_leaves_a_process_behind_is_told_what_the_report_is_about(run):
    done = run("--", "sh", "-c", "sleep 60 > /dev/null 2>&1 &")
    first, *_ = done.stderr.splitlines()
    assert (
        first
        == "mockpin: processes of the command still run: the report is about what they have sent so far."
    )


def test_a_command_that_ends_well_is_not_remarked_on(run):
    assert "the command" not in run("--", "true").stderr


def test_a_command_that_is_not_there_is_127_and_a_sentence(run):
    done = run("--", "no-such-command")
    assert (done.returncode, done.stdout) == (127, "")
    assert done.stderr == (
        "mockpin run: no-such-command: command not found. Is it installed, and on the PATH?\n"
    )


def test_a_file_that_is_not_a_program_is_126(run, tmp_path):
    (tmp_path / "text").write_text("text")
    assert run("--", "./text").returncode == 126


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ((), "Say which command to run"),
        (("--report", "pdf", "true"), "'pdf' is not one of short, full, json, html, none."),
        (("--report", "html", "true"), "An HTML report needs a file"),
        (("--report", "none=x", "true"), "names no file"),
        (("--report", "none", "--expect", "checkout=1", "true"), "leave out --report none"),
        (("--journey", "missing.toml", "true"), "missing.toml cannot be read"),
        (("--port", "{taken}", "true"), "Choose another --port"),
    ],
)
def test_what_cannot_be_done_is_2_and_a_sentence(run, words, message):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = run(*(word.format(taken=taken.getsockname()[1]) for word in words))
    assert done.returncode == 2
    assert message in done.stderr


@pytest.mark.parametrize("form", ["full", "json", "html"])
def test_a_report_goes_to_its_file(run, tmp_path, form):
    done = run("--report", f"{form}=report", "--", sys.executable, "-c", SENDER, payload())
    text = (tmp_path / "report").read_text()
    assert done.stdout == "200\n"
    assert ("<html" in text, text.startswith("{")) == (form == "html", form == "json")


def test_a_page_may_have_its_file_behind_it(run, tmp_path):
    run("--report", "html", "page.html", "--", "true")
    assert "<html" in (tmp_path / "page.html").read_text()


def test_json_without_a_file_is_all_that_mockpin_writes_to_standard_output(run):
    done = run("--report", "json", "--", "true")
    assert json.loads(done.stdout)["events"]["real"] == 0


def test_an_expectation_that_is_not_met_fails_the_run(run):
    words = ("--", sys.executable, "-c", SENDER, payload(event_name="lead"))
    assert run("--expect", "lead=2", *words).returncode == 1


def test_a_journey_is_checked_at_the_end(run, tmp_path):
    (tmp_path / "one.toml").write_text('name = "one"\n[[expect]]\nevent_name = "checkout"\ncount = 1\n')
    (tmp_path / "two.toml").write_text('name = "two"\n[[expect]]\nevent_name = "lead"\ncount = 1\n')
    words = ("--report", "none", "--", sys.executable, "-c", SENDER, payload(event_name="checkout"))
    assert run("--journey", "one.toml", *words).returncode == 0
    unmet = run("--journey", "two.toml", *words)
    assert unmet.returncode == 1
    assert "Journey 'two'" in unmet.stderr


def test_print_env_has_every_variable_as_a_shell_reads_it(run):
    done = run("--report", "none", "--print-env", "--", "true")
    lines = done.stderr.splitlines()
    names = {line.removeprefix("export ").partition("=")[0] for line in lines if line.startswith("export ")}
    assert {
        "PINTEREST_API_URI",
        "HTTPS_PROXY",
        "SSL_CERT_FILE",
        "NODE_OPTIONS",
        "PYTHONPATH",
        "WGETRC",
    } <= names
    assert done.stdout == ""


def test_print_env_without_a_command_serves_until_it_is_told_to_end(start):
    process = start("--report", "none", "--print-env")
    process.send_signal(signal.SIGTERM)
    assert process.wait(60) == 0


@pytest.mark.parametrize("whole_group", [True, False], ids=["to everybody", "to mockpin alone"])
@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_everything_and_leaves_nothing_behind(start, tmp_path, sign, whole_group):
    process = start("--report", "none", "--", sys.executable, "-c", SLEEPER)
    (os.killpg if whole_group else os.kill)(process.pid, sign)
    assert process.wait(60) == 128 + sign if sign != signal.SIGINT else process.wait(60) in (1, 130)
    assert [*tmp_path.glob("mockpin-run-*")] == []


def test_ctrl_c_reaches_a_command_once_and_ends_one_that_does_not_obey(start, tmp_path):
    process = start("--report", "none", "--", sys.executable, "-c", DEAF)
    os.killpg(process.pid, signal.SIGINT)
    said, _ = process.communicate(timeout=60)
    assert (said, process.returncode) == ("heard\n", 130)
    assert [*tmp_path.glob("mockpin-run-*")] == []


def test_ctrl_c_at_a_terminal_reaches_a_command_once(tmp_path):
    pid, terminal = pty.fork()
    if pid == 0:
        os.chdir(tmp_path)
        os.environ["TMPDIR"] = str(tmp_path)
        os.execv(sys.executable, command("--report", "none", "--", sys.executable, "-c", DEAF))
    said = b""
    while b"up" not in said:
        said += os.read(terminal, 1000)
    os.write(terminal, b"\x03")
    try:
        while more := os.read(terminal, 1000):
            said += more
    except OSError:
        pass  # the terminal has closed
    os.close(terminal)
    _, status = os.waitpid(pid, 0)
    assert (said.count(b"heard"), os.waitstatus_to_exitcode(status)) == (1, 130)
    assert [*tmp_path.glob("mockpin-run-*")] == []


def test_the_port_may_be_chosen(run):
    port = free_port()
    done = run(
        "--report",
        "none",
        "--port",
        str(port),
        sys.executable,
        "-c",
        "import os; print(os.environ['MOCKPIN_URL'])",
    )
    assert done.stdout == f"http://127.0.0.1:{port}\n"


def test_no_token_is_shown(run, tmp_path):
    done = run("--log-format", "text", "--", sys.executable, "-c", SENDER, payload())
    assert "pina_its_own" not in done.stderr + done.stdout
    assert not [*Path(tmp_path).glob("mockpin-run-*")]
