"""Which work of an ended run another goes on with, and how files are put in lots."""

import shutil
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from mockpin.observations.in_files import FileFacts
from mockpin.segment.payloads import READINGS, RECORDED
from mockpin.spark.listing import SourceFile
from mockpin.spark.output import MARKER, WORK, OutputFolder, StoredRun, split
from mockpin.spark.problems import SparkUnusable
from mockpin_validator.archive import Judging
from mockpin_validator.judging.policy import Policy

FILE = SourceFile("file:/a.jsonl", "a.jsonl", 0, size=10, modified=1, head=b"{}", form="lines")
JUDGING = Judging(now=100.0, reading=READINGS["payload"], readings=RECORDED, fact_of=FileFacts(b"a key"))


def folder(judging=JUDGING, **settings):
    run = StoredRun(OutputFolder(None, "out"), (FILE,), judging)
    return replace(run, **settings).folder


@pytest.mark.parametrize(
    "change",
    [
        {"profile": "strict"},
        {"now": None},
        {"severities": {"click-id-missing": None}},
        {"policy": Policy(max_event_age=9)},
        {"policy": Policy(unhashed={"em": "warn"})},
        {"reading": READINGS["segment"]},
        {"readings": {}},
    ],
)
def test_lots_judged_with_another_setting_are_not_taken_up(change):
    assert folder(replace(JUDGING, **change)) != folder()


@pytest.mark.parametrize(
    "change",
    [
        {"column": "payload"},
        {"lot_size": 9},
        {"keeps_now": True},
        {"files": (FILE._replace(size=11),)},
        {"files": (FILE._replace(modified=2),)},
        {"files": (FILE, FILE)},
    ],
)
def test_lots_of_other_files_or_another_column_are_not_taken_up(change):
    assert folder(**change) != folder()


def test_a_time_that_was_asked_for_decides_and_the_present_does_not():
    later = replace(JUDGING, now=101.0)
    assert folder(later) == folder()
    assert folder(later, keeps_now=True) != folder(keeps_now=True)


def test_the_key_of_the_digests_does_not_decide():
    assert folder(replace(JUDGING, fact_of=FileFacts(b"another key"))) == folder()


def test_a_lot_ends_before_the_file_that_is_too_much_for_it():
    files = [FILE._replace(number=number) for number in range(5)]
    assert [[file.number for file in lot] for lot in split(files, 20)] == [[0, 1], [2, 3], [4]]
    assert [len(lot) for lot in split(files, 1)] == [1] * 5


class HadoopPath:
    """A path as Hadoop has it, on this machine."""

    def __init__(self, uri):
        self.path = Path(uri.removeprefix("file:"))

    def getFileSystem(self, _configuration):  # noqa: N802 - as Hadoop calls it
        return HadoopSystem

    def getName(self):  # noqa: N802
        return self.path.name


class HadoopSystem:
    """What an output folder asks of a file system."""

    @staticmethod
    def exists(at):
        return at.path.exists()

    @staticmethod
    def listStatus(at):  # noqa: N802
        return [SimpleNamespace(getPath=lambda at=at: HadoopPath(f"{at}")) for at in at.path.iterdir()]

    @staticmethod
    def mkdirs(at):
        at.path.mkdir(parents=True, exist_ok=True)

    @staticmethod
    def delete(at, _recursive):
        shutil.rmtree(at.path, ignore_errors=True)

    @staticmethod
    def rename(at, to):
        return at.path.exists() and bool(at.path.rename(to.path))

    @staticmethod
    def create(at):
        return at.path.open("w")


HADOOP = SimpleNamespace(apache=SimpleNamespace(hadoop=SimpleNamespace(fs=SimpleNamespace(Path=HadoopPath))))
CONTEXT = SimpleNamespace(_jvm=SimpleNamespace(org=HADOOP), _jsc=SimpleNamespace(hadoopConfiguration=dict))


@pytest.fixture
def output(tmp_path):
    return OutputFolder(SimpleNamespace(sparkContext=CONTEXT), str(tmp_path / "out"))


def test_a_folder_that_is_not_there_is_empty_and_free(output, tmp_path):
    assert (output.has(""), output.names()) == (False, [])
    output.check_free()
    assert output.locate("a") == f"file:{tmp_path}/out/a"


def test_tables_are_moved_to_their_names_in_place_of_earlier_ones(output, tmp_path):
    output.make("b")
    output.make("a/new")
    output.move("a", "b")
    assert (output.names(), output.names("b")) == (["b"], ["new"])
    with pytest.raises(SparkUnusable, match="could not rename"):
        output.move("a", "b")


def test_a_finished_folder_has_a_mark_and_no_work_and_is_not_free(output):
    output.make(f"{WORK}/lots")
    output.check_free()
    output.make("summary")
    output.check_free()
    output.finish()
    assert output.names() == [MARKER, "summary"]
    with pytest.raises(SparkUnusable, match="holds a finished report"):
        output.check_free()


def test_a_folder_with_anything_else_is_not_free(output):
    output.make("mine")
    with pytest.raises(SparkUnusable, match="is not empty"):
        output.check_free()


def test_a_run_that_goes_on_keeps_the_second_in_which_it_began_and_the_key_of_its_files(output):
    run = StoredRun(output, (FILE,), replace(JUDGING, now=100.4))
    first = run.prepared()
    again = replace(run, judging=replace(JUDGING, now=200.0)).prepared()
    assert (first.judging.now, again.judging.now) == (100.0, 100.0)
    assert first.judging.fact_of == again.judging.fact_of != JUDGING.fact_of
    assert replace(run, keeps_now=True).prepared().judging.now == 100.4


class Table:
    """Rows that are written as a folder."""

    def __init__(self, kept):
        self.write = self
        self.kept = kept

    def mode(self, name):
        self.kept.append(name)
        return self

    def parquet(self, uri):
        HadoopSystem.mkdirs(HadoopPath(uri))


def test_tables_are_at_their_names_once_all_are_written(output):
    modes = []
    StoredRun(output, (FILE,), JUDGING).write({"findings": Table(modes), "summary": Table(modes)})
    assert (output.names(), modes) == ([MARKER, "findings", "summary"], ["overwrite"] * 2)


def test_lots_that_are_stored_are_not_judged_again(output):
    run = replace(StoredRun(output, (FILE, FILE._replace(number=1, size=99)), JUDGING), lot_size=20)
    for number in range(2):
        output.make(f"{run.folder}/lot-0000{number}-7/{MARKER}")
    output.session.read = SimpleNamespace(parquet=lambda *names: names)
    assert [name.rpartition("/")[2] for name in run.judge(most=7)] == ["lot-00000-7", "lot-00001-7"]
