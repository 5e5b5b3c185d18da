"""Pinterest's names for `mockpin serve --tls`, as a network alias gives them: by a hosts file of its own."""

import os
import shutil
import subprocess
import sys

import pytest

ISOLATED = ["unshare", "--net", "--mount", "--map-root-user"]
PREPARE = """
set -e
mount --bind "$1/hosts" /etc/hosts
ip link set lo up
"$2" -m mockpin serve --port 443 --tls --tls-dir "$1/tls" --accept-any --port-file "$1/port" > "$1/log" 2>&1 &
trap 'kill $!' EXIT
for _ in $(seq 200); do test -e "$1/port" && break; sleep 0.05; done
SSL_CERT_FILE="$1/tls/ca.pem" "$2" -c '
import urllib.request
for host in ("api.pinterest.com", "ct.pinterest.com", "s.pinimg.com", "api.segment.io"):
    print(host, urllib.request.urlopen(f"https://{host}/livez", timeout=20).read())
'
"""


def can_isolate():
    tried = [*ISOLATED, "true"]
    return shutil.which("unshare") and subprocess.run(tried, check=False, capture_output=True).returncode == 0


@pytest.mark.skipif(not can_isolate(), reason="needs unshare with network and mount namespaces")
def test_a_sender_reaches_pinterests_names_and_trusts_the_certificate(tmp_path):
    names = "api.pinterest.com ct.pinterest.com s.pinimg.com api.segment.io"
    (tmp_path / "hosts").write_text(f"127.0.0.1 localhost {names}\n")
    plain = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    done = subprocess.run(
        [*ISOLATED, "sh", "-c", PREPARE, "sh", tmp_path, sys.executable],
        capture_output=True, text=True, check=False, timeout=60, env=plain,
    )  # fmt: skip
    assert done.stdout.count("b'ok\\n'") == 4, done.stderr + (tmp_path / "log").read_text()
