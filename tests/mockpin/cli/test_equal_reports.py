"""One archive has one report: in one process or four, with SQLite or DuckDB."""

import json
from contextlib import chdir
from random import Random

from click.testing import CliRunner
from hypothesis import event as note
from hypothesis import given, settings
from hypothesis import strategies as st

from mockpin.cli import mockpin
from mockpin.observations.engines.engine import ENGINES
from mockpin_validator.archive.sources import PART
from tests.mockpin.observations.shop import checkout, make_orders
from tests.mockpin.sending import NOW

#: How a report may be made; another engine adds a row.
WAYS = {
    "four processes": ("--jobs", "4"),
    "duckdb": ("--engine", "duckdb"),
    "duckdb and four processes": ("--engine", "duckdb", "--jobs", "4", "--memory", "64"),
}
FORMATS = ("json", "text", "sarif", "junit")


def mistake(random, event):
    """The text of one line: an event with one of the mistakes that senders make, or none."""
    number = random.randrange(12)
    changed = {
        0: {"event_id": "same"},
        1: {"user_data": {"em": ["jane@example.com"]}},
        2: {"event_time": NOW * 1000},
        3: {"event_name": "Checkout"},
        4: {"user_data": {**event["user_data"], "em": ["a" * 64]}},
        5: {"custom_data": {**event["custom_data"], "currency": "euro"}},
    }.get(number, {})
    return "no event" if number == 6 else json.dumps({**event, **changed})


def write_archive(folder, *, seed, orders, files):
    """Files of about so many orders, each of them sent once or twice; their names."""
    random = Random(seed)
    events = [checkout(order) for order in make_orders(orders, seed=seed, now=NOW)]
    events += [
        {**event, "event_id": f"again-{at}"} for at, event in enumerate(events) if random.random() < 0.2
    ]
    names = [f"{number}.jsonl" for number in range(files)]
    for number, name in enumerate(names):
        lines = [mistake(random, event) for event in events[number::files]]
        (folder / name).write_text("".join(f"{line}\n" for line in lines))
    return names


def report(names, *options):
    result = CliRunner().invoke(mockpin, ["validate", *names, "--now", str(NOW), *options])
    assert result.exit_code in {0, 1, 2}, result.output
    return result.exit_code, result.stdout


def test_the_ways_are_those_of_the_command():
    assert {options[1] for options in WAYS.values() if options[0] == "--engine"} == {*ENGINES} - {"sqlite"}


@settings(max_examples=3, deadline=None)
@given(
    seed=st.integers(0, 999),
    orders=st.integers(1, 60),
    files=st.integers(1, 3),
    form=st.sampled_from(FORMATS),
)
def test_every_way_gives_the_same_report(tmp_path_factory, seed, orders, files, form):
    folder = tmp_path_factory.mktemp("archive")
    with chdir(folder):
        names = write_archive(folder, seed=seed, orders=orders, files=files)
        expected = report(names, "--format", form)
        note(f"{form}, exit status {expected[0]}")
        note("an id is shared" if "event-id-shared" in expected[1] else "no id is shared")
        for way, options in WAYS.items():
            assert report(names, "--format", form, *options) == expected, way


def test_parts_of_a_long_file_give_the_same_report(tmp_path):
    with chdir(tmp_path):
        names = write_archive(tmp_path, seed=1, orders=1_500, files=1)
        assert (tmp_path / names[0]).stat().st_size > PART
        expected = report(names, "--statistics", "--format", "json")
        assert (
            report(names, "--statistics", "--format", "json", *WAYS["duckdb and four processes"]) == expected
        )
