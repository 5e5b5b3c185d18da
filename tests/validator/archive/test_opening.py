"""Files opened for reading."""

import gzip
import io
import os
import threading

import pytest
from backports import zstd

from mockpin_validator.archive.opening import DAMAGE, is_compressed, open_stream


@pytest.mark.parametrize(
    "compress",
    [
        bytes, gzip.compress, zstd.compress, lambda data: zstd.compress(gzip.compress(data)),
        lambda data: gzip.compress(gzip.compress(data)), lambda data: zstd.compress(zstd.compress(data)),
    ],
)  # fmt: skip
def test_compression_is_undone(tmp_path, compress):
    path = tmp_path / "file"
    path.write_bytes(compress(b"content\n"))
    with open_stream(str(path)) as stream:
        assert stream.peek(3).startswith(b"con")
        assert stream.read() == b"content\n"
    assert is_compressed(path.read_bytes()) == (path.read_bytes()[:3] != b"con")


def test_standard_input_is_decompressed_too():
    with open_stream("-", io.BytesIO(zstd.compress(b"content"))) as stream:
        assert stream.read() == b"content"


def test_a_terminal_has_ended_at_the_first_ctrl_d():
    ours, theirs = os.openpty()
    os.write(ours, b"content\n\x04more\n")
    with os.fdopen(theirs, "rb") as terminal, open_stream("-", terminal) as stream:
        assert stream.readline() == b"content\n"
        assert (stream.read(), stream.peek(1), stream.readline()) == (b"", b"", b"")
    os.close(ours)


def test_a_zstd_file_that_is_cut_off_says_so(tmp_path):
    path = tmp_path / "file"
    path.write_bytes(zstd.compress(os.urandom(100_000))[:-10])
    with open_stream(str(path)) as stream, pytest.raises(EOFError):
        stream.read()


@pytest.mark.parametrize("end", [2, 5, 10, 14])
@pytest.mark.parametrize("compress", [gzip.compress, lambda data: gzip.compress(gzip.compress(data))])
def test_a_file_that_is_cut_off_within_its_first_block_opens_and_cannot_be_read(tmp_path, compress, end):
    path = tmp_path / "file"
    path.write_bytes(compress(os.urandom(1000))[:end])
    with open_stream(str(path)) as stream:
        for read in (lambda: stream.peek(9), stream.read, stream.readline):
            with pytest.raises(EOFError):
                read()


@pytest.mark.parametrize(
    "text", [b"\x1f\x8b\x08\0\0\0\0\0\0\x03\xff\xff\xff\xff", b"\x28\xb5\x2f\xfd\0\0\0\xff\xff\xff"]
)
def test_a_file_that_is_damaged_within_its_first_block_opens_and_cannot_be_read(tmp_path, text):
    path = tmp_path / "file"
    path.write_bytes(text + os.urandom(100))
    with open_stream(str(path)) as stream, pytest.raises(DAMAGE):
        stream.read()


def test_a_pipe_is_read_when_its_writer_comes(tmp_path):
    path = tmp_path / "pipe"
    os.mkfifo(path)
    writer = threading.Thread(target=path.write_bytes, args=(b"content",))
    writer.start()
    with open_stream(str(path)) as stream:
        assert stream.read() == b"content"
    writer.join()


def test_an_empty_name_is_not_the_current_folder():
    with pytest.raises(FileNotFoundError, match="its name is empty"), open_stream(""):
        pass
