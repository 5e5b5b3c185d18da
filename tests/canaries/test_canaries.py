"""Nothing personal and no token that comes in is shown, stored, logged or written: every input and output."""

from collections import defaultdict
from importlib import import_module

import click
import pytest

from mockpin.cli.command_names import COMMANDS
from mockpin.web.app import create_app
from tests.canaries.canaries import choose_few, find_leaks, make_canaries, spell
from tests.canaries.inputs import INPUTS
from tests.canaries.outputs import (
    COMMANDS_READ,
    CONSTANT,
    FORMATS,
    MAY_SHOW,
    QUICK,
    READ,
    READ_NOTHING,
    TAKEN,
    WHOLE,
)
from tests.canaries.scene import open_scene

CANARIES = make_canaries(INPUTS)
FORM_OPTIONS = ("form", "log_format")


def find_all_leaks(folder, canaries, outputs):
    """The canaries that each output shows, by its label."""
    leaks = defaultdict(set)
    with open_scene(folder) as scene:
        for canary in canaries:
            INPUTS[canary.input].put(scene, canary.place, canary.text)
        for name, read in outputs.items():
            for label, text in read(scene):
                for canary in find_leaks(text, canaries):
                    leaks[f"{name}: {label}"].add(str(canary))
    return {label: sorted(shown)[:5] for label, shown in leaks.items() if not label.startswith((*MAY_SHOW,))}


def test_few_canaries_are_shown_nowhere(tmp_path):
    few = choose_few([canary for canary in CANARIES if not INPUTS[canary.input].is_slow])
    assert find_all_leaks(tmp_path, few, QUICK) == {}


@pytest.mark.slow_hostile
def test_no_canary_is_shown_anywhere(tmp_path):
    assert find_all_leaks(tmp_path, CANARIES, WHOLE) == {}


def test_a_canary_that_is_shown_is_found():
    first, second = CANARIES[:2]
    assert find_leaks(f"x{second.word.upper()}%40".encode(), CANARIES) == {second}
    assert spell(0) in first.text


def test_every_route_is_read_or_takes_something_in():
    assert {rule.rule for rule in create_app().url_map.iter_rules()} == READ.keys() | TAKEN | CONSTANT


def test_every_command_is_read_or_reads_nothing():
    assert set(COMMANDS) == COMMANDS_READ.keys() | READ_NOTHING
    assert {*COMMANDS_READ.values()} <= WHOLE.keys() | INPUTS.keys()


def test_every_format_is_read():
    choices = {}
    for name in COMMANDS:
        command = import_module(f"mockpin.cli.commands.{name.replace('-', '_')}").command
        for option in command.params:
            if option.name in FORM_OPTIONS and isinstance(option.type, click.Choice):
                choices[name, option.name] = tuple(option.type.choices)
    assert choices == FORMATS
