"""How much there is to judge, and that nothing is drawn where nobody sees it."""

from collections import Counter

import pytest

from mockpin.cli.shared.archive_progress import Reached, count_bytes, show_progress
from mockpin_validator.archive import Part, Tally
from mockpin_validator.archive.tally import Mistake
from tests.mockpin.terminals import terminal


@pytest.fixture
def files(tmp_path):
    """A plain file of 20 bytes, and a compressed one, of which nobody knows how long it will be."""
    (tmp_path / "plain.jsonl").write_bytes(b"{}\n" * 6 + b"{}")
    (tmp_path / "packed.jsonl.gz").write_bytes(b"\x1f\x8b")
    return str(tmp_path / "plain.jsonl"), str(tmp_path / "packed.jsonl.gz")


def test_the_sizes_of_plain_files_add_up(files):
    plain, _ = files
    assert count_bytes([plain, plain]) == 20


def test_with_a_compressed_file_among_them_nobody_knows(files):
    plain, packed = files
    assert count_bytes([plain, packed]) is None


def test_without_a_terminal_nothing_is_drawn(files, capfd):
    with show_progress([files[0]]) as advance:
        advance(Tally(size=10))
    assert capfd.readouterr() == ("", "")


def test_a_terminal_shows_bytes_events_and_errors(files, monkeypatch):
    monkeypatch.setenv("TERM", "xterm")
    mistakes = Counter({Mistake("", "a", "error", ""): 1_002, Mistake("", "b", "warning", ""): 7})
    with terminal() as shown, show_progress([files[0]]) as advance:
        advance(Tally(size=10, events=1_200, mistakes=mistakes))
    for text in ("10/20 bytes", "1,200 events", "1,002 errors"):
        assert text in shown.getvalue()


def test_what_was_judged_is_told_by_file_and_line():
    reached = Reached()
    assert reached.describe(["a", "b"]) == "Nothing was judged."
    done = [
        (Part("a"), Tally(lines=9)),
        (Part("b", 0, 5), Tally(lines=1200)),
        (Part("b", 5), Tally(lines=34)),
    ]
    assert list(reached.follow(done)) == done
    assert reached.describe(["a", "a", "b", "c"]).startswith("Judged as far as line 1,234 of b, file 2 of 3.")
    assert reached.describe(["b"]).startswith("Judged as far as line 1,234 of b. Nothing was observed")
