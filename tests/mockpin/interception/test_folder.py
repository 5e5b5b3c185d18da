"""What the folder of a run holds."""

import json
import stat
from configparser import ConfigParser
from pathlib import Path

import pytest

from mockpin.interception.certificates import Authority
from mockpin.interception.folder import RunFolder, make_folder, write_php_ini, write_table, write_wgetrc
from mockpin.interception.hosts import INTERCEPTED, PINTEREST, HostTable
from mockpin.interception.proxy import EmulatorPorts

PORTS = EmulatorPorts(81, 444)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "php").mkdir()
    return RunFolder(tmp_path)


def test_every_file_has_its_place():
    folder = RunFolder(Path("/run"))
    names = ("authority", "bundle", "java_store", "node_hook", "bun_hook", "python_hook", "php_ini", "wgetrc")
    assert [str(getattr(folder, name)) for name in names] == [
        "/run/ca.pem", "/run/bundle.pem", "/run/trusted.p12", "/run/node.cjs", "/run/bun.cjs", "/run/python",
        "/run/php", "/run/wgetrc",
    ]  # fmt: skip


def test_node_tells_that_it_has_loaded_its_hook(folder):
    assert not folder.node_was_hooked
    (folder.path / "loaded-node").touch()
    assert folder.node_was_hooked


def test_the_hooks_read_the_hosts_the_ports_and_the_certificates(folder):
    write_table(folder, PORTS, HostTable(["capi.test"]))
    assert json.loads((folder.path / "intercept.json").read_text()) == {
        "hosts": [*INTERCEPTED, "capi.test"],
        "pinterest": [*PINTEREST],
        "port": 81,
        "tls_port": 444,
        "ca": str(folder.authority),
        "bundle": str(folder.bundle),
    }


def test_the_folder_holds_the_hooks_and_the_certificates_for_its_owner_until_the_end():
    authority = Authority().certificate
    with make_folder(PORTS, authority, HostTable(), {}) as folder:
        assert stat.S_IMODE(folder.path.stat().st_mode) == 0o700
        assert folder.authority.read_bytes() == authority
        assert folder.bundle.read_bytes().endswith(authority)
        assert folder.java_store.read_bytes()[:1] == b"\x30"
        assert folder.node_hook.is_file()
        assert folder.python_hook.is_dir()
        written = {path.name for path in folder.path.rglob("*")}
        assert {"mockpin.ini", "prepend.php", "wgetrc", "intercept.json", "sitecustomize.py"} <= written
        assert "__pycache__" not in written
    assert not folder.path.exists()


def test_php_trusts_the_bundle_and_runs_its_hook_first(folder):
    write_php_ini(folder)
    parser = ConfigParser(comment_prefixes=";")
    parser.read_string("[php]\n" + (folder.php_ini / "mockpin.ini").read_text())
    assert dict(parser["php"]) == {
        "curl.cainfo": f'"{folder.bundle}"',
        "openssl.cafile": f'"{folder.bundle}"',
        "auto_prepend_file": f'"{folder.php_ini / "prepend.php"}"',
    }


@pytest.mark.parametrize("name", ["WGETRC", "HOME"])
def test_wget_keeps_the_users_own_configuration(folder, name):
    own = folder.path / ".wgetrc"
    own.write_bytes(b"user = \xff\n")
    write_wgetrc(folder, {name: str(own if name == "WGETRC" else folder.path)})
    trust = f"\nca_certificate = {folder.bundle}\n".encode()
    assert folder.wgetrc.read_bytes() == b"user = \xff\n" + trust
    assert stat.S_IMODE(folder.wgetrc.stat().st_mode) == 0o600


@pytest.mark.parametrize("home", ["/nowhere", "/" + "x" * 300])
def test_wget_without_a_configuration_of_the_user_trusts_the_bundle(folder, home):
    write_wgetrc(folder, {"HOME": home})
    assert folder.wgetrc.read_text() == f"\nca_certificate = {folder.bundle}\n"
