from pathlib import Path

from mockpin.cli import commands
from mockpin.cli.command_names import COMMANDS


def test_every_command_has_a_module_of_its_name():
    modules = {module.stem for module in Path(commands.__file__).parent.glob("[a-z]*.py")}
    assert {name.replace("-", "_") for name in COMMANDS} == modules
