"""The files of a server's certificate."""

import asyncio
import os
import ssl

import pytest

from mockpin.interception.certificates import Authority
from mockpin.serving.tls import CertificateUnusable, TlsFiles, check_files, shake_hands


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """The files of a certificate, and of another one."""
    folder = tmp_path_factory.mktemp("tls")
    with (
        Authority().issue(["localhost"], folder=folder) as first,
        Authority().issue(["localhost"], folder=folder) as second,
    ):
        yield first, second


def test_files_that_belong_together_are_usable(files):
    assert check_files(files[0]) is None


def test_files_that_do_not_belong_together_are_named_with_the_reason(files):
    first, second = files
    with pytest.raises(CertificateUnusable) as unusable:
        check_files(TlsFiles(first.certificate, second.key))
    assert str(unusable.value) == (
        f"{first.certificate} and {second.key} cannot be used for TLS: key values mismatch. Give the PEM "
        "files of a certificate chain and of its private key, which must not be encrypted."
    )


def test_a_file_that_is_there_twice_is_named_once_with_the_systems_words(tmp_path):
    missing = tmp_path / "x.pem"
    with pytest.raises(CertificateUnusable) as unusable:
        check_files(TlsFiles(missing, missing))
    assert str(unusable.value).startswith(f"{missing} cannot be used for TLS: No such file or directory.")


def test_a_file_that_is_not_pem_is_unusable(tmp_path):
    path = tmp_path / "x.pem"
    path.write_text("text")
    with pytest.raises(CertificateUnusable) as unusable:
        check_files(TlsFiles(path, path))
    assert unusable.value.reason in ("it is not PEM", "no start line", "pem lib")


def test_a_handshake_needs_no_trust_in_the_certificate(files):
    async def serve():
        served = asyncio.Event()
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(files[0].certificate, files[0].key)

        async def accept(_reader, writer):
            served.set()
            writer.close()

        async with await asyncio.start_server(accept, "127.0.0.1", 0, ssl=context) as server:
            await shake_hands("127.0.0.1", server.sockets[0].getsockname()[1])
            await asyncio.wait_for(served.wait(), 30)

    asyncio.run(serve())


def test_a_pipe_holds_no_certificate_since_it_can_be_read_once_only(tmp_path):
    os.mkfifo(pipe := tmp_path / "pipe.pem")
    with pytest.raises(CertificateUnusable, match="it is not an ordinary file"):
        check_files(TlsFiles(pipe, pipe))
