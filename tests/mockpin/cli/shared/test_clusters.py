"""The options of `mockpin validate --engine spark`, and what is said before Spark is started."""

import os
import socket
import subprocess
import sys

import pytest
from click.testing import CliRunner

from mockpin.cli import mockpin
from mockpin.cli.shared.clusters import show_progress
from tests.mockpin.terminals import terminal

EVENT = '{"event_name": "checkout"}\n'


def validate(*arguments, env=None):
    return CliRunner().invoke(mockpin, ["validate", *arguments], env=env)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["a.jsonl", "--master", "local[2]"], "--master goes with --engine spark"),
        (["a.jsonl", "--column", "payload"], "--column goes with --engine spark"),
        (["a.jsonl", "--engine", "duckdb", "--table", "t"], "--table goes with --engine spark"),
        (["a.jsonl", "--engine", "spark", "--jobs", "2"], "--jobs does not go with --engine spark"),
        (["a.jsonl", "--engine", "spark", "--memory", "64"], "--memory does not go with --engine spark"),
        (["a.jsonl", "--engine", "spark", "--fix"], "--fix does not go with --engine spark"),
        (["a.jsonl", "--engine", "spark", "--diff"], "--diff does not go with --engine spark"),
        (["--engine", "spark", "-"], "cannot read standard input"),
        (["--engine", "spark", "--table", "events", "a.jsonl"], "--table stands alone"),
        (["--engine", "spark", "--table", "events", "--output", "x"], "--table stands alone"),
        (["--engine", "spark"], "Name what to judge"),
        ([], "Name what to judge"),
        (["a.jsonl", "--output", "x"], "--output go with --fix"),
    ],
)
def test_options_that_do_not_go_together_are_refused(arguments, sentence):
    result = validate(*arguments)
    assert result.exit_code == 2
    assert sentence in result.output


def test_without_pyarrow_it_says_what_to_install(tmp_path):
    (tmp_path / "pyarrow.py").write_text("raise ModuleNotFoundError\n")
    done = subprocess.run(
        [sys.executable, "-m", "mockpin", "validate", "--engine", "spark", "a.jsonl"],
        env={**os.environ, "PYTHONPATH": str(tmp_path)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert "The engine spark needs other packages: pip install 'mockpin[spark]'." in done.stderr


@pytest.mark.parametrize(
    ("variable", "engine", "sentence"),
    [
        ("MOCKPIN_MASTER", "sqlite", "MOCKPIN_MASTER (of the environment) goes with --engine spark."),
        ("MOCKPIN_JOBS", "spark", "MOCKPIN_JOBS (of the environment) does not go with --engine spark."),
    ],
)
def test_a_refused_option_is_named_by_the_variable_that_gave_it(variable, engine, sentence):
    result = validate("a.jsonl", "--engine", engine, env={variable: "2"})
    assert result.exit_code == 2
    assert f"Error: {sentence}\n" in result.output


def test_a_refused_option_is_named_by_the_file_that_gave_it(tmp_path):
    config = tmp_path / "own.toml"
    config.write_text("[validate]\njobs = 2\n")
    result = validate("a.jsonl", "--engine", "spark", "--config", str(config))
    assert result.exit_code == 2
    assert f"Error: jobs in [validate] of {config} does not go with --engine spark.\n" in result.output


def test_a_machine_without_java_is_told_what_to_install(tmp_path, monkeypatch):
    (tmp_path / "a.jsonl").write_text(EVENT)
    monkeypatch.delenv("JAVA_HOME", raising=False)
    result = validate("--engine", "spark", str(tmp_path / "a.jsonl"), env={"PATH": str(tmp_path)})
    assert result.exit_code == 2
    assert "Spark needs Java 17 or newer, and there is none: install it" in result.output


@pytest.fixture
def java(tmp_path):
    """A home of Java that has a file where the program is."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "java").write_text("")
    return str(tmp_path)


def test_a_master_that_nobody_listens_at_is_unreachable(tmp_path, java):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    (tmp_path / "a.jsonl").write_text(EVENT)
    arguments = ("--engine", "spark", "--master", f"spark://127.0.0.1:{port}", str(tmp_path / "a.jsonl"))
    result = validate(*arguments, env={"JAVA_HOME": java})
    assert result.exit_code == 3
    assert f"No Spark master answers at spark://127.0.0.1:{port}: connection refused." in result.output


def test_a_master_without_a_port_that_is_a_number_is_refused(tmp_path, java):
    (tmp_path / "a.jsonl").write_text(EVENT)
    result = validate(
        "--engine", "spark", "--master", "spark://x:port", str(tmp_path / "a.jsonl"), env={"JAVA_HOME": java}
    )
    assert result.exit_code == 3
    assert "that is not a host and a port" in result.output


def test_a_terminal_shows_how_many_tasks_are_done(monkeypatch):
    monkeypatch.setenv("TERM", "xterm")
    with terminal() as shown, show_progress() as report:
        report(1_000, 2_500)
    assert "1,000 of 2,500 tasks" in shown.getvalue()


def test_without_a_terminal_nothing_is_drawn(capfd):
    with show_progress() as report:
        report(1, 2)
    assert capfd.readouterr() == ("", "")
