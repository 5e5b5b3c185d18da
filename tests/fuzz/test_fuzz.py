"""Each parser of what strangers send, fuzzed with coverage as a guide."""

import os
import subprocess
import sys

import pytest

from tests.fuzz.targets import SEEDS, TARGETS

pytestmark = pytest.mark.slow_fuzz
#: Seconds of a search on inputs that no run had before; without it each run tries the same inputs.
SECONDS = int(os.environ.get("MOCKPIN_FUZZ_SECONDS", "0"))
#: (`-entropic=0`: what libFuzzer prefers by default depends on time.)
LIMITS = [f"-max_total_time={SECONDS}"] if SECONDS else ["-runs=50000", "-seed=1", "-entropic=0"]


@pytest.mark.parametrize("name", TARGETS)
def test_any_bytes_are_read_or_refused(name, tmp_path):
    limits = [*LIMITS, "-timeout=10", "-rss_limit_mb=2048", f"-artifact_prefix={tmp_path}/"]
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for number, seed in enumerate(SEEDS.get(name, ())):
        (corpus / str(number)).write_bytes(seed)
    run = [sys.executable, "-m", "tests.fuzz.run", name, *limits, str(corpus)]
    settings = {**os.environ, "PYTHONHASHSEED": "0"}
    done = subprocess.run(
        run, capture_output=True, text=True, check=False, timeout=SECONDS + 900, env=settings
    )
    assert done.returncode == 0, done.stderr[-3000:]
