"""What Python does that loads the hook before a program."""

import json
import os
import shutil
import subprocess
import sys

import pytest

from mockpin.interception.folder import HOOKS

TABLE = {"hosts": ["capi.test"], "pinterest": ["pinterest.com"], "port": 81, "tls_port": 444, "ca": "ca.pem"}
OWN = "import sys; sys.own = True"


@pytest.fixture(scope="module")
def answers(tmp_path_factory):
    """What one program with the hook answers to all questions, because a Python takes 50 ms to start."""
    folder = tmp_path_factory.mktemp("hook")
    shutil.copytree(HOOKS / "python", folder / "python")
    (folder / "intercept.json").write_text(json.dumps(TABLE))
    (folder / "own").mkdir()
    (folder / "own" / "sitecustomize.py").write_text(OWN)
    (folder / "ask.py").write_text(PROGRAM)
    path = os.pathsep.join([str(folder / "python"), str(folder / "own")])
    done = subprocess.run(
        [sys.executable, str(folder / "ask.py")], env={"PYTHONPATH": path, "PATH": ""}, cwd=folder,
        capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    return json.loads(done.stdout)


PROGRAM = """
import asyncio, json, socket, ssl, sys
from types import SimpleNamespace
import sitecustomize

def resolve(host, port):
    return socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][4][:2]

def trusts(**how):
    loaded = []
    class Context(ssl.SSLContext):
        def load_verify_locations(self, path):
            loaded.append(path)
    context = Context(ssl.PROTOCOL_TLS_CLIENT)
    context.wrap_bio(ssl.MemoryBIO(), ssl.MemoryBIO(), **how)
    with socket.socket() as plain:
        context.wrap_socket(plain, **how).close()
    return loaded

class Loop:
    async def create_connection(self, factory, host=None, port=None, **options):
        return [factory, host, port, options]
    async def getaddrinfo(self, host, port, **options):
        return [host, port, options]

sitecustomize.patch_uvloop(SimpleNamespace(Loop=Loop))
resolver = SimpleNamespace(DefaultResolver="aiodns", ThreadedResolver="system")
sitecustomize.patch_aiohttp_resolver(resolver)

print(json.dumps({
    "connected": [asyncio.run(Loop().create_connection("f", host, 443, **how)) for host, how in (
        ("capi.test", {"ssl": True}), ("capi.test", {"ssl": True, "server_hostname": "own"}),
        ("capi.test", {}), ("x.test", {"ssl": True}))],
    "looked_up": [asyncio.run(Loop().getaddrinfo(host, 80, flags=1)) for host in ("capi.test", "x.test")],
    "resolver": resolver.DefaultResolver,
    "hosts": [sitecustomize.is_ours(host) for host in (
        "capi.test", "CAPI.test.", b"capi.test", "pinterest.com", "www.pinterest.com", "notpinterest.com",
        "x.capi.test", None, 5)],
    "ports": [sitecustomize.map_port(port) for port in (80, "80", "http", 443, "https", None)],
    "resolved": [resolve("capi.test", 80), resolve("www.pinterest.com", 443), resolve("127.0.0.2", 5)],
    "trusted": [trusts(server_hostname="capi.test"), trusts(server_hostname="x.test")],
    "own": getattr(sys, "own", False),
    "others": sitecustomize.Patcher().find_spec("json") is None,
}))
"""


def test_the_hosts_of_the_table_and_all_of_pinterest_are_mockpins(answers):
    assert answers["hosts"] == [True, True, True, True, True, False, False, False, False]


def test_the_port_for_http_stands_for_80_and_the_one_for_tls_for_every_other(answers):
    assert answers["ports"] == [81, 81, 81, 444, 444, 444]


def test_a_host_of_mockpins_resolves_to_this_machine_and_another_as_before(answers):
    assert answers["resolved"] == [["127.0.0.1", 81], ["127.0.0.1", 444], ["127.0.0.2", 5]]


def test_uvloop_connects_and_resolves_these_hosts_to_this_machine(answers):
    assert answers["connected"] == [
        ["f", "127.0.0.1", 444, {"ssl": True, "server_hostname": "capi.test"}],
        ["f", "127.0.0.1", 444, {"ssl": True, "server_hostname": "own"}],
        ["f", "127.0.0.1", 444, {}],
        ["f", "x.test", 443, {"ssl": True}],
    ]
    assert answers["looked_up"] == [["127.0.0.1", 81, {"flags": 1}], ["x.test", 80, {"flags": 1}]]


def test_aiohttp_resolves_with_the_system(answers):
    assert answers["resolver"] == "system"


def test_a_context_trusts_the_certificate_for_these_hosts_alone(answers):
    assert answers["trusted"] == [["ca.pem", "ca.pem"], []]


def test_the_sitecustomize_of_the_user_runs_too(answers):
    assert answers["own"] is True


def test_other_modules_are_imported_as_before(answers):
    assert answers["others"] is True
