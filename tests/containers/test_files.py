"""The container and CI files, as far as they can be checked without a container engine or a CI service."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent


def run(*command):
    words = [str(part) for part in command]
    return subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)


def test_the_linter_of_dockerfiles_has_nothing_to_say():
    answer = run(BIN / "hadolint", "Dockerfile")
    assert (answer.returncode, answer.stdout) == (0, "")


def test_the_linter_of_dockerfiles_would_speak(tmp_path):
    bad = tmp_path / "Dockerfile"
    bad.write_text("FROM python\nRUN sudo pip install mockpin\n")
    assert run(BIN / "hadolint", bad).returncode == 1


@pytest.mark.parametrize(
    ("schema", "file"),
    [
        ("compose-spec", "compose.yaml"),
        ("compose-spec", "examples/ci/compose.yaml"),
        ("github-workflows", "examples/ci/workflow.yml"),
        ("github-workflows", ".github/workflows/ci.yml"),
        ("github-workflows", ".github/workflows/release.yml"),
        ("github-workflows", ".github/workflows/search.yml"),
        ("github-actions", "action.yml"),
        ("dependabot", ".github/dependabot.yml"),
        ("gitlab-ci", "examples/ci/gitlab.yml"),
    ],
)
def test_the_file_is_valid_by_its_published_schema(schema, file):
    answer = run(BIN / "check-jsonschema", "--builtin-schema", f"vendor.{schema}", file)
    assert answer.returncode == 0, answer.stdout


def test_the_linter_of_workflows_finds_nothing():
    files = ("action.yml", ".github", *(ROOT / "examples" / "ci").glob("workflow.yml"))
    answer = run(BIN / "zizmor", "--offline", "--no-progress", *files)
    assert answer.returncode == 0, answer.stdout


def test_the_linter_of_workflows_would_find_a_script_injection(tmp_path):
    bad = tmp_path / "action.yml"
    bad.write_text(
        "name: bad\ndescription: bad\ninputs: {name: {description: a}}\nruns:\n  using: composite\n"
        "  steps:\n    - shell: bash\n      run: echo ${{ inputs.name }}\n"
    )
    assert run(BIN / "zizmor", "--offline", "--no-progress", bad).returncode != 0


def test_pre_commit_takes_the_hook():
    answer = run(BIN / "pre-commit", "validate-manifest", ".pre-commit-hooks.yaml")
    assert answer.returncode == 0, answer.stdout


def test_what_the_wheel_is_built_of_reaches_the_image():
    let_in = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    assert let_in >= {"mockpin", "transformer", "validator", "fixtures"}
    assert let_in >= {"pyproject.toml", "constraints.txt", "README.md", "LICENSE", "LICENSES"}
