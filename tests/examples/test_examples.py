"""The examples are run as their readers run them, each in a pytest of its own."""

import shutil
import subprocess
import sys
import venv
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
#: Each planted bug, and the test of the shop's own suite that must catch it.
CAUGHT = {
    "wrong-hash": "test_the_customer_can_be_matched",
    "milliseconds": "test_a_purchase_is_processed",
    "new-id-on-retry": "test_a_lost_answer_does_not_make_a_second_purchase",
    "no-state": "test_a_californian_s_choice_is_honoured",
    "double-counting": "test_the_tag_and_the_server_report_one_purchase",
    "retry-on-422": "test_what_is_refused_is_not_sent_again",
}


def run(folder, *arguments, **environment):
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-rA", folder, *arguments]
    options = {"cwd": EXAMPLES, "capture_output": True, "text": True}
    return subprocess.run(command, env={**INHERITED, **environment}, check=False, **options)


INHERITED = {"PATH": f"{Path(sys.executable).parent}:/usr/local/bin:/usr/bin:/bin"}


def failures(answer):
    lines = answer.stdout.splitlines()
    return {line.split("::")[1].split(" - ")[0] for line in lines if line.startswith(("FAILED", "ERROR"))}


@pytest.mark.parametrize("folder", ["python", "shop"])
def test_an_example_passes(folder):
    answer = run(folder)
    assert answer.returncode == 0, answer.stdout


@pytest.mark.skipif(shutil.which("node") is None, reason="needs Node.js")
def test_the_example_for_node_passes():
    answer = run("node", PATH=f"{Path(shutil.which('node')).parent}:{INHERITED['PATH']}")
    assert answer.returncode == 0, answer.stdout
    assert "skipped" not in answer.stdout


@pytest.mark.parametrize("bug", sorted(CAUGHT))
def test_a_planted_bug_is_caught_by_its_test(bug):
    answer = run("shop", "--bug", bug)
    assert answer.returncode == 1
    assert CAUGHT[bug] in failures(answer)
    if bug != "milliseconds":
        assert failures(answer) == {CAUGHT[bug]}


def test_the_shop_s_page_names_each_bug_and_its_test():
    text = (EXAMPLES / "shop" / "README.md").read_text()
    assert all(f"| `{bug}` |" in text and f"`{name}` |" in text for bug, name in CAUGHT.items())


@pytest.mark.slow_clients
def test_the_example_for_segment_s_library_passes(tmp_path):
    venv.create(tmp_path / "venv", with_pip=True)
    python = tmp_path / "venv/bin/python"
    pip = [
        python,
        "-m",
        "pip",
        "--quiet",
        "--disable-pip-version-check",
        "install",
        "segment-analytics-python",
    ]
    assert subprocess.run(pip, check=False).returncode == 0
    answer = run("segment", SEGMENT_PYTHON=str(python))
    assert answer.returncode == 0, answer.stdout
    assert "1 passed" in answer.stdout
