"""The pre-commit hook, installed by pre-commit itself from this repository."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow_install

ROOT = Path(__file__).resolve().parents[2]
EVENT = {
    "event_name": "checkout",
    "action_source": "web",
    "event_time": 1_700_000_000,
    "event_id": "e1",
    "user_data": {"em": ["f660ab912ec121d1b1e928a0bb4bc61b15f5ad44d5efdc4e1c92a25e99b8e44a"]},
}


def run(*command, cwd, **environment):
    """Run a command that sees no git settings of the caller, who may be a git hook."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    words = [str(part) for part in command]
    options = {"capture_output": True, "text": True}
    return subprocess.run(words, cwd=cwd, env={**inherited, **environment}, check=False, **options)


def test_the_hook_judges_the_payloads_of_a_commit(tmp_path):
    (tmp_path / "pinterest").mkdir()
    (tmp_path / "pinterest/good.json").write_text(json.dumps({"data": [EVENT]}))
    (tmp_path / "pinterest/bad.json").write_text(json.dumps({"data": [{**EVENT, "surprise": 1}]}))
    run("git", "init", "--quiet", cwd=tmp_path)
    run("git", "add", "--all", cwd=tmp_path)

    files = ("pinterest/good.json", "pinterest/bad.json")
    hook = (sys.executable, "-m", "pre_commit", "try-repo", ROOT, "mockpin-validate", "--files", *files)
    answer = run(*hook, cwd=tmp_path, PRE_COMMIT_HOME=str(tmp_path / "home"))
    assert answer.returncode == 1, answer.stdout + answer.stderr
    assert "2 events in 2 files, 1 with errors" in answer.stdout
    assert "surprise" in answer.stdout
