import re
import subprocess
import sys
from pathlib import Path

import pytest

import mockpin_transformer as transformer

HEAVY = ("httpx", "flask", "jsonschema", "tenacity", "phonenumbers")


@pytest.mark.parametrize("name", transformer.__all__)
def test_every_public_name_is_there(name):
    assert getattr(transformer, name) is not None


def test_names_are_listed_once_and_only_those():
    assert len(set(transformer.__all__)) == len(transformer.__all__)
    assert dir(transformer) == sorted(transformer.__all__)


def test_the_order_to_read_them_in_names_every_module():
    named = set(re.findall(r"\w+", transformer.__doc__))
    modules = {path.stem for path in Path(transformer.__file__).parent.glob("*.py")} - {"__init__"}
    assert modules <= named


def test_an_unknown_name_is_not_an_attribute():
    with pytest.raises(AttributeError, match="'mockpin_transformer' has no attribute 'nothing'"):
        _ = transformer.nothing


def test_importing_and_converting_load_nothing_heavy():
    program = (
        "import sys, mockpin_transformer as transformer; transformer.PRESETS, transformer.convert;"
        f"print([each for each in {HEAVY} if each in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
