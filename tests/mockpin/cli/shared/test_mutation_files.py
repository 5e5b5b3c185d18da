"""The folder that `mockpin mutate` fills: what it replaces there, and what it leaves."""

import json

import pytest

from mockpin.cli.shared.errors import InputUnreadable
from mockpin.cli.shared.mutation_files import LABELS, fill_folder
from mockpin.strategies.mutations import mutate
from tests.mockpin.sending import conversion_event


@pytest.fixture(scope="module")
def bad_payloads():
    return [*mutate({"data": [conversion_event()]})]


def names(folder):
    return {each.name for each in folder.iterdir()}


def test_a_body_is_a_file_named_for_its_fault_and_the_labels_say_what_must_come_of_it(tmp_path, bad_payloads):
    fill_folder(tmp_path / "new" / "bad", bad_payloads)
    folder = tmp_path / "new" / "bad"
    labels = json.loads((folder / LABELS).read_bytes())
    assert names(folder) == {LABELS, *(f"{name}.json" for name in labels)}
    assert {frozenset(each) for each in labels.values()} == {frozenset({"rule", "verdict", "status", "why"})}
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
    with pytest.raises(InputUnreadable, match="cannot be written to: File exists"):
        fill_folder(tmp_path / "bad", bad_payloads)
