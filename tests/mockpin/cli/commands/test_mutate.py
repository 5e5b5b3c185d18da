"""`mockpin mutate` as a user runs it."""

import gzip
import json
import time

import pytest
from click.testing import CliRunner

from mockpin.cli.commands.mutate import LABELS, command, fill_folder
from mockpin.cli.shared.errors import InputUnreadable, OutputUnwritable
from mockpin.strategies.mutations import BODY_MUTATIONS, MUTATIONS, mutate
from tests.mockpin.sending import conversion_event

HASH = "f660ab912ec121d1b1e928a0bb4bc61b15f5ad44d5efdc4e1c92a25e99b8e44a"
EVENT = {
    "event_name": "checkout",
    "action_source": "web",
    "event_time": 1_790_000_000,
    "event_id": "e1",
    "user_data": {"em": [HASH]},
}


@pytest.fixture
def good(tmp_path):
    file = tmp_path / "good.json"
    file.write_text(json.dumps({"data": [EVENT]}))
    return str(file)


def run(*arguments, text=None):
    return CliRunner().invoke(command, arguments, input=text)


def test_every_fault_is_one_line_with_its_label(good):
    lines = [json.loads(line) for line in run(good).stdout.splitlines()]
    assert [line["name"] for line in lines] == [mutation.name for mutation in (*MUTATIONS, *BODY_MUTATIONS)]
    assert all({"rule", "verdict", "status", "why"} <= line.keys() for line in lines)


def test_a_bare_event_on_standard_input_is_a_batch_of_one():
    first = json.loads(run("-", text=json.dumps(EVENT)).stdout.splitlines()[0])
    assert first["payload"]["data"][0]["event_id"] == "e1"


def test_a_rule_and_a_verdict_choose_among_the_faults(good):
    lines = [json.loads(line) for line in run(good, "--verdict", "failed").stdout.splitlines()]
    assert {line["status"] for line in lines} == {422}
    lines = [json.loads(line) for line in run(good, "--rule", "schema").stdout.splitlines()]
    assert {line["rule"] for line in lines} == {"schema"}


def test_a_choice_that_leaves_nothing_is_a_mistake_in_usage(good):
    result = run(good, "--rule", "schema", "--verdict", "warned")
    assert result.exit_code == 2
    assert "No mutation fits both --rule and --verdict: leave out one of them." in result.stderr


def test_into_a_folder_goes_one_body_a_file_and_the_labels(good, tmp_path):
    assert run(good, "--into", str(tmp_path / "bad")).exit_code == 0
    labels = json.loads((tmp_path / "bad" / "labels.json").read_bytes())
    assert {file.stem for file in (tmp_path / "bad").iterdir()} == {*labels, "labels"}
    assert (tmp_path / "bad" / "body-empty.json").read_bytes() == b""
    assert labels["empty-batch"]["status"] == 400


@pytest.mark.parametrize("text", ["", "{", "[]", "7", '{"data": []}', '{"data": [7]}', '{"data": 7}'])
def test_input_without_a_good_payload_is_refused_with_the_place_and_what_to_do(text):
    result = run("-", text=text)
    assert result.exit_code == 2
    assert "Give a" in result.stderr


@pytest.mark.parametrize("change", [{"event_time": "soon"}, {"user_data": {"em": ["ada@example.com"]}}])
def test_a_payload_that_is_not_good_is_refused_with_what_is_wrong_and_no_plain_text(change):
    result = run("-", text=json.dumps({"data": [{**EVENT, **change}]}))
    assert result.exit_code == 2
    assert "has an error already" in result.stderr
    assert "ada@" not in result.stderr


def test_times_can_be_moved_to_now(good):
    line = json.loads(run(good, "--rebase-time", "--rule", "currency-unknown").stdout)
    assert abs(line["payload"]["data"][0]["event_time"] - time.time()) < 600


def test_a_file_compressed_by_gzip_is_read(tmp_path):
    file = tmp_path / "good.json.gz"
    file.write_bytes(gzip.compress(json.dumps(EVENT).encode()))
    assert run(str(file)).exit_code == 0


def test_a_byte_that_is_not_utf_8_is_told_with_its_place():
    result = run("-", text=b'{"data":\n "\xff"}')
    assert result.exit_code == 2
    assert "standard input, line 2, column 3: This is not JSON: a byte that is not UTF-8." in result.stderr


@pytest.mark.parametrize(
    ("rule", "said"), [("shcema", "did you mean schema?"), ("nope", "there are action-")]
)
def test_a_rule_that_no_fault_breaks_is_named(good, rule, said):
    result = run(good, "--rule", rule)
    assert result.exit_code == 2
    assert f"No mutation breaks a rule named '{rule}'; {said}" in result.stderr


def test_a_folder_that_cannot_be_made_is_told(good, tmp_path):
    (tmp_path / "file").touch()
    result = run(good, "--into", str(tmp_path / "file" / "bad"))
    assert result.exit_code == 3
    assert "bad cannot be written to: " in result.stderr


def test_a_second_run_replaces_what_the_first_wrote_and_nothing_else(good, tmp_path):
    folder = tmp_path / "bad"
    run(good, "--into", str(folder))
    (folder / "notes.txt").write_text("mine")
    assert run(good, "--rule", "currency-unknown", "--into", str(folder)).exit_code == 0
    assert {file.name for file in folder.iterdir()} == {"currency-unknown.json", "labels.json", "notes.txt"}


@pytest.mark.parametrize(
    ("name", "content"), [("no-data.json", "{}"), ("labels.json", "{"), ("labels.json", '{"../mine": 1}')]
)
def test_a_file_of_somebody_else_is_not_overwritten(good, tmp_path, name, content):
    (tmp_path / name).write_text(content)
    result = run(good, "--into", str(tmp_path))
    assert result.exit_code == 2
    assert (
        f"{tmp_path / name} exists and was not written by mockpin mutate: name another folder."
        in result.stderr
    )
    assert (tmp_path / name).read_text() == content
    assert not (tmp_path / "no-event-id.json").exists()


def test_what_was_written_is_said_on_standard_error(good, tmp_path):
    result = run(good, "--rule", "json", "--into", str(tmp_path / "bad"))
    assert result.stderr == f"4 bad payloads and labels.json written to {tmp_path / 'bad'}\n"
    result = run(good, "--rule", "currency-unknown", "--into", str(tmp_path / "bad"))
    assert result.stderr.startswith("1 bad payload and labels.json")


@pytest.fixture(scope="module")
def bad_payloads():
    return [*mutate({"data": [conversion_event()]})]


def names(folder):
    return {path.name for path in folder.iterdir()}


def test_a_body_is_a_file_named_for_its_fault_and_the_labels_say_what_must_come_of_it(tmp_path, bad_payloads):
    fill_folder(tmp_path / "new" / "bad", bad_payloads)
    folder = tmp_path / "new" / "bad"
    labels = json.loads((folder / LABELS).read_bytes())
    assert names(folder) == {LABELS, *(f"{name}.json" for name in labels)}
    assert {frozenset(label) for label in labels.values()} == {
        frozenset({"rule", "verdict", "status", "why"})
    }
    for bad in bad_payloads:
        assert (folder / f"{bad.mutation.name}.json").read_bytes() == bad.body


def test_fewer_faults_leave_no_files_of_the_run_before(tmp_path, bad_payloads):
    fill_folder(tmp_path, bad_payloads)
    fill_folder(tmp_path, bad_payloads[:2])
    assert names(tmp_path) == {LABELS, *(f"{bad.mutation.name}.json" for bad in bad_payloads[:2])}


def test_what_somebody_else_put_there_stays(tmp_path, bad_payloads):
    fill_folder(tmp_path, bad_payloads[:2])
    (tmp_path / "notes.txt").write_text("mine")
    fill_folder(tmp_path, bad_payloads[:1])
    assert (tmp_path / "notes.txt").read_text() == "mine"


@pytest.mark.parametrize("labels", ['{"my-own": {}}', "[1]", "no JSON", "{}"])
def test_a_file_of_the_same_name_that_no_labels_of_ours_name_is_in_the_way(tmp_path, bad_payloads, labels):
    name = f"{bad_payloads[0].mutation.name}.json"
    (tmp_path / name).write_text("mine")
    (tmp_path / LABELS).write_text(labels)
    with pytest.raises(InputUnreadable, match="exists and was not written by mockpin mutate"):
        fill_folder(tmp_path, bad_payloads[:1])
    assert (tmp_path / name).read_text() == "mine"


def test_labels_of_somebody_else_have_nothing_removed_that_they_name(tmp_path, bad_payloads):
    (tmp_path / "my-own.json").write_text("mine")
    (tmp_path / LABELS).write_text('{"my-own": {}}')
    with pytest.raises(InputUnreadable, match=r"labels\.json exists and was not written by mockpin mutate"):
        fill_folder(tmp_path, bad_payloads[:1])
    assert names(tmp_path) == {"my-own.json", LABELS}


def test_a_file_where_the_folder_should_be_is_told(tmp_path, bad_payloads):
    (tmp_path / "bad").write_text("a file")
    with pytest.raises(OutputUnwritable, match="cannot be written to: File exists"):
        fill_folder(tmp_path / "bad", bad_payloads)


def test_labels_that_are_a_device_are_not_read(good, tmp_path):
    (tmp_path / LABELS).symlink_to("/dev/zero")
    result = run(good, "--into", str(tmp_path))
    assert (result.exit_code, "it is a device and not a file" in result.stderr) == (3, True)
