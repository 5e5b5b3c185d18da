"""Tokens from files or standard input."""

from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from mockpin.cli.shared.errors import InputUnreadable
from mockpin.cli.shared.private_inputs import LONGEST_TOKEN, read_plain, read_token


def test_a_file_holds_a_token_alone(tmp_path):
    (tmp_path / "token").write_text("pina_token\n")
    assert read_token(tmp_path / "token") == "pina_token"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", ""),
        (b"two\nlines", ""),
        (b"\xff\xfe", " is not text: it should hold the token alone."),
        (b"a" * 9 + b"\n\n" + b"b", ""),
        (b" " * LONGEST_TOKEN + b"pina_token", ""),
    ],
)
def test_a_file_that_holds_no_token_is_refused_without_its_content(content, sentence, tmp_path):
    path = tmp_path / "token"
    path.write_bytes(content)
    with pytest.raises(InputUnreadable) as unreadable:
        read_token(path)
    assert str(unreadable.value).startswith(f"{path}{sentence}")
    assert "lines" not in str(unreadable.value)
    assert "pina" not in str(unreadable.value)


def test_a_file_that_is_not_there_is_unreadable_in_the_systems_words(tmp_path):
    with pytest.raises(InputUnreadable, match="none cannot be read: No such file"):
        read_token(tmp_path / "none")


@click.command()
@click.argument("value")
def tell(value):
    click.echo(ascii(read_plain(value)))


def told(value, text=None):
    return CliRunner().invoke(tell, [value], input=text)


@given(st.text(st.characters(exclude_categories=["Cs"])).filter(lambda value: not value.startswith("-")))
def test_a_value_of_the_command_line_is_left_as_it_is(value):
    assert read_plain(value) == value


def test_a_value_in_utf_8_is_read_in_every_locale():
    in_ascii = "Lin Möller".encode().decode("ascii", errors="surrogateescape")
    assert read_plain(in_ascii) == "Lin Möller"


@pytest.mark.parametrize(
    ("text", "value"),
    [("jane\n", "jane"), ("jane\r\n", "jane"), (" jane ", " jane "), ("jane\n\n \n", "jane"), ("", "")],
)
def test_of_standard_input_the_line_is_taken_without_its_end(text, value):
    assert told("-", text).stdout == f"{value!r}\n"


def test_a_second_line_is_refused_and_neither_is_shown():
    refused = told("-", "jane\nmary\n")
    assert refused.exit_code == 2
    assert "more than one line on standard input" in refused.stderr
    assert "jane" not in refused.stderr


@pytest.mark.parametrize(("value", "text"), [("-", b"jan\xe9\n"), ("jan\udce9", None)])
def test_what_is_not_utf_8_is_told_by_its_place_alone(value, text):
    refused = told(value, text)
    assert refused.exit_code == 2
    assert "The value is not UTF-8 (at its byte 4)." in refused.stderr
    assert "jan" not in refused.stderr


def test_a_device_holds_no_token():
    with pytest.raises(InputUnreadable, match="/dev/zero cannot be read: it is a device and not a file"):
        read_token(Path("/dev/zero"))
