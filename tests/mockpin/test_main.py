"""`python -m mockpin`."""

import os
import subprocess
import sys

from mockpin.version import __version__


def test_python_m_mockpin_is_the_command():
    command = [sys.executable, "-m", "mockpin", "--version"]
    assert __version__ in subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_it_looks_for_cyclic_garbage_less_often_than_python_by_itself():
    code = (
        "import gc; before = gc.get_threshold(); from mockpin.__main__ import main\n"
        "try: main()\nfinally: print(before < gc.get_threshold())"
    )
    command = [sys.executable, "-c", code, "--version"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[1:] == ["True"]


def test_ctrl_c_while_the_command_line_is_loaded_ends_with_130_and_no_traceback(tmp_path):
    (tmp_path / "click.py").write_text("raise KeyboardInterrupt\n")
    done = subprocess.run(
        [sys.executable, "-m", "mockpin", "--version"],
        env={**os.environ, "PYTHONPATH": str(tmp_path)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")
