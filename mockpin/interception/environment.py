"""The one environment with which every runtime of docs/interception.md reaches mockpin."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mockpin.addresses import API, LOOPBACK
from mockpin.interception.certificates import STORE_PASSWORD
from mockpin.interception.hosts import PINTEREST

if TYPE_CHECKING:
    from mockpin.interception.folder import RunFolder

#: Java reads no list of names but this one, with | between them.
JAVA_LOOPBACK = "localhost|127.*|[::1]"


@dataclass(frozen=True)
class OpenAccount:
    """The ad account that a run opens for the command, and its conversion token."""

    ad_account_id: str
    conversion_token: str = field(repr=False)


def make_environment(
    url: str, proxy_url: str, account: OpenAccount, *, folder: RunFolder, inherited: Mapping[str, str]
) -> dict[str, str]:
    """The variables to set, on top of those that a command inherits. Lists are appended to."""
    return {
        **name_server(url, account),
        **name_proxy(proxy_url, inherited),
        **name_certificates(folder),
        **name_hooks(folder, inherited),
        "JAVA_TOOL_OPTIONS": append(inherited, "JAVA_TOOL_OPTIONS", *list_java_options(proxy_url, folder)),
    }


def name_server(url: str, account: OpenAccount) -> dict[str, str]:
    """Where the emulator is, for senders that can be told, and for mockpin's own commands."""
    return {
        "PINTEREST_API_URI": f"{url}{API}",
        "PINTEREST_AD_ACCOUNT_ID": account.ad_account_id,
        "PINTEREST_CONVERSION_TOKEN": account.conversion_token,
        "MOCKPIN_URL": url,
    }


def name_proxy(url: str, inherited: Mapping[str, str]) -> dict[str, str]:
    """The proxy, and what is not to go through it: this machine, and what was named before."""
    named = (inherited.get("no_proxy") or inherited.get("NO_PROXY") or "").split(",")
    kept = (name.strip() for name in named if name.strip() and not bypasses_pinterest(name.strip()))
    past = ",".join(dict.fromkeys([*LOOPBACK, *kept]))
    return {
        **dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), url),
        **dict.fromkeys(("no_proxy", "NO_PROXY"), past),
    }


def bypasses_pinterest(name: str) -> bool:
    """Whether an entry of NO_PROXY would lead past mockpin to Pinterest or Segment."""
    return name == "*" or name.lower().lstrip("*.").endswith((*PINTEREST, "segment.io", "segment.com"))


def name_certificates(folder: RunFolder) -> dict[str, str]:
    """Which certificates to trust, by each variable that some runtime obeys."""
    bundled = (
        "SSL_CERT_FILE",
        "REQUESTS_CA_BUNDLE",
        "CURL_CA_BUNDLE",
        "HTTPLIB2_CA_CERTS",
        "NODE_EXTRA_CA_CERTS",
    )
    return {
        **dict.fromkeys(bundled, str(folder.bundle)),
        "DENO_CERT": str(folder.authority),
        "MOCKPIN_CA": str(folder.authority),
        "WGETRC": str(folder.wgetrc),
    }


def name_hooks(folder: RunFolder, inherited: Mapping[str, str]) -> dict[str, str]:
    """The hooks, behind or before what the runtimes were told already."""
    python_path = [str(folder.python_hook), *filter(None, [inherited.get("PYTHONPATH")])]
    return {
        "NODE_OPTIONS": append(inherited, "NODE_OPTIONS", f"--require {quote(folder.node_hook)}"),
        "BUN_OPTIONS": append(inherited, "BUN_OPTIONS", f"--preload {quote(folder.bun_hook)}"),
        "PYTHONPATH": os.pathsep.join(python_path),
        "PHP_INI_SCAN_DIR": f"{inherited.get('PHP_INI_SCAN_DIR', '')}{os.pathsep}{folder.php_ini}",
    }


def list_java_options(proxy_url: str, folder: RunFolder) -> list[str]:
    """Java's system properties."""
    host, _, port = proxy_url.rpartition("/")[2].partition(":")
    proxy = (
        f"-D{scheme}.proxy{part}" for scheme in ("http", "https") for part in (f"Host={host}", f"Port={port}")
    )
    return [
        *proxy,
        f"-Dhttp.nonProxyHosts={JAVA_LOOPBACK}",
        f"-Djavax.net.ssl.trustStore={folder.java_store}",
        "-Djavax.net.ssl.trustStoreType=PKCS12",
        f"-Djavax.net.ssl.trustStorePassword={STORE_PASSWORD}",
    ]


def append(inherited: Mapping[str, str], name: str, *options: str) -> str:
    """The value of a variable with options behind it."""
    return " ".join(filter(None, [inherited.get(name, ""), *options]))


def quote(path: object) -> str:
    """A path as Node takes it in NODE_OPTIONS, also one with spaces."""
    text = str(path)
    return '"' + text.replace("\\", "\\\\") + '"' if " " in text or "\\" in text else text
