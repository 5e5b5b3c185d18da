import json
import stat
from pathlib import Path

import pytest

from mockpin.cli.shared.documents import Located
from mockpin.cli.shared.errors import OutputUnwritable
from mockpin.cli.shared.failed_events import FailedFiles, counts_twice, is_same_file, keep_failed
from mockpin_transformer import Failure, Receipt

HASHED = {"event_id": "hashed", "user_data": {"em": ["ab" * 32]}}
PLAIN = {"event_id": "plain", "user_data": {"em": ["ada@example.com"]}}
OFFLINE = {"event_id": "offline", "action_source": "offline", "user_data": {}}


@pytest.fixture
def path(tmp_path):
    return tmp_path / "failed.jsonl"


def keep(path, located, *, inputs, ambiguous=False, malformed=()):
    """The files and the events withheld when all of these failed."""
    failed = tuple(Failure(index, None, "no", ambiguous=ambiguous) for index in range(len(located)))
    files = FailedFiles(path, path.with_stem("malformed"))
    return keep_failed(files, Receipt(failed=failed), located, inputs=inputs, malformed=malformed)


def events_in(path):
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_nothing_failed_leaves_no_file(path):
    assert keep(path, [], inputs=["-"]) == ((), ())
    assert not path.exists()


def test_only_its_owner_may_read_the_file(path):
    keep(path, [Located(HASHED, "a.jsonl:1")], inputs=["a.jsonl"])
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("written_before", ["{}", "{}\n"])
def test_events_are_written_behind_those_that_failed_before(path, written_before):
    path.write_text(written_before)
    keep(path, [Located(HASHED, "standard input:1")], inputs=["-"])
    assert events_in(path) == [{}, HASHED]


def test_an_event_that_stands_there_already_is_not_written_again(path):
    for _ in range(2):
        keep(path, [Located(HASHED, "standard input:1")], inputs=["-"])
    assert events_in(path) == [HASHED]


def test_an_offline_event_that_may_have_arrived_is_kept_apart(path):
    located = [Located(HASHED, "a.jsonl:1"), Located(OFFLINE, "a.jsonl:2")]
    apart = path.with_name("failed-unconfirmed.jsonl")
    assert keep(path, located, inputs=["a.jsonl"], ambiguous=True).files == (path, apart)
    assert (events_in(path), events_in(apart)) == ([HASHED], [OFFLINE])


def test_an_event_sent_again_is_in_the_file_of_what_became_of_it_and_no_other(path):
    apart = path.with_name("failed-unconfirmed.jsonl")
    plain = {**OFFLINE, **PLAIN}
    path.write_text(json.dumps(plain))
    keep(path, [Located(plain, f"{path}:1")], inputs=[str(path)], ambiguous=True)
    assert (events_in(path), events_in(apart)) == ([], [plain])
    keep(path, [Located(plain, f"{apart}:1")], inputs=[str(apart)])
    assert (events_in(path), events_in(apart)) == ([plain], [])


@pytest.mark.parametrize(
    ("event", "ambiguous", "twice"), [(OFFLINE, True, True), (OFFLINE, False, False), (HASHED, True, False)]
)
def test_only_an_offline_event_that_may_have_arrived_counts_twice(event, ambiguous, twice):
    assert counts_twice(Failure(0, None, "no", ambiguous=ambiguous), event) == twice


def test_plain_text_is_withheld(path):
    plain = Located(PLAIN, "standard input:1")
    assert keep(path, [plain, Located(HASHED, "standard input:2")], inputs=["-"]) == (
        (path,),
        (plain,),
    )
    assert events_in(path) == [HASHED]


def test_a_file_sent_again_keeps_only_what_failed_again(path):
    path.write_text("{}\n{}\n")
    keep(path, [Located(HASHED, f"{path}:2")], inputs=[str(path)])
    assert events_in(path) == [HASHED]


def test_a_file_sent_again_keeps_the_plain_text_that_its_owner_put_there_and_no_other(path):
    path.write_text("{}\n")
    own, other = Located(PLAIN, f"{path}:1"), Located({**PLAIN, "event_id": "other"}, "standard input:1")
    assert keep(path, [own, other], inputs=[str(path), "-"]).withheld == (other,)
    assert events_in(path) == [PLAIN]


def test_a_file_that_cannot_be_written_is_named_and_left_alone(tmp_path):
    with pytest.raises(OutputUnwritable, match="cannot be written to"):
        keep(tmp_path, [Located(HASHED, "standard input:1")], inputs=["-"])
    assert list(tmp_path.parent.glob("*.part")) == []


def test_malformed_events_have_a_file_of_their_own(path):
    located = [Located(HASHED, "a.jsonl:1"), Located({**HASHED, "event_id": "bad"}, "a.jsonl:2")]
    apart = path.with_stem("malformed")
    assert keep(path, located, inputs=["a.jsonl"], malformed={1}).files == (path, apart)
    assert [event["event_id"] for event in events_in(apart)] == ["bad"]


def test_a_file_is_the_same_only_if_both_can_be_looked_at(tmp_path):
    file = tmp_path / "a"
    file.touch()
    assert is_same_file(file, str(tmp_path / "." / "a"))
    assert not any(is_same_file(path, str(file)) for path in (tmp_path / "b", tmp_path / ("x" * 300)))
    assert not is_same_file(file, "-")


def test_a_device_is_written_to_and_not_read():
    with pytest.raises(OutputUnwritable, match="cannot be written to /dev/full: No space left"):
        keep(Path("/dev/full"), [Located(HASHED, "a.jsonl:1")], inputs=["a.jsonl"])
