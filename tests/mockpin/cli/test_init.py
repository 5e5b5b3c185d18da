import io
import os
import subprocess
import sys
from contextlib import redirect_stdout
from pathlib import Path

import click
import pytest

from mockpin.cli import COMMANDS, buffered, mockpin, run


def test_a_command_that_does_not_exist_is_a_usage_error(capsys):
    assert run(["vaildate"]) == 2
    assert "No such command 'vaildate'. Did you mean validate?" in capsys.readouterr().err
    assert run(["xyz"]) == 2
    assert "No such command 'xyz'." in capsys.readouterr().err


@pytest.mark.parametrize("args", [
    ["tail", "--url", "TOKEN"], ["send", "--to", "TOKEN"], ["serve", "--host", "TOKEN"], ["TOKEN"],
    ["serve", "--port", "TOKEN"], ["serve", "TOKEN"], ["report", "--store", "TOKEN"],
    ["send", "x.json", "--to", "http://127.0.0.1:1", "--token", "t", "--ad-account", "TOKEN"],
])  # fmt: skip
def test_a_usage_error_does_not_repeat_a_token_that_stands_in_the_wrong_place(args, capsys):
    assert run([word.replace("TOKEN", "pina_SECRET1234") for word in args]) in (2, 3)
    assert "SECRET1234" not in capsys.readouterr().err


def test_a_text_that_is_not_a_url_is_not_repeated(capsys):
    assert run(["tail", "--url", "admin-secret"]) == 2
    assert "admin-secret" not in capsys.readouterr().err


def test_the_version_is_printed_and_is_clean(capsys):
    assert run(["--version"]) == 0
    assert capsys.readouterr().out.startswith("mockpin ")


@pytest.mark.parametrize("args", [["--help"], ["-h"]])
def test_help_is_clean(capsys, args):
    assert run(args) == 0
    assert "Usage: mockpin" in capsys.readouterr().out


def test_help_loads_what_describes_the_commands_alone():
    command = [sys.executable, "-X", "importtime", "-m", "mockpin", "--help"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert "mockpin.cli.shared.emulators" in loaded
    assert loaded & {"asyncio", "cryptography", "flask", "granian", "httpx", "jsonschema", "rich"} == set()


def test_every_command_has_help_and_so_has_each_of_its_options():
    for name in mockpin.list_commands(None):
        command = mockpin.get_command(None, name)
        assert command.help, f"mockpin {name} is missing its help"
        for param in command.params:
            assert isinstance(param, click.Argument) or param.help, f"mockpin {name} {param.name} has no help"


@pytest.mark.parametrize("args", [["demo"], ["explain", "em"], ["--help"]])
def test_output_that_cannot_be_written_is_told(args, capsys):
    with Path("/dev/full").open("w") as full, redirect_stdout(full):
        assert run(args) == 3
    assert capsys.readouterr().err == "Error: Standard output cannot be written: No space left on device.\n"


@pytest.mark.parametrize(
    ("args", "status"), [("explain em >&-", 0), ("validate pyproject.toml <&- >&- 2>&-", 2)]
)
def test_streams_that_were_closed_are_not_missed(args, status):
    command = f"{sys.executable} -m mockpin {args}"
    done = subprocess.run(["/bin/sh", "-c", command], stderr=subprocess.PIPE, check=False)
    assert (done.returncode, done.stderr) == (status, b"")


@pytest.mark.parametrize("encoding", ["latin-1", "ascii", "cp1252", "utf-8"])
def test_a_report_is_written_in_any_encoding(tmp_path, encoding):
    path = tmp_path / "events.jsonl"
    path.write_text('{"event_name": "\u65e5\u672c"}\n')
    command = [sys.executable, "-m", "mockpin", "validate", str(path)]
    environment = {**os.environ, "PYTHONIOENCODING": encoding}
    done = subprocess.run(command, capture_output=True, env=environment, check=False)
    assert (done.returncode, done.stderr) == (1, b"")
    assert b"1 event in 1 file, 1 with errors" in done.stdout


@pytest.mark.parametrize("args", [["demo"], ["explain"], ["--help"]])
def test_output_that_nobody_reads_is_neither_a_finding_nor_clean(args):
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "mockpin", *args], stdout=writing, stderr=subprocess.PIPE, check=False
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (141, b"")


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_reader_that_goes_in_the_middle_of_a_long_report_is_told_by_the_status(tmp_path, unbuffered):
    path = tmp_path / "events.jsonl"
    path.write_text('{"event_name": "lead"}\n' * 3000)
    command = [sys.executable, "-m", "mockpin", "validate", str(path), "--show", "3000"]
    environment = {**os.environ, "PYTHONUNBUFFERED": unbuffered}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, env=environment)
    process.stdout.readline()
    process.stdout.close()
    assert process.wait(60) == 141


def test_the_commands_are_listed_in_the_order_of_their_names_table(capsys):
    assert mockpin.list_commands(None) == list(COMMANDS)
    assert mockpin.get_command(None, "no-such-command") is None
    assert run(["--help"]) == 0
    shown = capsys.readouterr().out
    assert [shown.index(f"\n  {name} ") for name in COMMANDS] == sorted(
        shown.index(f"\n  {name} ") for name in COMMANDS
    )


@pytest.mark.parametrize("error", [TypeError, FileNotFoundError])
def test_an_internal_error_exits_with_3(capsys, error):
    def break_down():
        yield "demo"
        raise error

    assert run(break_down()) == 3
    assert error.__name__ in capsys.readouterr().err


def test_a_text_stream_without_a_buffer_is_written_through_one(tmp_path):
    stream = io.StringIO()
    assert buffered(stream) is stream
    with (tmp_path / "raw").open("wb", buffering=0) as raw:
        unbuffered = io.TextIOWrapper(raw, "utf-8", write_through=True)
        written = buffered(unbuffered)
        assert written is not unbuffered
        written.write("line\n")
        assert (tmp_path / "raw").read_bytes() == b"line\n"


def test_a_current_folder_that_was_deleted_is_told(tmp_path):
    script = f"mkdir gone && cd gone && rmdir ../gone && {sys.executable} -m mockpin validate x.json"
    done = subprocess.run(["sh", "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False)
    told = "Error: The current folder no longer exists: change to another one.\n"
    assert (done.returncode, done.stderr) == (2, told)
