"""Both HTTP surfaces, fuzzed over a socket by schemathesis from what their documents say.

It runs in an environment of its own, with the versions of Hypothesis and jsonschema-rs that it works with.
"""

import copy
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from openapi_spec_validator import validate

from mockpin.addresses import ADMIN
from mockpin.emulator.accounts import Accounts
from mockpin.emulator.emulator import Emulator
from mockpin.serving.gateway import Gateway
from mockpin.serving.server import Background, Server, listen
from mockpin.web.admin.api import ALL_OPERATIONS
from mockpin.web.admin.openapi import describe_operations
from mockpin.web.app import build_app
from tests.surfaces.pinterest_document import describe

ENVIRONMENT = Path(__file__).parent.parent.parent / ".venv" / "schemathesis"
PACKAGES = ("schemathesis==4.24.3", "hypothesis<6.155", "jsonschema-rs==0.49.2")
ACCOUNT, TAG, TOKEN = "549755885175", "2612345678901", "pina_fuzz"
CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
)
HOOKS = {"PYTHONPATH": str(Path(__file__).parent), "SCHEMATHESIS_HOOKS": "unsendable"}
fuzzing = pytest.mark.slow_schemathesis


@pytest.fixture(scope="module")
def url():
    emulator = Emulator(accounts=Accounts(access_token=TOKEN))
    emulator.accounts.add(ACCOUNT, "pina_other", TAG)
    gateway = Gateway(build_app(emulator), limit=emulator.settings.body_limit)
    with Background(Server(gateway, listen("127.0.0.1", 0))) as server:
        yield server.url
    emulator.close()


@pytest.fixture(scope="module")
def program():
    """schemathesis, installed once."""
    program = ENVIRONMENT / "bin" / "schemathesis"
    if not program.exists():
        subprocess.run([sys.executable, "-m", "venv", "--clear", ENVIRONMENT], check=True)
        pip = [
            ENVIRONMENT / "bin" / "python",
            "-m",
            "pip",
            "--disable-pip-version-check",
            "install",
            "--quiet",
        ]
        subprocess.run([*pip, *PACKAGES], check=True)
    return program


@pytest.fixture
def fuzz(program, url, tmp_path):
    """Fuzz the operations of a document, and fail with what schemathesis has against the answers."""

    def fuzz(document, *options, checks=CHECKS):
        file = tmp_path / "openapi.json"
        file.write_text(json.dumps(document))
        how = ["--checks", ",".join(checks), "--max-examples", "60", "--seed", "1", "--continue-on-failure"]
        phases = [
            "--phases",
            "examples,coverage,fuzzing",
            "--warnings",
            "off",
            "--suppress-health-check",
            "all",
        ]
        done = subprocess.run(
            [program, "run", file, "--url", url, *how, *phases, *options],
            capture_output=True,
            text=True,
            cwd=tmp_path,
            env=os.environ | HOOKS,
            check=False,
        )
        if done.returncode:
            pytest.fail(done.stdout + done.stderr, pytrace=False)

    return fuzz


def test_the_document_of_pinterests_surface_is_valid_openapi():
    validate(describe())


@fuzzing
def test_pinterests_surface_answers_as_documented(fuzz):
    fuzz(describe({"enum": [ACCOUNT]}), "--header", f"Authorization: Bearer {TOKEN}")


@fuzzing
def test_pinterests_surface_answers_strangers_as_documented(fuzz):
    fuzz(describe())


@pytest.fixture
def admin_document():
    return describe_operations(ALL_OPERATIONS, prefix=ADMIN, version="1")


@fuzzing
def test_the_admin_api_answers_as_documented(fuzz, admin_document):
    content = admin_document["paths"][f"{ADMIN}/expect"]["post"]["requestBody"]["content"]
    schema = copy.deepcopy(content["application/json"]["schema"])
    schema["properties"]["timeout_ms"]["maximum"] = 10  # nobody waits for long here
    content["application/json"]["schema"] = schema
    fuzz(admin_document, "--exclude-path-regex", "stream", checks=(*CHECKS, "unsupported_method"))


@fuzzing
def test_the_admin_api_refuses_what_it_does_not_document(fuzz, admin_document):
    fuzz(admin_document, "--exclude-path-regex", "stream|expect", checks=("negative_data_rejection",))
