"""The options with which `mockpin serve` speaks HTTPS, and the certificates it then uses and writes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import click

from mockpin.addresses import LOOPBACK
from mockpin.cli.shared.errors import InputUnreadable, OutputUnwritable
from mockpin.cli.shared.parameters import FILE_PATH, FOLDER_PATH, combine_options
from mockpin.interception.hosts import INTERCEPTED

if TYPE_CHECKING:
    from mockpin.serving.tls import TlsFiles

#: Addresses to listen on that are not names of anything.
EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 - to leave them out


tls_options = combine_options(
    click.option("--tls", is_flag=True,
                 help="Speak HTTPS; without --tls-cert, with a certificate made for this server."),
    click.option("--tls-cert", type=FILE_PATH, metavar="F", help="A certificate chain of your own, PEM."),
    click.option("--tls-key", type=FILE_PATH, metavar="F", help="The private key of --tls-cert, PEM."),
    click.option("--tls-dir", type=FOLDER_PATH, metavar="D",
                 help="Where to write the certificates that clients are to trust: ca.pem, bundle.pem "
                 "with the system's as well, and trusted.p12 for Java."),
)  # fmt: skip


@contextmanager
def open_tls(options: dict[str, Any], host: str) -> Iterator[TlsFiles | None]:
    """The files of the server's certificate and key until it has read them; None where it speaks HTTP.

    Raises UsageError for options that do not go together, InputUnreadable for files that cannot be used.
    """
    certificate, key = options["tls_cert"], options["tls_key"]
    if bool(certificate) != bool(key):
        raise click.UsageError("--tls-cert and --tls-key belong together: give both, or neither.")
    if certificate and options["tls_dir"]:
        raise click.UsageError("--tls-dir is for the certificate that mockpin makes: leave out --tls-cert.")
    if certificate:
        yield check_own_certificate(certificate, key)
    elif options["tls"] or options["tls_dir"]:
        own = () if host in EVERYWHERE else (host,)
        names = dict.fromkeys((*LOOPBACK, *INTERCEPTED, *options["hosts"], *own))
        with make_certificate(tuple(names), options["tls_dir"]) as files:
            yield files
    else:
        yield None


def check_own_certificate(certificate: Path, key: Path) -> TlsFiles:
    """The files, once it is clear that a server can use them. Raises InputUnreadable."""
    from mockpin.serving.tls import CertificateUnusable, TlsFiles, check_files

    files = TlsFiles(certificate, key)
    try:
        check_files(files)
    except CertificateUnusable as error:
        raise InputUnreadable(str(error)) from None
    return files


@contextmanager
def make_certificate(names: Sequence[str], folder: Path | None) -> Iterator[TlsFiles]:
    """A certificate of an authority of its own, whose certificates go to a folder. Raises InputUnreadable."""
    from mockpin.interception.certificates import Authority

    authority = Authority()
    if folder:
        write_trusted(folder, authority.certificate)
    with (
        TemporaryDirectory(prefix="mockpin-serve-") as private,
        authority.issue(names, folder=Path(private)) as files,
    ):
        yield files


def write_trusted(folder: Path, authority: bytes) -> None:
    """Write the certificates to trust, for each kind of client. Raises OutputUnwritable."""
    import os

    from mockpin.interception.certificates import gather_trusted, make_java_store

    bundle = gather_trusted(os.environ) + b"\n" + authority
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "ca.pem").write_bytes(authority)
        (folder / "bundle.pem").write_bytes(bundle)
        (folder / "trusted.p12").write_bytes(make_java_store(bundle))
    except OSError as error:
        raise OutputUnwritable(
            f"The certificates cannot be written to {folder}: {error.strerror}. Give --tls-dir a folder that"
            " can be written."
        ) from None
