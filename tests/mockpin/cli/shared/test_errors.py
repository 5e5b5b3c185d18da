from gzip import BadGzipFile

from mockpin.cli.shared.errors import (
    InputUnreadable,
    OutputUnwritable,
    ServerUnreachable,
    WorkFailed,
    describe_internal,
    explain_unreadable,
    name_file,
)


def test_each_error_has_its_exit_status():
    assert InputUnreadable("x").exit_code == 2
    assert {kind("x").exit_code for kind in (ServerUnreachable, OutputUnwritable, WorkFailed)} == {3}


def test_an_internal_fault_names_its_place_but_no_value_it_met():
    try:
        raise KeyError("jane@example.com")
    except KeyError as error:
        line = describe_internal(error)
    assert "KeyError at test_an_internal_fault_names_its_place_but_no_value_it_met" in line
    assert "jane" not in line


def test_a_file_that_cannot_be_read_is_named_with_the_reason():
    folder = explain_unreadable("a", IsADirectoryError(21, "Is a directory"))
    assert folder.message == "a is a directory: give the files in it."
    broken = explain_unreadable("-", OSError(5, "I/O error"))
    assert broken.message == "standard input cannot be read: I/O error."
    assert explain_unreadable("a", OSError("gone")).message == "a cannot be read: gone."
    for error in (EOFError(), BadGzipFile("CRC check failed")):
        cut_off = explain_unreadable("-", error)
        assert cut_off.message == "standard input: the compressed file is cut off or damaged."
    assert name_file("a-") == "a-"
