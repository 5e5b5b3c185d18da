import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from mockpin.emulator.history.store_errors import StoreUnreadable
from mockpin.emulator.history.store_file import open_database, open_for_reading


@pytest.fixture
def path(tmp_path):
    return str(tmp_path / "store.db")


def test_a_store_without_a_name_is_refused():
    with pytest.raises(StoreUnreadable, match="its name is empty; name a file, or name none to use memory"):
        open_database("")


def test_a_file_in_no_folder_is_refused(tmp_path):
    with pytest.raises(StoreUnreadable, match=f"there is no folder {tmp_path / 'no'}; make it"):
        open_database(str(tmp_path / "no" / "store.db"))


@pytest.mark.parametrize("opening", [open_database, open_for_reading])
def test_a_path_that_is_not_an_ordinary_file_is_refused_unopened(opening, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(StoreUnreadable, match="a device or the like; name an ordinary file"):
        opening(str(tmp_path / "pipe"))
    with pytest.raises(StoreUnreadable, match="it is a folder; name a file in it"):
        opening(str(tmp_path))


@pytest.mark.parametrize("opening", [open_database, open_for_reading])
def test_a_name_that_no_file_can_have_is_refused_in_the_systems_words(opening):
    with pytest.raises(StoreUnreadable, match="the system says 'File name too long'"):
        opening("x" * 300)


@pytest.mark.parametrize("opening", [open_database, open_for_reading])
def test_a_damaged_store_is_called_so(opening, path):
    open_database(path).close()
    os.truncate(path, 20_000)
    with pytest.raises(StoreUnreadable, match="it is damaged; take a copy from before"):
        opening(path)


def test_a_file_that_is_not_there_is_not_read(path):
    with pytest.raises(StoreUnreadable, match="there is no such file; give the one that mockpin"):
        open_for_reading(path)


#: Opens a store as somebody who may do no more than modes allow, which a superuser is not.
AS_SOMEBODY = """
import os, sys
from mockpin.emulator.history import store_file
from mockpin.emulator.history.store_errors import StoreUnreadable
if os.geteuid() == 0:
    os.setgid(65534), os.setuid(65534)
try:
    getattr(store_file, sys.argv[2])(sys.argv[1]).close()
except StoreUnreadable as error:
    print(error.reason)
"""


@pytest.mark.parametrize(("opening", "file_mode", "folder_mode", "said"), [
    ("open_for_reading", 0o444, 0o755, ""),
    ("open_for_reading", 0o000, 0o755, "you may not read it"),
    ("open_for_reading", 0o444, 0o555, "you may not write to its folder, {}; copy it"),
    ("open_for_reading", 0o444, 0o000, "you may not enter its folder, {}"),
    ("open_database", 0o444, 0o755, "you may not write to it; name another file"),
    ("open_database", 0o644, 0o555, "you may not write to its folder, {}"),
])  # fmt: skip
def test_opening_a_store_without_permission_is_explained(opening, file_mode, folder_mode, said):
    with TemporaryDirectory() as folder:
        path = Path(folder, "store.db")
        open_database(str(path)).close()
        for place, mode in ((path, file_mode), (path.parent, folder_mode)):
            if os.geteuid() == 0:
                os.chown(place, 65534, 65534)
            place.chmod(mode)
        command = [sys.executable, "-c", AS_SOMEBODY, str(path), opening]
        opened = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
        path.parent.chmod(0o755)
    assert opened.stdout.strip() == said.format(folder)


#: Fills a store until the system lets its file grow no more.
UNTIL_TOO_LARGE = """
import resource, sys
from mockpin.emulator.history.store import Store
from mockpin.emulator.history.store_errors import StoreUnwritable
store = Store(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, resource.RLIM_INFINITY))
try:
    with store.transaction():
        store._database.connection.execute("INSERT INTO counters VALUES ('x', zeroblob(900000))")
        store._database.connection.execute("PRAGMA cache_spill = 1")
except StoreUnwritable as error:
    print(error.reason)
"""


def test_the_largest_size_of_a_file_is_named_when_it_is_reached(path):
    filled = subprocess.run(
        [sys.executable, "-c", UNTIL_TOO_LARGE, path], stdout=subprocess.PIPE, text=True, check=True
    )
    assert "the largest size that the system allows a file (EFBIG); raise the limit" in filled.stdout
