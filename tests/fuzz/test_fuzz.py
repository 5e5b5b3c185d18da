"""Each parser of what strangers send, fuzzed with coverage as a guide."""

import os
import subprocess
import sys

import pytest

from tests.fuzz.targets import SEEDS, TARGETS

pytestmark = pytest.mark.slow_fuzz
#: Seconds for each parser; CI takes fewer, a search by hand more.
SECONDS = int(os.environ.get("MOCKPIN_FUZZ_SECONDS", "60"))


@pytest.mark.parametrize("name", TARGETS)
def test_any_bytes_are_read_or_refused(name, tmp_path):
    limits = [
        f"-max_total_time={SECONDS}",
        "-timeout=10",
        "-rss_limit_mb=2048",
        f"-artifact_prefix={tmp_path}/",
    ]
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for number, seed in enumerate(SEEDS.get(name, ())):
        (corpus / str(number)).write_bytes(seed)
    run = [sys.executable, "-m", "tests.fuzz.run", name, *limits, str(corpus)]
    done = subprocess.run(run, capture_output=True, text=True, check=False, timeout=SECONDS + 120)
    assert done.returncode == 0, done.stderr[-3000:]
