"""`mockpin serve --tls` as a process, and clients that verify its certificate."""

import os
import ssl
import subprocess
import sys

import click
import httpx
import pytest
from cryptography import x509

from mockpin.addresses import LOOPBACK
from mockpin.cli.shared.errors import InputUnreadable
from mockpin.cli.shared.tls import open_tls
from mockpin.interception.certificates import Authority
from mockpin.interception.hosts import INTERCEPTED
from tests.mockpin.serve_process import Serving


def trust(path):
    return ssl.create_default_context(cafile=path)


def test_clients_that_trust_the_folders_certificate_reach_the_server(tmp_path):
    with Serving(tmp_path, "--tls", "--tls-dir", "trust", TMPDIR=str(tmp_path)) as serving:
        assert serving.url.startswith("https://127.0.0.1:")
        for name in ("ca.pem", "bundle.pem"):
            answer = httpx.get(f"{serving.url}/livez", verify=trust(tmp_path / "trust" / name))
            assert answer.text == "ok\n"
        with pytest.raises(httpx.ConnectError, match="CERTIFICATE_VERIFY_FAILED"):
            httpx.get(f"{serving.url}/livez")
        files = [path for path in tmp_path.rglob("*") if path.is_file()]
        assert not [path for path in files if b"PRIVATE KEY" in path.read_bytes()]
        wait = [sys.executable, "-m", "mockpin", "wait", "--url", serving.url, "--timeout", "2s"]
        environment = {"PATH": "", "SSL_CERT_FILE": str(tmp_path / "trust" / "ca.pem")}
        assert (
            subprocess.run(wait, env=environment, check=False, capture_output=True, timeout=60).returncode
            == 0
        )


def test_a_certificate_of_ones_own_is_used(tmp_path):
    authority = Authority()
    (tmp_path / "ca.pem").write_bytes(authority.certificate)
    with authority.issue(["127.0.0.1"], folder=tmp_path) as files:
        flags = ("--tls-cert", str(files.certificate), "--tls-key", str(files.key))
        with Serving(tmp_path, *flags) as serving:
            assert httpx.get(f"{serving.url}/livez", verify=trust(tmp_path / "ca.pem")).text == "ok\n"


WHOSE = ["--ad-account", "1", "--token", "t"]


def test_replay_trusts_the_certificates_of_ssl_cert_file(tmp_path):
    (tmp_path / "event.json").write_text('{"data": []}')
    with Serving(tmp_path, "--tls", "--tls-dir", "trust", "--accept-any", TMPDIR=str(tmp_path)) as serving:
        done = subprocess.run(
            [sys.executable, "-m", "mockpin", "replay", "event.json", "--to", serving.url, *WHOSE],
            cwd=tmp_path, env={**os.environ, "SSL_CERT_FILE": str(tmp_path / "trust" / "ca.pem")},
            capture_output=True, text=True, check=False, timeout=60,
        )  # fmt: skip
    assert done.stderr.startswith("request 1: 400")


@pytest.mark.parametrize(
    ("flags", "message", "status"),
    [
        (("--tls-cert", "x.pem"), "belong together", 2),
        (("--tls-cert", "x.pem", "--tls-key", "x.pem"), "x.pem cannot be used for TLS", 2),
        (("--tls-cert", "x.pem", "--tls-key", "x.pem", "--tls-dir", "d"), "leave out --tls-cert", 2),
        (("--tls", "--tls-dir", "x.pem/d"), "cannot be written to x.pem/d", 3),
    ],
)
def test_a_file_that_cannot_be_used_is_a_sentence_and_a_status(tmp_path, flags, message, status):
    (tmp_path / "x.pem").write_text("no pem")
    done = subprocess.run(
        [sys.executable, "-m", "mockpin", "serve", "--port", "0", *flags],
        cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == status
    assert message in done.stderr


OPTIONS = {"tls": False, "tls_cert": None, "tls_key": None, "tls_dir": None, "hosts": ()}


def read_names(files):
    certificate = x509.load_pem_x509_certificates(files.certificate.read_bytes())[0]
    names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return {str(name.value) for name in names}


@pytest.mark.parametrize(
    ("host", "own"),
    [("mockpin.test", {"mockpin.test"}), ("0.0.0.0", set()), ("::", set())],
)
def test_a_certificate_names_the_hosts_and_the_address_unless_it_is_every_one(host, own):
    with open_tls({**OPTIONS, "tls": True, "hosts": ("shop.test",)}, host) as files:
        names = read_names(files)
        folder = files.certificate.parent
    assert own | {"shop.test", *LOOPBACK, *INTERCEPTED} <= names
    assert not {"0.0.0.0", "::"} & names
    assert not folder.exists()


def test_a_server_without_options_speaks_http():
    with open_tls(OPTIONS, "127.0.0.1") as files:
        assert files is None


def test_a_folder_alone_makes_a_certificate_too(tmp_path):
    with open_tls({**OPTIONS, "tls_dir": tmp_path / "a" / "b"}, "127.0.0.1") as files:
        assert "127.0.0.1" in read_names(files)
    authority = (tmp_path / "a" / "b" / "ca.pem").read_bytes()
    assert (tmp_path / "a" / "b" / "bundle.pem").read_bytes().endswith(b"\n" + authority)
    assert (tmp_path / "a" / "b" / "trusted.p12").stat().st_size > 0


@pytest.mark.parametrize("given", [("tls_cert",), ("tls_key",), ("tls_cert", "tls_key", "tls_dir")])
def test_options_that_do_not_go_together_are_refused(given, tmp_path):
    options = {**OPTIONS, **dict.fromkeys(given, tmp_path / "x.pem")}
    with pytest.raises(click.UsageError), open_tls(options, "127.0.0.1"):
        pass


def test_a_certificate_of_ones_own_that_is_none_is_unreadable(tmp_path):
    options = {**OPTIONS, "tls_cert": tmp_path / "x.pem", "tls_key": tmp_path / "x.pem"}
    with pytest.raises(InputUnreadable, match=r"x\.pem"), open_tls(options, "127.0.0.1"):
        pass
