"""Files that are written whole or not at all."""

import os
import stat

import pytest

from mockpin.replacing import replacing


def test_a_file_takes_the_place_of_another_only_at_the_end(tmp_path):
    path = tmp_path / "kept.txt"
    path.write_text("old")
    with replacing(path) as file:
        file.write(b"new")
        file.flush()
        assert path.read_text() == "old"
    assert path.read_text() == "new"
    assert [*tmp_path.iterdir()] == [path]


def test_an_error_leaves_the_old_file_and_no_draft(tmp_path):
    path = tmp_path / "kept.txt"
    path.write_text("old")
    with pytest.raises(ZeroDivisionError), replacing(path) as file:
        file.write(b"%d" % (1 // 0))
    assert (path.read_text(), [*tmp_path.iterdir()]) == ("old", [path])


def test_a_link_stays_and_its_file_is_replaced(tmp_path):
    file, link = tmp_path / "file", tmp_path / "link"
    file.write_text("old")
    link.symlink_to(file)
    with replacing(link) as out:
        out.write(b"new")
    assert (link.is_symlink(), file.read_text(), len([*tmp_path.iterdir()])) == (True, "new", 2)


def test_a_pipe_is_written_to_and_stays(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    with replacing(pipe) as out:
        out.write(b"new")
    assert (os.read(reader, 9), pipe.is_fifo()) == (b"new", True)
    os.close(reader)


def test_the_mode_is_that_of_the_new_file(tmp_path):
    with replacing(tmp_path / "private", mode=0o600):
        pass
    assert stat.S_IMODE((tmp_path / "private").stat().st_mode) == 0o600


def test_a_folder_that_is_not_there_is_an_error_of_the_system(tmp_path):
    with pytest.raises(FileNotFoundError), replacing(tmp_path / "none" / "file"):
        pass
