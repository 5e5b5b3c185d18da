"""Parts judged in one process or in several."""

import gc
import gzip
import io
import os
import signal
import subprocess
import sys
from concurrent.futures import Future, ProcessPoolExecutor

import orjson
import pytest

from mockpin_validator.archive.audit import add_up
from mockpin_validator.archive.counting import STRIDE
from mockpin_validator.archive.judging import Judging
from mockpin_validator.archive.parallel import (
    ProcessLost,
    choose_context,
    in_order,
    judge_in_process,
    judge_parts,
    set_up,
)
from mockpin_validator.archive.sources import Part, divide_file

NOW = 1_790_000_000
EVENT = {
    "event_name": "page_visit",
    "action_source": "web",
    "event_time": NOW - 60,
    "event_id": "e1",
    "user_data": {"em": ["0" * 64]},
}
PLAIN = {**EVENT, "user_data": {"em": ["jane@example.com"]}}
JUDGING = Judging(now=NOW)


@pytest.fixture
def archive(tmp_path):
    path = tmp_path / "events.jsonl"
    lines = [PLAIN if number % 100 == 7 else EVENT for number in range(1000)]
    path.write_bytes(b"\n".join(map(orjson.dumps, lines)) + b"\nnope\n")
    return str(path)


def total(parts, **kwargs):
    *_, whole = add_up(judge_parts(parts, JUDGING, **kwargs))
    return whole


def test_parts_find_what_the_whole_has_line_by_line(archive):
    whole = total([Part(archive)])
    assert total(divide_file(archive, size=7_000)) == whole
    errors = [
        finding.finding.line for finding in whole.findings if finding.finding.rule == "match-key-not-hashed"
    ]
    assert errors == [number + 1 for number in range(7, 1000, 100)]
    assert (whole.lines, whole.events, whole.failed, whole.unreadable) == (1001, 1000, 10, 1)


def test_two_processes_find_what_one_does(archive):
    assert total(divide_file(archive, size=60_000), jobs=2) == total([Part(archive)])


def deafness():
    """Whether Ctrl-C reaches this process: it is among the signals that are held back."""
    return signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, ())


def test_processes_that_judge_are_deaf_to_ctrl_c_from_their_start():
    with ProcessPoolExecutor(1, choose_context(JUDGING)) as pool:
        assert pool.submit(deafness).result()
    assert not deafness()


#: In a process of its own, which has started no others yet.
LOADED = """
from colorsys import rgb_to_hsv
from concurrent.futures import ProcessPoolExecutor
from mockpin_validator.archive import Judging
from mockpin_validator.archive.parallel import choose_context
with ProcessPoolExecutor(1, choose_context(Judging(reading=rgb_to_hsv))) as pool:
    print(*pool.submit(eval, "[*__import__('sys').modules]").result())
"""


def test_a_process_begins_with_everything_loaded():
    command = [sys.executable, "-c", LOADED]
    out = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert {"colorsys", "mockpin_validator.archive.parallel"} <= set(out.split())


def test_a_process_that_is_killed_is_told_with_what_to_do(tmp_path):
    path = tmp_path / "exit-status.json"
    path.write_text("7")
    with pytest.raises(ProcessLost, match="One of 2 processes was killed"):
        list(judge_parts([Part(str(path))], Judging(reading=os._exit), jobs=2))


def test_lines_begin_anew_with_every_file(archive, tmp_path):
    other = tmp_path / "other.jsonl"
    other.write_bytes(b"nope\n")
    whole = total([*divide_file(archive, size=50_000), *divide_file(str(other))])
    assert [finding.finding.line for finding in whole.findings if finding.file == str(other)] == [1]


def test_progress_comes_every_few_thousand_events(tmp_path):
    path = tmp_path / "events.jsonl"
    path.write_bytes((orjson.dumps(EVENT) + b"\n") * (2 * STRIDE + 1))
    assert [tally.events for _, tally in judge_parts([Part(str(path))], JUDGING)] == [STRIDE, STRIDE, 1]


def test_standard_input_is_read_by_this_process():
    stdin = io.BufferedReader(io.BytesIO(orjson.dumps(PLAIN)))
    assert total([Part("-")], stdin=stdin).failed == 1


def test_a_file_that_is_not_there_leaves_the_others_judged(archive):
    whole = total([Part("no-such-file.json"), Part(archive)])
    assert whole.unreadable == 2
    assert whole.events == 1000
    assert whole.findings[0].finding.message == "The file cannot be opened: No such file or directory."


def test_a_gzip_file_that_is_cut_off_is_judged_up_to_there(tmp_path):
    path = tmp_path / "events.jsonl.gz"
    path.write_bytes(gzip.compress((orjson.dumps(EVENT) + b"\n") * 50)[:-6])
    whole = total([Part(str(path))])
    assert (whole.events, whole.unreadable) == (50, 1)
    (unreadable,) = (finding.finding for finding in whole.findings if finding.finding.rule == "unreadable")
    assert unreadable.line == 51


def test_only_so_many_parts_are_under_way_at_once():
    begun = []

    def submit(part):
        begun.append(part)
        future = Future()
        future.set_result(len(begun))
        return future

    done = in_order(map(Part, "abcdef"), submit, ahead=2)
    assert next(done)[0] == Part("a")
    done.close()
    assert len(begun) == 3


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b'{"a": "' + b"x" * 50_000_000 + b'"}', "10,000,000 bytes"),
        (b"[" * 100_000 + b"]" * 100_000, "depth"),
        (b'{"event_name": "\xff"}', "UTF-8"),
        (b'{"value": NaN}', "NaN"),
        (b'{"event_time": ' + b"9" * 5_000 + b"}", "too large"),
    ],
    ids=["50 MB", "100,000 brackets", "invalid UTF-8", "NaN", "5,000 digits"],
)
def test_a_hostile_line_is_refused_and_the_rest_is_judged(tmp_path, line, said):
    path = tmp_path / "events.jsonl"
    path.write_bytes(orjson.dumps(EVENT) + b"\n" + line + b"\n" + orjson.dumps(PLAIN) + b"\n")
    whole = total(divide_file(str(path)))
    assert (whole.events, whole.failed, whole.unreadable) == (2, 1, 1)
    (refused,) = (finding.finding for finding in whole.findings if finding.finding.rule == "unreadable")
    assert refused.line == 2
    assert said in refused.message


@pytest.mark.parametrize(
    ("name", "said"), [("nowhere.json", "The file cannot be opened"), (".", "This is a directory and not")]
)
def test_a_file_that_cannot_be_opened_has_no_line_and_cites_no_standard(name, said):
    ((_, tally),) = judge_parts(divide_file(name), JUDGING)
    (placed_finding,) = tally.findings
    assert (placed_finding.finding.line, tally.lines, tally.unreadable) == (None, 0, 1)
    assert placed_finding.finding.message.startswith(said)
    assert "RFC" not in placed_finding.finding.source


def test_lines_count_on_through_a_part_that_comes_in_several_tallies(tmp_path):
    path = tmp_path / "events.jsonl"
    at = STRIDE + 5
    lines = [PLAIN if number == at else EVENT for number in range(1, 2 * STRIDE)]
    path.write_bytes(b"\n".join(map(orjson.dumps, lines)))
    for parts in ([Part(str(path))], divide_file(str(path), size=STRIDE * 300)):
        errors = [finding.finding for finding in total(parts).findings if finding.finding.severity == "error"]
        assert [error.line for error in errors] == [at]


def test_a_long_array_is_judged_with_its_places(tmp_path):
    path = tmp_path / "events.json"
    events = [{**EVENT, "event_id": str(number)} for number in range(2500)]
    path.write_bytes(orjson.dumps([*events, PLAIN], option=orjson.OPT_INDENT_2))
    whole = total(divide_file(str(path)))
    (error,) = (finding.finding for finding in whole.findings if finding.finding.severity == "error")
    assert (whole.events, error.path) == (2501, "/data/2500/user_data/em/0")
    assert "jane" in path.read_text().splitlines()[error.line - 1][error.column - 1 :]


def test_a_table_is_judged_by_rows(tmp_path):
    path = tmp_path / "events.csv"
    row = "page_visit,web,{},{},{}\n".format
    path.write_text(
        "event_name,action_source,event_time,event_id,em\n"
        + row(NOW - 60, "e1", "0" * 63 + "1")
        + row(NOW - 60, "e2", "jane@example.com")
    )
    whole = total(divide_file(str(path)))
    (error,) = (finding for finding in whole.findings if finding.finding.severity == "error")
    assert (whole.events, error.finding.line, error.finding.column) == (2, 3, None)
    assert "jane" not in str(error.excerpt)


def test_a_device_is_not_read():
    assert total(divide_file("/dev/zero")).unreadable == 1


def test_a_process_that_was_set_up_judges_whole_parts_as_its_parent_and_leaves_ctrl_c_to_it(tmp_path):
    path = tmp_path / "events.jsonl"
    path.write_bytes(b"{}\n" * (STRIDE + 2))
    (part,) = divide_file(str(path))
    handler, thresholds = signal.getsignal(signal.SIGINT), gc.get_threshold()
    try:
        set_up(JUDGING, 1, (9_000, 8, 7))
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
        assert gc.get_threshold() == (9_000, 8, 7)
        tally = judge_in_process(part)
    finally:
        signal.signal(signal.SIGINT, handler)
        gc.set_threshold(*thresholds)
    *_, whole = add_up(judge_parts([part], JUDGING))
    assert (tally.lines, tally.events, tally.failed) == (whole.lines, whole.events, whole.failed)
    assert 0 < len(tally.findings) < len(whole.findings)
