import subprocess
import sys

import pytest

from mockpin import strategies


def run(program):
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)


@pytest.mark.parametrize("name", strategies.__all__)
def test_every_public_name_is_there(name):
    assert getattr(strategies, name).__name__ == name
    assert name in dir(strategies)


def test_another_name_is_missing():
    with pytest.raises(AttributeError, match="nothing"):
        getattr(strategies, "nothing")  # noqa: B009 - as an attribute it would be a useless expression


def test_without_hypothesis_the_error_says_what_to_install():
    without = "import sys; sys.modules['hypothesis'] = None\n"
    done = run(f"{without}from mockpin.strategies import conversion_events")
    assert "pip install 'mockpin[hypothesis]'" in done.stderr.splitlines()[-1]


def test_the_mutations_need_no_hypothesis():
    program = "import sys, mockpin.strategies.mutations; print('hypothesis' in sys.modules)"
    assert run(program).stdout == "False\n"
