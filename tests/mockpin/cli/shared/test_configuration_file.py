import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from mockpin.cli.shared.configuration_file import FILE, MisfitFound, check_value, read_config
from mockpin.cli.shared.errors import InputUnreadable


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("rules = 3", "rules should be a table, written [rules]"),
        ("validate = 3", "validate should be a table, written [validate]"),
        ("[validat]", "has [validat], which is not a command of mockpin; did you mean [validate]?"),
        ("[x]", "has [x], which is not a command of mockpin; there are [serve], "),
        ("[x", "cannot be read as TOML"),
        ("x = " + "[" * 3000, "cannot be read as TOML"),
    ],
)
def test_a_file_that_no_command_can_use_is_told_with_its_name(tmp_path, text, said):
    file = tmp_path / "other.toml"
    file.write_text(text)
    with pytest.raises(InputUnreadable) as raised:
        read_config(file)
    assert raised.value.message.startswith(str(file))
    assert said in raised.value.message


def test_a_file_in_another_encoding_is_told_with_the_place(tmp_path):
    file = tmp_path / "other.toml"
    file.write_bytes(b"[serve]\n# caf\xe9\n")
    with pytest.raises(
        InputUnreadable, match=r"other\.toml is not UTF-8 \(at its byte 14\): save it as UTF-8\."
    ):
        read_config(file)


def test_a_named_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(InputUnreadable, match="cannot be read: No such file"):
        read_config(tmp_path / FILE)


def test_a_folder_without_a_file_has_no_tables_and_one_with_it_has_those_in_it(tmp_path):
    program = "from mockpin.cli.shared.configuration_file import read_config; print(read_config(None))"
    read = partial(subprocess.run, [sys.executable, "-c", program], cwd=tmp_path, stdout=subprocess.PIPE)
    assert read(check=True).stdout == b"{}\n"
    (tmp_path / FILE).write_text("[serve]\nport = 1\n")
    assert read(check=True).stdout == b"{'serve': {'port': 1}}\n"


@pytest.mark.parametrize(
    ("value", "multiple", "text"),
    [
        (True, False, "true"), (5, False, "5"), (0.5, False, "0.5"), ("A", False, "A"),
        ([False, "A"], True, ["false", "A"]), ("A", True, ["A"]),
    ],
)  # fmt: skip
def test_a_value_is_what_a_command_line_gives(value, multiple, text):
    assert check_value(value, multiple=multiple) == text


@pytest.mark.parametrize(
    ("value", "multiple", "wanted"),
    [
        (["a"], False, "should be a text, a number, true or false"),
        ([["a"]], True, "should be a text, a number, true or false, or a list of these"),
        ({}, True, "should be a text, a number, true or false, or a list of these"),
        ("a\0", False, "should be a text without the character NUL"),
    ],
)
def test_a_value_that_no_option_has_is_refused(value, multiple, wanted):
    with pytest.raises(MisfitFound) as refused:
        check_value(value, multiple=multiple)
    assert str(refused.value) == wanted


def test_a_device_without_an_end_is_refused():
    with pytest.raises(InputUnreadable, match="/dev/zero cannot be read: it is a device and not a file"):
        read_config(Path("/dev/zero"))
