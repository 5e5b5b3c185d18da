"""`mockpin serve --tls` as a process, and clients that verify its certificate."""

import ssl
import subprocess
import sys

import httpx
import pytest

from mockpin.interception.certificates import Authority
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


@pytest.mark.parametrize(
    ("flags", "message"),
    [
        (("--tls-cert", "x.pem"), "belong together"),
        (("--tls-cert", "x.pem", "--tls-key", "x.pem"), "x.pem cannot be used for TLS"),
        (("--tls-cert", "x.pem", "--tls-key", "x.pem", "--tls-dir", "d"), "leave out --tls-cert"),
        (("--tls", "--tls-dir", "x.pem/d"), "cannot be written to x.pem/d"),
    ],
)
def test_what_cannot_be_used_is_2_and_a_sentence(tmp_path, flags, message):
    (tmp_path / "x.pem").write_text("no pem")
    done = subprocess.run(
        [sys.executable, "-m", "mockpin", "serve", "--port", "0", *flags],
        cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 2
    assert message in done.stderr
