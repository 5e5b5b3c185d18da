"""Certificates of an authority that exists for one run, and the trust stores that name it.

The authority's private key stays in memory. The server's key is in a file only until the server has read it.
"""

import os
import ssl
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path

import certifi
import trustme
from cryptography import x509
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12

from mockpin.serving.tls import TlsFiles

NAME = "mockpin"
#: Variables by which programs are told which certificates to trust.
CA_VARIABLES = ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "NODE_EXTRA_CA_CERTS")
#: How long a certificate is valid. Clocks of containers differ, and servers of a team run for months.
EARLIER, LATER = timedelta(days=1), timedelta(days=397)
#: The password of Java's trust stores, which hold no secret. It is the one that the JDK ships with.
STORE_PASSWORD = "changeit"  # noqa: S105 - as above


class Authority:
    """A certificate authority. Nothing of it is ever installed anywhere."""

    def __init__(self) -> None:
        self._ca = trustme.CA(organization_name=NAME, organization_unit_name="made for one run")

    @cached_property
    def certificate(self) -> bytes:
        """The authority's own certificate as PEM."""
        return bytes(self._ca.cert_pem.bytes())

    @contextmanager
    def issue(self, names: Sequence[str], *, folder: Path) -> Iterator[TlsFiles]:
        """The files of a certificate for host names and addresses; they are gone when the context ends."""
        now = datetime.now(UTC)
        leaf = self._ca.issue_cert(*names, not_before=now - EARLIER, not_after=now + LATER)
        with leaf.private_key_and_cert_chain_pem.tempfile(dir=str(folder)) as path:
            yield TlsFiles(Path(path), Path(path))


def gather_trusted(environment: Mapping[str, str]) -> bytes:
    """The certificates that programs trust already, as PEM: the system's or certifi's, and the variables'."""
    system = ssl.get_default_verify_paths().cafile or certifi.where()
    names = (system, *(environment.get(name, "") for name in CA_VARIABLES))
    paths = dict.fromkeys(Path(name) for name in names if name)
    return b"\n".join(path.read_bytes() for path in paths if os.access(path, os.R_OK) and path.is_file())


def make_java_store(bundle: bytes) -> bytes:
    """A PKCS#12 trust store for Java of the certificates in a PEM bundle."""
    with warnings.catch_warnings(action="ignore"):  # some that systems trust are older than today's rules
        certificates = dict.fromkeys(x509.load_pem_x509_certificates(bundle))
    named = [
        pkcs12.PKCS12Certificate(certificate, f"{NAME}-{number}".encode())
        for number, certificate in enumerate(certificates)
    ]
    return pkcs12.serialize_java_truststore(named, BestAvailableEncryption(STORE_PASSWORD.encode()))
