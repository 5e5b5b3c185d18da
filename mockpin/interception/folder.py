"""The folder of one run: the hooks of the runtimes, the certificates they trust, and what they read.

It has mode 0700, holds no private key, and is gone when the run is over.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from mockpin.interception.certificates import gather_trusted, make_java_store
from mockpin.interception.hosts import PINTEREST

if TYPE_CHECKING:
    from mockpin.interception.hosts import HostTable
    from mockpin.interception.proxy import EmulatorPorts

HOOKS = Path(__file__).parent / "hooks"
PHP_INI = """\
; Read by PHP beside its own configuration (PHP_INI_SCAN_DIR).
curl.cainfo = "{bundle}"
openssl.cafile = "{bundle}"
auto_prepend_file = "{prepend}"
"""


class RunFolder:
    """The paths of the folder's files."""

    def __init__(self, path: Path) -> None:
        self.path = path
        #: The certificate of the run's authority alone, PEM.
        self.authority = path / "ca.pem"
        #: The certificates that programs trust already, and the authority's: PEM, and PKCS#12 for Java.
        self.bundle, self.java_store = path / "bundle.pem", path / "trusted.p12"
        #: What Node loads first, what Bun loads first, and the folder with Python's `sitecustomize`.
        self.node_hook, self.bun_hook, self.python_hook = path / "node.cjs", path / "bun.cjs", path / "python"
        #: The folder with PHP's configuration, and the configuration of wget.
        self.php_ini, self.wgetrc = path / "php", path / "wgetrc"

    @property
    def node_was_hooked(self) -> bool:
        """Whether any Node has loaded its hook."""
        return (self.path / "loaded-node").exists()


@contextmanager
def make_folder(
    emulator: EmulatorPorts, authority: bytes, hosts: HostTable, environment: Mapping[str, str]
) -> Iterator[RunFolder]:
    """The folder while the context lasts. Raises OSError when it cannot be written."""
    with TemporaryDirectory(prefix="mockpin-run-", ignore_cleanup_errors=True) as name:
        folder = RunFolder(Path(name))
        shutil.copytree(HOOKS, folder.path, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
        folder.path.chmod(0o700)  # copytree copies the mode of the package's folder
        folder.authority.write_bytes(authority)
        folder.bundle.write_bytes(bundle := gather_trusted(environment) + b"\n" + authority)
        folder.java_store.write_bytes(make_java_store(bundle))
        write_php_ini(folder)
        write_wgetrc(folder, environment)
        write_table(folder, emulator, hosts)
        yield folder


def write_php_ini(folder: RunFolder) -> None:
    """Write PHP's configuration."""
    prepend = folder.php_ini / "prepend.php"
    (folder.php_ini / "mockpin.ini").write_text(PHP_INI.format(bundle=folder.bundle, prepend=prepend))


def write_wgetrc(folder: RunFolder, environment: Mapping[str, str]) -> None:
    """Write wget's configuration: the user's own, and the certificates to trust."""
    own = Path(environment.get("WGETRC") or Path(environment.get("HOME", "/"), ".wgetrc"))
    text = (
        own.read_text(encoding="utf-8", errors="surrogateescape")
        if os.access(own, os.R_OK) and own.is_file()
        else ""
    )
    folder.wgetrc.touch(mode=0o600)
    folder.wgetrc.write_text(f"{text}\nca_certificate = {folder.bundle}\n", "utf-8", "surrogateescape")


def write_table(folder: RunFolder, emulator: EmulatorPorts, hosts: HostTable) -> None:
    """Write what the hooks read: which hosts lead to which ports, and which certificates to trust."""
    table = {
        "hosts": hosts.intercepted,
        "pinterest": PINTEREST,
        "port": emulator.port,
        "tls_port": emulator.tls_port,
        "ca": str(folder.authority),
        "bundle": str(folder.bundle),
    }
    (folder.path / "intercept.json").write_text(json.dumps(table), encoding="utf-8")
