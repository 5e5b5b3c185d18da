import json
import stat

import pytest

from mockpin.cli.errors import InputUnreadable
from mockpin.cli.event_files import Located
from mockpin.cli.failed_events import keep_failed

HASHED = {"event_id": "hashed", "user_data": {"em": ["ab" * 32]}}
PLAIN = {"event_id": "plain", "user_data": {"em": ["ada@example.com"]}}


@pytest.fixture
def path(tmp_path):
    return tmp_path / "failed.jsonl"


def events_in(path):
    return [json.loads(each) for each in path.read_text("utf-8").splitlines()]


def test_nothing_failed_leaves_no_file(path):
    assert keep_failed(path, [], inputs=["-"]) == []
    assert not path.exists()


def test_only_its_owner_may_read_the_file(path):
    keep_failed(path, [Located(HASHED, "a.jsonl:1")], inputs=["a.jsonl"])
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("written_before", ["{}", "{}\n"])
def test_events_are_written_behind_those_that_failed_before(path, written_before):
    path.write_text(written_before)
    keep_failed(path, [Located(HASHED, "standard input:1")], inputs=["-"])
    assert events_in(path) == [{}, HASHED]


def test_plain_text_is_withheld(path):
    plain = Located(PLAIN, "standard input:1")
    assert keep_failed(path, [plain, Located(HASHED, "standard input:2")], inputs=["-"]) == [plain]
    assert events_in(path) == [HASHED]


def test_a_file_sent_again_keeps_only_what_failed_again(path):
    path.write_text("{}\n{}\n")
    keep_failed(path, [Located(HASHED, f"{path}:2")], inputs=[str(path)])
    assert events_in(path) == [HASHED]


def test_a_file_sent_again_keeps_the_plain_text_that_its_owner_put_there_and_no_other(path):
    path.write_text("{}\n")
    own, other = Located(PLAIN, f"{path}:1"), Located({**PLAIN, "event_id": "other"}, "standard input:1")
    assert keep_failed(path, [own, other], inputs=[str(path), "-"]) == [other]
    assert events_in(path) == [PLAIN]


def test_a_file_that_cannot_be_written_is_named_and_left_alone(tmp_path):
    with pytest.raises(InputUnreadable, match="cannot be written to"):
        keep_failed(tmp_path, [Located(HASHED, "standard input:1")], inputs=["-"])
    assert list(tmp_path.parent.glob("*.part")) == []
