import ssl
from datetime import UTC, datetime

import pytest
from cryptography import x509

from mockpin.interception.certificates import Authority, gather_trusted, make_java_store
from mockpin.serving.tls import CertificateUnusable, TlsFiles, check_files


def test_a_certificate_belongs_to_its_authority_and_its_files_are_gone_afterwards(tmp_path):
    authority = Authority()
    with authority.issue(["api.pinterest.com", "127.0.0.1"], folder=tmp_path) as files:
        check_files(files)
        assert files.key.stat().st_mode & 0o077 == 0
        text = files.certificate.read_text()
    assert [*tmp_path.iterdir()] == []
    assert authority.certificate.decode() not in text
    assert b"PRIVATE KEY" not in authority.certificate


def test_a_certificate_is_valid_from_yesterday_for_397_days(tmp_path):
    with Authority().issue(["api.pinterest.com"], folder=tmp_path) as files:
        certificate = x509.load_pem_x509_certificate(files.certificate.read_bytes())
    now = datetime.now(UTC)
    assert (now - certificate.not_valid_before_utc).days == 1
    assert (certificate.not_valid_after_utc - now).days == 396  # and some hours


def test_programs_trust_what_they_trusted_before(tmp_path):
    own = tmp_path / "corp.pem"
    own.write_bytes(Authority().certificate)
    bundle = gather_trusted(
        {
            "NODE_EXTRA_CA_CERTS": str(own),
            "SSL_CERT_FILE": str(tmp_path / "missing"),
            "CURL_CA_BUNDLE": "x" * 300,
        }
    )
    assert own.read_bytes() in bundle
    assert bundle.count(b"BEGIN CERTIFICATE") > 50


def test_javas_trust_store_is_a_pkcs12_file():
    certificate = Authority().certificate
    assert make_java_store(certificate + certificate)[:1] == b"\x30"


def test_a_key_of_another_certificate_is_refused(tmp_path):
    issue = Authority().issue
    with issue(["a.example"], folder=tmp_path) as one, issue(["a.example"], folder=tmp_path) as two:
        mixed = TlsFiles(one.certificate, two.key)
        with pytest.raises(CertificateUnusable, match="cannot be used for TLS"):
            check_files(mixed)


@pytest.mark.parametrize(("text", "reason"), [("no pem", "no start line|PEM"), (None, "No such file")])
def test_files_that_hold_no_certificate_are_refused(tmp_path, text, reason):
    path = tmp_path / "x.pem"
    if text:
        path.write_text(text)
    with pytest.raises(CertificateUnusable, match=f"(?i){reason}"):
        check_files(TlsFiles(path, path))


def test_an_authority_is_trusted_only_where_it_is_named():
    assert (
        Authority().certificate
        not in "".join(
            ssl.DER_cert_to_PEM_cert(cert)
            for cert in ssl.create_default_context().get_ca_certs(binary_form=True)
        ).encode()
    )
