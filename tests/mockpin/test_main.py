"""`python -m mockpin`."""

import subprocess
import sys

from mockpin.version import __version__


def test_python_m_mockpin_is_the_command():
    command = [sys.executable, "-m", "mockpin", "--version"]
    assert __version__ in subprocess.run(command, capture_output=True, text=True, check=True).stdout
