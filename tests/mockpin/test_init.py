import re
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

import mockpin


def test_every_public_name_can_be_imported():
    assert all(getattr(mockpin, name) for name in mockpin.__all__)
    assert dir(mockpin) == sorted(mockpin.__all__)


def test_the_public_names_are_few():
    assert set(mockpin.__all__) == {
        "Destination",
        "MockPin",
        "Sender",
        "Settings",
        "Unmet",
        "__version__",
        "convert",
        "create_app",
        "validate",
    }


def test_the_order_to_read_them_in_names_every_module():
    named = set(re.findall(r"\w+", mockpin.__doc__))
    found = Path(mockpin.__file__).parent.glob("[a-z]*")
    assert {item.stem for item in found if item.suffix == ".py" or (item / "__init__.py").exists()} <= named


def test_another_name_is_missing():
    with pytest.raises(AttributeError, match="nothing"):
        getattr(mockpin, "nothing")  # noqa: B009 - as an attribute it would be a useless expression


def test_the_version_is_the_distributions():
    assert mockpin.__version__ == version("mockpin")


@pytest.mark.parametrize("package", ["mockpin", "mockpin_validator", "mockpin_transformer"])
def test_importing_a_package_loads_nothing_heavy(package):
    heavy = {"click", "flask", "granian", "httpx", "jsonschema", "rich"}
    code = f"import sys, {package}; print(*({heavy!r} & sys.modules.keys()))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_importing_mockpin_loads_only_what_loads_its_names_later():
    code = "import sys; before = {*sys.modules}; import mockpin; print(*{*sys.modules} - before)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {name.partition(".")[0] for name in done.stdout.split()}
    assert loaded <= {"mockpin", "importlib", "warnings"}
