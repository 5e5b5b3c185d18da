"""Paths opened for reading, and small files read whole."""

import io
import os
from pathlib import Path

import pytest

from mockpin_validator.files import (
    MAX_WHOLE,
    open_path,
    read_limited,
    read_whole,
    require_ordinary,
    show_name,
)


def test_a_device_without_an_end_is_refused():
    with pytest.raises(OSError, match="it is a device and not a file"):
        open_path(Path("/dev/zero"))


def test_a_pipe_without_a_writer_is_given_up(tmp_path):
    path = tmp_path / "pipe"
    os.mkfifo(path)
    with pytest.raises(TimeoutError, match=r"no program wrote to this pipe within 0.05 s"):
        open_path(path, timeout=0.05)


def test_a_small_file_is_read_whole(tmp_path):
    (tmp_path / "small").write_bytes(b"content")
    assert read_whole(tmp_path / "small") == b"content"


@pytest.mark.parametrize("name", ["/dev/zero", "/dev/full", "/dev/random"])
def test_a_device_is_not_read_whole(name):
    with pytest.raises(OSError, match="it is a device and not a file"):
        read_whole(Path(name))


def test_a_file_that_is_too_large_is_not_read_whole(tmp_path):
    path = tmp_path / "large"
    with path.open("wb") as file:
        file.truncate(MAX_WHOLE + 1)
    with pytest.raises(OSError, match="it has more than 64,000,000 bytes"):
        read_whole(path)


def test_a_stream_may_have_as_many_bytes_as_the_limit():
    assert read_limited(io.BytesIO(b"123"), limit=3) == b"123"
    with pytest.raises(OSError, match="it has more than 2 bytes"):
        read_limited(io.BytesIO(b"123"), limit=2)


def test_a_device_a_pipe_and_a_folder_are_not_ordinary_files(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for path in (Path("/dev/zero"), tmp_path / "pipe", tmp_path):
        with pytest.raises(OSError, match="it is not an ordinary file"):
            require_ordinary(path)
    (tmp_path / "file").touch()
    require_ordinary(tmp_path / "file")


def test_a_name_that_is_not_utf_8_is_written_out():
    assert show_name(os.fsdecode(b"caf\xe9.json")) == r"caf\udce9.json"
    assert show_name("caf\xe9.json") == "caf\xe9.json"
