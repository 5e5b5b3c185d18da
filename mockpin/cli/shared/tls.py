"""The options with which `mockpin serve` speaks HTTPS, and the certificates it then uses and writes."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import click

from mockpin.cli.shared.errors import InputUnreadable
from mockpin.interception.hosts import INTERCEPTED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from mockpin.serving.tls import TlsFiles

FILE = click.Path(dir_okay=False, path_type=Path)
#: This machine, by its names and addresses.
LOCAL = ("localhost", "127.0.0.1", "::1")
#: Addresses to listen on that are not names of anything.
EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 - to leave them out


def tls_options(command: Callable[..., None]) -> Callable[..., None]:
    """--tls, --tls-cert, --tls-key and --tls-dir."""
    for option in (
        click.option("--tls-dir", type=click.Path(file_okay=False, path_type=Path), metavar="D",
                     help="Where to write the certificates that clients are to trust: ca.pem, bundle.pem "
                     "with the system's as well, and trusted.p12 for Java."),
        click.option("--tls-key", type=FILE, metavar="F", help="The private key of --tls-cert, PEM."),
        click.option("--tls-cert", type=FILE, metavar="F", help="A certificate chain of your own, PEM."),
        click.option("--tls", is_flag=True,
                     help="Speak HTTPS; without --tls-cert, with a certificate made for this server."),
    ):  # fmt: skip
        command = option(command)
    return command


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
        yield check(certificate, key)
    elif options["tls"] or options["tls_dir"]:
        names = dict.fromkeys((*LOCAL, *INTERCEPTED, *options["hosts"], *named(host)))
        with make_certificate(tuple(names), options["tls_dir"]) as files:
            yield files
    else:
        yield None


def named(host: str) -> Sequence[str]:
    """The address to listen on, if clients can call the server by it."""
    return () if host in EVERYWHERE else (host,)


def check(certificate: Path, key: Path) -> TlsFiles:
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
    """Write the certificates to trust, for each kind of client. Raises InputUnreadable."""
    import os

    from mockpin.interception.certificates import gather_trusted, make_java_store

    bundle = gather_trusted(os.environ) + b"\n" + authority
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "ca.pem").write_bytes(authority)
        (folder / "bundle.pem").write_bytes(bundle)
        (folder / "trusted.p12").write_bytes(make_java_store(bundle))
    except OSError as error:
        raise InputUnreadable(
            f"The certificates cannot be written to {folder}: {error.strerror}. Give --tls-dir a folder that"
            " can be written."
        ) from None
