"""What every test may use."""

import os
import signal
from multiprocessing import forkserver
from pathlib import Path

import pytest
from hypothesis import settings

pytest_plugins = ["mockpin.pytest_plugin", "pytester"]

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"

# A test that is slow because the machine is busy has not failed: no test of ours is about time.
settings.register_profile(
    "untimed", settings.get_profile("ci" if "CI" in os.environ else "default"), deadline=None
)
settings.load_profile("untimed")

# A shell that starts the tests in the background has them ignore Ctrl-C, and the commands they start too.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish():
    """End the process that processes of --jobs are copies of, so that its coverage is written by then."""
    forkserver._forkserver._stop()
