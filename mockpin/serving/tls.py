"""TLS for a server: the files it reads, the check that they fit, and the moment they are no longer needed."""

import asyncio
import ssl
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from mockpin_validator.files import require_ordinary


@dataclass(frozen=True)
class TlsFiles:
    """The PEM files of a certificate chain and its private key, read once when a server starts."""

    certificate: Path
    key: Path


@dataclass(eq=False)
class CertificateUnusable(Exception):
    """No server can use the certificate and the key. `reason` shows nothing of the key."""

    files: TlsFiles
    reason: str

    def __str__(self) -> str:
        names = " and ".join(dict.fromkeys([str(self.files.certificate), str(self.files.key)]))
        return (
            f"{names} cannot be used for TLS: {self.reason}. Give the PEM files of a certificate chain and"
            " of its private key, which must not be encrypted."
        )


def check_files(files: TlsFiles) -> None:
    """Check that the files are there, are PEM and belong together.

    granian would end the whole process otherwise. Raises CertificateUnusable.
    """
    try:
        for file in (files.certificate, files.key):
            require_ordinary(file)
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(files.certificate, files.key, password="")
    except ssl.SSLError as error:
        raise CertificateUnusable(
            files, error.reason.lower().replace("_", " ") if error.reason else "it is not PEM"
        ) from None
    except OSError as error:
        raise CertificateUnusable(files, error.strerror or "it cannot be read") from None


async def shake_hands(host: str, port: int) -> None:
    """Connect once with TLS, after which granian has read the certificate and the key from their files."""
    unverified = ssl.create_default_context()
    unverified.check_hostname, unverified.verify_mode = False, ssl.CERT_NONE  # it is our own listener
    _, writer = await asyncio.open_connection(host, port, ssl=unverified)
    writer.close()
    with suppress(OSError):
        await writer.wait_closed()
