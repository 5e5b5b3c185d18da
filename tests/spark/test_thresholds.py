"""When `mockpin validate --engine spark` fails: --fail-on, --baseline and --min, as for one process."""

import json

import pytest

from tests.spark.archives import NOW, make_event, write_archive
from tests.spark.test_command import SPARK, validate

pytestmark = pytest.mark.slow_spark


class FirstOfAll:
    """A chance that always chooses the first."""

    def choice(self, values):
        return values[0]

    def randint(self, least, _most):
        return least

    def random(self):
        return 0.0


def write_events(path, number=3):
    """Orders without an error, with a warning: 49.90 EURO is in no currency."""
    with path.open("w") as file:
        for index in range(number):
            event = {**make_event(index, FirstOfAll()), "event_id": f"e-{index}", "event_time": NOW - 60}
            about = {**event["custom_data"], "order_id": f"o-{index}", "currency": "EURO"}
            file.write(f"{json.dumps({**event, 'custom_data': about})}\n")
    return path.name


def run_both(*arguments, folder):
    """What one process and a cluster print, and their exit statuses, which must be equal."""
    one = validate(*arguments, folder=folder)
    cluster = validate(*SPARK, *arguments, folder=folder)
    assert (cluster.stdout, cluster.stderr, cluster.returncode) == (one.stdout, one.stderr, one.returncode)
    return cluster


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (("--fail-on", "error", "--min", "em=100"), 0),
        (("--fail-on", "warning"), 1),
        (("--min", "em=100", "--min", "checkout:click_id=1"), 1),
    ],
)
def test_a_threshold_decides_the_exit_status_as_for_one_process(tmp_path, arguments, status):
    name = write_events(tmp_path / "events.jsonl")
    assert run_both(*arguments, name, folder=tmp_path).returncode == status


def test_a_coverage_of_a_name_that_never_came_is_one_sentence(tmp_path):
    name = write_events(tmp_path / "events.jsonl")
    ended = run_both("--min", "chekout:em=1", name, folder=tmp_path)
    assert ended.returncode == 2
    assert ended.stderr == (
        "Error: --min: there is no event 'chekout' in the files; did you mean checkout?\n"
    )


def test_a_baseline_of_one_process_is_a_cluster_s(tmp_path):
    names = [file.name for file in write_archive(tmp_path, seed=7, lines=60)]
    validate("--baseline", "known.json", "--update-baseline", *names, folder=tmp_path)
    told = run_both("--baseline", "known.json", "--format", "json", *names, folder=tmp_path)
    assert {finding["rule"] for finding in json.loads(told.stdout)["findings"]} == {"unreadable"}


def test_a_baseline_that_a_cluster_writes_is_the_one_of_one_process(tmp_path):
    names = [file.name for file in write_archive(tmp_path, seed=7, lines=60)]
    written = validate(*SPARK, "--baseline", "cluster.json", "--update-baseline", *names, folder=tmp_path)
    validate("--baseline", "one.json", "--update-baseline", *names, folder=tmp_path)
    assert (tmp_path / "cluster.json").read_bytes() == (tmp_path / "one.json").read_bytes()
    assert "Wrote cluster.json" in written.stderr


def test_what_is_new_since_a_baseline_fails(tmp_path):
    name = write_events(tmp_path / "events.jsonl")
    validate("--baseline", "known.json", "--update-baseline", name, folder=tmp_path)
    known = ("--baseline", "known.json", "--fail-on", "warning", name)
    assert run_both(*known, folder=tmp_path).returncode == 0
    write_events(tmp_path / "events.jsonl", 4)
    assert run_both(*known, folder=tmp_path).returncode == 1
    write_events(tmp_path / "events.jsonl", 2)
    assert "renew it with --update-baseline" in run_both(*known, folder=tmp_path).stderr
