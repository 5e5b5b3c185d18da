"""`mockpin hash` as a user runs it."""

from hashlib import sha256

import pytest
from click.testing import CliRunner

from mockpin.cli.hash import command


def run(*arguments, text=None):
    return CliRunner().invoke(command, arguments, input=text)


def test_the_hash_is_data_and_the_steps_are_not():
    done = run("em", " Ada@Example.com")
    assert done.stdout == sha256(b"ada@example.com").hexdigest() + "\n"
    assert "lower case" in done.stderr
    assert (done.exit_code, "ada" in done.stderr.lower()) == (0, False)


def test_a_value_from_standard_input_is_not_in_the_process_list():
    assert run("em", "-", text=" Ada@Example.com\n").stdout == run("em", "Ada@Example.com").stdout


def test_segments_normalization_gives_segments_hash():
    assert run("db", "1996-02-01", "--normalization", "segment").stdout != run("db", "1996-02-01").stdout


def test_a_region_completes_a_phone_number():
    assert run("ph", "(415) 555-0100", "--region", "us").stdout == run("ph", "+1 415 555 0100").stdout


def test_a_hash_is_sent_as_it_is():
    done = run("em", "AB" * 32)
    assert done.stdout == "AB" * 32 + "\n"
    assert "already" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "status", "problem"),
    [
        (("ph", "none"), 1, "Nothing of this ph is left to hash"),
        (("email", "x"), 2, "'email' is no hashed match key: use one of em, ph"),
        (("ph", "1", "--region", "XX"), 2, "'XX' cannot be read"),
    ],
)
def test_what_cannot_be_hashed_is_told(arguments, status, problem):
    done = run(*arguments)
    assert (done.exit_code, done.stdout) == (status, "")
    assert problem in done.stderr
