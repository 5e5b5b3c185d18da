"""`python -m mockpin`."""

import os
import subprocess
import sys

from mockpin.version import __version__


def test_python_m_mockpin_is_the_command():
    command = [sys.executable, "-m", "mockpin", "--version"]
    assert __version__ in subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_ctrl_c_while_the_command_line_is_loaded_ends_with_130_and_no_traceback(tmp_path):
    (tmp_path / "click.py").write_text("raise KeyboardInterrupt\n")
    done = subprocess.run(
        [sys.executable, "-m", "mockpin", "--version"],
        env={**os.environ, "PYTHONPATH": str(tmp_path)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")
