"""`mockpin why-hash` as a user runs it."""

from hashlib import sha256

from click.testing import CliRunner

from mockpin.cli import mockpin


def run(*arguments, text=None):
    return CliRunner().invoke(mockpin, ["why-hash", *arguments], input=text)


def digest(text):
    return sha256(text.encode()).hexdigest()


def test_a_state_in_upper_case_is_recognized_unaided():
    result = run("st", digest("CA"))
    assert (result.exit_code, "CA, upper case" in result.stdout, digest("ca") in result.stdout) == (
        1,
        True,
        True,
    )


def test_a_key_that_others_call_otherwise_is_led_to_pinterests():
    result = run("email", digest("ca"))
    assert result.exit_code == 2
    assert "Did you mean em?" in result.stderr


def test_a_right_hash_exits_with_0():
    assert run("st", digest("ca")).exit_code == 0


def test_the_plain_value_may_come_from_standard_input():
    result = run("em", digest("jane@example.com\n"), "--plain", "-", text="jane@example.com\n")
    assert (result.exit_code, "a trailing newline" in result.stdout) == (1, True)
    assert "jane" not in result.output


def test_a_hash_nobody_knows_leads_to_plain():
    assert "Give the value with --plain" in run("em", "0" * 64).stderr


def test_a_key_that_is_not_hashed_is_a_usage_error():
    result = run("email", "0" * 64)
    assert (result.exit_code, "'email' is not a hashed match key; those are em, ph" in result.output) == (
        2,
        True,
    )
