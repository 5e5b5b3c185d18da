import re
import subprocess
import sys
from pathlib import Path

import pytest

import mockpin_validator as validator


@pytest.mark.parametrize("name", validator.__all__)
def test_every_public_name_is_there(name):
    assert getattr(validator, name).__name__ if name != "RULES" else validator.RULES


def test_the_public_names_are_listed_in_order_and_once():
    assert dir(validator) == sorted(set(validator.__all__))
    assert set(validator.__all__) == set(validator._HOMES)


def test_the_order_to_read_them_in_names_every_module():
    named = set(re.findall(r"\w+", validator.__doc__))
    found = Path(validator.__file__).parent.glob("[a-z]*")
    assert {item.stem for item in found if item.suffix == ".py" or (item / "__init__.py").exists()} <= named


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="nothing"):
        _ = validator.nothing


def test_importing_the_validator_loads_no_engine():
    heavy = {"jsonschema", "jsonschema_rs", "flask", "httpx", "ua_parser"}
    code = f"import sys, mockpin_validator.rules; print({heavy} & set(sys.modules))"
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "set()"
