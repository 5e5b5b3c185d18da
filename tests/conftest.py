"""What every test may use."""

import signal
from multiprocessing import forkserver
from pathlib import Path

import pytest
from hypothesis import settings

pytest_plugins = ["mockpin.pytest_plugin", "pytester"]

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"

# A run tries the same examples each time, so that it fails for what was changed and for nothing else; `make
# search` tries others. A test that is slow because the machine is busy has not failed: no test of ours is
# about time. `make test` tries half of the examples that `make coverage` tries.
FIXED = settings.get_profile("ci")
settings.register_profile("quick", FIXED, deadline=None, max_examples=FIXED.max_examples // 2)
settings.register_profile("thorough", FIXED, deadline=None)
settings.register_profile("search", settings.get_profile("default"), deadline=None)
settings.load_profile("quick")

# A shell that starts the tests in the background has them ignore Ctrl-C, and the commands they start too.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
# nohup has them ignore SIGHUP in the same way.
if hasattr(signal, "SIGHUP") and signal.getsignal(signal.SIGHUP) is signal.SIG_IGN:
    signal.signal(signal.SIGHUP, signal.SIG_DFL)


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish():
    """End the process that processes of --jobs are copies of, so that its coverage is written by then."""
    forkserver._forkserver._stop()
