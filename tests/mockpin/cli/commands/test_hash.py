"""`mockpin hash` as a user runs it."""

from hashlib import sha256

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from mockpin.cli.commands.hash import DOUBTS, HashInput, command, find_doubts


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
    assert "upper case, which Pinterest may not match" in done.stderr
    assert "upper case" not in run("em", "ab" * 32).stderr


@pytest.mark.parametrize(
    ("value", "doubtful"), [("03/02/1961", True), ("25/12/1961", False), ("1961-03-02", False)]
)
def test_the_order_of_day_and_month_that_was_assumed_is_told(value, doubtful):
    done = run("db", value)
    assert ("month before the day" in done.stderr, done.exit_code) == (doubtful, 0)


DOUBTFUL = [
    ("em", "ada", "not an e-mail address"),
    ("ph", "415 555 0100", "read as if its country code came first"),
    ("ph", "+1", "7 to 15 digits"),
    ("ge", "diverse", "the genders f, m and n"),
    ("db", "1980-02-31", "not a day of the calendar"),
    ("st", "Foo", "not a known state of the United States, Canada or Australia"),
    ("country", "Atlantis", "not a known country"),
]
BEYOND_DOUBT = [
    ("em", "Ada@Example.com"),
    ("ph", "+1 415 555 0100"),
    ("ge", "Female"),
    ("db", "1980-02-29"),
    ("st", "New South Wales"),
    ("country", "USA"),
    ("ct", "Foo"),
]


@pytest.mark.parametrize(("key", "value", "doubt"), DOUBTFUL)
def test_a_value_that_can_match_nobody_is_hashed_with_a_doubt_that_does_not_show_it(key, value, doubt):
    done = run(key, value)
    assert (done.exit_code, doubt in done.stderr) == (0, True)
    assert value not in done.stderr
    assert doubt not in run(key, value, "--normalization", "segment").stderr


@pytest.mark.parametrize(("key", "value"), BEYOND_DOUBT)
def test_a_value_as_its_match_key_asks_for_it_is_not_doubted(key, value):
    assert run(key, value).stderr.startswith("given  ")


def test_neither_a_hash_nor_a_number_of_a_region_is_doubted():
    assert "not an e-mail address" not in run("em", "ab" * 32).stderr
    assert "country code" not in run("ph", "(415) 555-0100", "--region", "US").stderr


def test_a_second_line_is_refused():
    done = run("em", "-", text="ada@example.com\nbob@example.com\n")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "more than one line on standard input" in done.stderr
    assert run("em", "-", text="ada@example.com\n\n").exit_code == 0


@pytest.mark.parametrize("arguments", [("em", "ada\udcff@x.org"), ("em", "-")])
def test_what_is_not_utf_8_is_a_usage_error_that_shows_none_of_it(arguments):
    done = run(*arguments, text=b"ada\xff@x.org\n")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "The value is not UTF-8 (at its byte 4)." in done.stderr
    assert "ada" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "status", "problem"),
    [
        (("ph", "none"), 1, "Nothing of this ph is left to hash"),
        (("em", ""), 1, "This em is empty: leave the key out of the event."),
        (("email", "x"), 2, "'email' is not a hashed match key: use one of em, ph"),
        (("ph", "1", "--region", "XX"), 2, "'XX' cannot be read"),
    ],
)
def test_what_cannot_be_hashed_is_told(arguments, status, problem):
    done = run(*arguments)
    assert (done.exit_code, done.stdout) == (status, "")
    assert problem in done.stderr


KEYS = sorted({doubt.key for doubt in DOUBTS})


def doubts(key, plain, cleaned=None, region=None):
    return [*find_doubts(key, HashInput(plain, plain if cleaned is None else cleaned, region))]


@pytest.mark.parametrize(("digits", "number"), [(6, 1), (7, 0), (15, 0), (16, 1)])
def test_a_telephone_number_has_7_to_15_digits(digits, number):
    assert len(doubts("ph", f"+{'1' * digits}", "1" * digits)) == number


@pytest.mark.parametrize(
    ("plain", "region", "number"),
    [
        ("4155550123", None, 1),
        ("4155550123", "US", 0),
        ("+14155550123", None, 0),
        (" 0014155550123", None, 0),
    ],
)
def test_a_number_names_its_country_itself_or_is_given_one(plain, region, number):
    assert len(doubts("ph", plain, "14155550123", region)) == number


@pytest.mark.parametrize(
    ("email", "number"), [("a@b.co", 0), ("a@b", 1), ("a b@c.de", 1), ("a@b@c.de", 1), ("@b.co", 1), ("", 1)]
)
def test_an_e_mail_address_has_a_name_and_a_domain_with_a_dot(email, number):
    assert len(doubts("em", email)) == number


@pytest.mark.parametrize(
    ("plain", "cleaned", "said"),
    [
        ("1996-02-29", "19960229", []),
        ("1995-02-29", "19950229", ["not a day of the calendar"]),
        ("03/02/1961", "19610302", ["month before the day"]),
        ("yesterday", "yesterday", ["not a day of the calendar"]),
    ],
)
def test_a_birth_date_is_a_day_of_the_calendar_in_an_order_that_is_sure(plain, cleaned, said):
    found = doubts("db", plain, cleaned)
    assert [item in sentence for item, sentence in zip(said, found, strict=True)] == [True] * len(said)


@pytest.mark.parametrize(
    ("key", "cleaned"), [("ge", "f"), ("ge", "n"), ("st", "ca"), ("st", "nsw"), ("country", "de")]
)
def test_a_code_that_pinterest_knows_is_beyond_doubt(key, cleaned):
    assert doubts(key, cleaned) == []


@given(st.sampled_from(KEYS), st.text("qxzQXZ", min_size=4), st.sampled_from([None, "US"]))
def test_no_doubt_holds_the_value(key, plain, region):
    assert all(plain not in said for said in doubts(key, plain, region=region))


@given(st.sampled_from(["fn", "ln", "ct", "zp", "external_id", "hashed_maids"]), st.text())
def test_a_key_that_may_be_anything_is_not_doubted(key, plain):
    assert doubts(key, plain) == []
