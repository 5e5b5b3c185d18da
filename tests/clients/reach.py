"""Which senders `mockpin run` reaches, and by which variables: each is run unedited and measured.

    python -m tests.clients.reach    measures all and writes the table of docs/run.md again

Every sender is run three times: with the whole environment, with the variables for proxies and certificates
alone, and with the variable of its own runtime alone. It is reached when exactly one event is processed. All
runs are in a network namespace of their own, so that what is not caught reaches nobody.
"""

import json
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
SENDERS = HERE / "senders"
ROOT = HERE.parent.parent
FOLDER = ROOT / ".venv" / "clients"
PAGE = ROOT / "docs" / "run.md"
BEGIN, END = "<!-- measured by tests/clients/reach.py -->\n", "<!-- end of what is measured -->\n"
URL = "https://api.pinterest.com/v5/ad_accounts/549755885175/events"
#: A network namespace. Its second interface leads nowhere, but without one a browser calls itself offline.
NAMESPACE = """
ip link set lo up
ip link add here type veth peer name there
ip address add 192.0.2.1/24 dev here
ip link set here up
ip link set there up
exec "$@"
"""
ISOLATED = ("unshare", "--net", "--map-root-user", "sh", "-ec", NAMESPACE, "sh")
#: What each of the three runs leaves out of the environment.
HOOKS = ("NODE_OPTIONS", "BUN_OPTIONS", "PYTHONPATH", "PHP_INI_SCAN_DIR", "JAVA_TOOL_OPTIONS", "WGETRC")
PROXIES = ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY")
WAYS = {"everything": (), "proxy and certificates": HOOKS, "its own variable": PROXIES}
DESTINATION = "@segment/action-destinations@3.497.0"
PACKAGES = {
    "node": ("axios@1.21.1", "undici@6.29.1", "node-fetch@3.3.2", "got@14.6.6", "esbuild@0.28.2",
             "pinterest-node-api@0.0.9", "@segment/analytics-node@2.3.0", "@segment/analytics-next@1.84.3",
             "react@19.3.1", "react-pinterest-tag@0.0.2", "bun@1.4.5", "deno@2.9.6"),
    "destination": ("@segment/actions-core@3.170.0", "fast-uri@3.0.1", "liquidjs@10", "lodash@4"),
    "python": ("requests", "httpx", "urllib3", "aiohttp", "aiodns", "uvloop",
               "segment-analytics-python==2.4.0"),
}  # fmt: skip


@dataclass(frozen=True)
class Sender:
    """A sender: its name, the tool that it needs, the words that run it, and its runtime's own variable."""

    name: str
    tool: str
    words: tuple[str, ...]
    variable: str = "none"

    @property
    def missing(self):
        """Whether the tool is not installed here."""
        return shutil.which(self.tool) is None


def node(name, script, *words):
    return Sender(name, "node", ("node", str(SENDERS / script), *words), "NODE_OPTIONS")


def python(name, script, *words):
    return Sender(name, "python3", ("{python}", str(SENDERS / script), *words), "PYTHONPATH")


def page(name, script):
    return Sender(name, "chromium", ("{python}", str(HERE / "open_page.py"), str(SENDERS / script)))


NODE_CLIENTS = ("fetch", "https", "axios", "undici", "node-fetch", "got")
PYTHON_CLIENTS = ("requests", "httpx", "urllib", "urllib3", "aiohttp", "aiohttp-uvloop")
IMPORT = "https://api.segment.io/v1/import"
JAVA = ("java", "-cp", "{java}", "Sender")
RUBY = ("ruby", str(SENDERS / "net_http.rb"))
CHECKOUT = ("-H", "Authorization: Bearer x", "-d", "{body}")
POST = ("--header", "Authorization: Bearer x", "--post-data", "{body}")
SCRIPT = str(SENDERS / "clients.mjs")
CALL = json.dumps({"batch": [{
    "type": "track", "event": "Order Completed", "userId": "u-1", "messageId": "m-1",
    "properties": {"order_id": "o-1", "email": "jo@example.com", "currency": "USD", "value": 49.5},
    "context": {"ip": "73.15.20.4", "userAgent": "Mozilla/5.0"},
}]})  # fmt: skip
TABLE = (
    *(python(f"Python {name}", "clients.py", name, "{body}") for name in PYTHON_CLIENTS),
    python("segment-analytics-python", "analytics_python.py"),
    *(node(f"Node.js {name}", "clients.mjs", name, "{body}") for name in NODE_CLIENTS),
    node("pinterest-node-api", "pinterest_node_api.cjs", "{body}"),
    node("@segment/analytics-node", "analytics_node.mjs"),
    node("Segment's published destination", "segment_destination.cjs", "{destination}"),
    *(Sender(f"Bun {name}", "node", ("{bin}/bun", SCRIPT, name, "{body}"), "BUN_OPTIONS")
      for name in ("fetch", "https")),
    *(Sender(f"Deno {name}", "node", ("{bin}/deno", "run", "-A", SCRIPT, name, "{body}"), "NODE_OPTIONS")
      for name in ("fetch", "https")),
    Sender("curl", "curl", ("curl", "-sSf", URL, *CHECKOUT)),
    Sender("wget", "wget", ("wget", "-qO-", URL, *POST), "WGETRC"),
    Sender("PHP curl", "php", ("php", str(SENDERS / "curl.php"), "{body}"), "PHP_INI_SCAN_DIR"),
    Sender("PHP streams", "php", ("php", str(SENDERS / "streams.php"), "{body}"), "PHP_INI_SCAN_DIR"),
    Sender("Ruby Net::HTTP", "ruby", (*RUBY, URL, "{body}")),
    Sender("analytics-ruby's requests", "ruby", (*RUBY, IMPORT, CALL, "Basic a2V5LTE6")),
    Sender("Go net/http", "go", ("{go}", "{body}")),
    *(Sender(f"Java {name}", "javac", (*JAVA, name, "{body}"), "JAVA_TOOL_OPTIONS")
      for name in ("HttpClient", "HttpURLConnection")),
    page("Pinterest's snippet in Chromium", "snippet.html"),
    page("react-pinterest-tag in Chromium", "react_pinterest_tag.js"),
    page("@segment/analytics-next in Chromium", "analytics_next.js"),
)  # fmt: skip


@cache
def install_node():
    """The folder with the Node packages, installed once."""
    folder = FOLDER / "node"
    if not (folder / "installed").exists():
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "package.json").write_text('{"private": true}')
        install = ["npm", "install", "--silent", "--no-audit", "--no-fund", *PACKAGES["node"]]
        subprocess.run(install, cwd=folder, check=True)
        (folder / "installed").touch()
    return folder


@cache
def install_destination():
    """The folder with Segment's destination and what it loads, installed once.

    Only what the one destination needs: some of what the whole package asks for is no longer published.
    """
    folder = FOLDER / "destination"
    if not (folder / "installed").exists():
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "package.json").write_text('{"private": true}')
        install = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts"]
        subprocess.run([*install, "--legacy-peer-deps", *PACKAGES["destination"]], cwd=folder, check=True)
        pack = ["npm", "pack", "--silent", DESTINATION]
        subprocess.run(pack, cwd=folder, check=True, stdout=subprocess.DEVNULL)
        subprocess.run(["tar", "xzf", next(folder.glob("*.tgz"))], cwd=folder, check=True)
        (folder / "installed").touch()
    return folder


@cache
def install_python():
    """The interpreter of an environment with the Python packages, made once."""
    folder = FOLDER / "python"
    if not (folder / "installed").exists():
        subprocess.run([sys.executable, "-m", "venv", "--clear", folder], check=True)
        pip = [folder / "bin/python", "-m", "pip", "install", "-q"]
        subprocess.run([*pip, *PACKAGES["python"]], check=True)
        (folder / "installed").touch()
    return folder / "bin" / "python"


@cache
def compile_go():
    """The program in Go, compiled once."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    subprocess.run(["go", "build", "-o", FOLDER / "go-sender", SENDERS / "sender.go"], check=True)
    return FOLDER / "go-sender"


@cache
def compile_java():
    """The folder with the class in Java, compiled once."""
    subprocess.run(["javac", "-d", FOLDER / "java", SENDERS / "Sender.java"], check=True)
    return FOLDER / "java"


PLACES = {
    "{python}": install_python,
    "{bin}": lambda: install_node() / "node_modules" / ".bin",
    "{destination}": install_destination,
    "{go}": compile_go,
    "{java}": compile_java,
    "{body}": lambda: make_body(),  # noqa: PLW0108 - it is defined below
}


def make_body():
    """A payload with one checkout that is processed."""
    event = {
        "event_name": "checkout",
        "action_source": "web",
        "event_time": int(time.time()),
        "event_id": "o-1",
        "user_data": {"em": ["a" * 64], "client_ip_address": "73.15.20.4", "client_user_agent": "x"},
        "custom_data": {"currency": "USD", "value": "49.50", "order_id": "o-1"},
    }
    return json.dumps({"data": [event]})


def fill(word):
    """A word with what its places stand for."""
    for place, make in PLACES.items():
        if place in word:
            word = word.replace(place, str(make()))
    return word


def run(sender, left_out, folder):
    """How many events were processed, and what mockpin said."""
    report = folder / "report.json"
    report.unlink(missing_ok=True)
    without = [word for name in left_out for word in ("-u", name)]
    words = [fill(word) for word in sender.words]
    mockpin = [sys.executable, "-m", "mockpin", "run", "--fail-on", "never", "--report", f"json={report}"]
    done = subprocess.run(
        [*ISOLATED, *mockpin, "--", "env", *without, *words],
        env={**os.environ, "CLIENTS": str(FOLDER / "node")},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    told = json.loads(report.read_text()) if report.exists() else {"events": {"processed": 0}}
    return told["events"]["processed"], done.stdout + done.stderr


def measure(sender, folder):
    """Whether it is reached, by way."""
    return {way: run(sender, left_out, folder)[0] == 1 for way, left_out in WAYS.items()}


def write_row(sender, reached):
    """The sender's row of the table."""
    cells = ("yes" if reached[way] else "no" for way in WAYS)
    return f"| {sender.name} | {' | '.join(cells)} | `{sender.variable}` |".replace("`none`", "none")


def read_rows():
    """The rows of docs/run.md by the name of the sender."""
    table = PAGE.read_text().partition(BEGIN)[2].partition(END)[0].splitlines()
    return {row.split("|")[1].strip(): row for row in table if row.startswith("| ")}


def write_table(rows):
    """Put the rows into docs/run.md."""
    before, _, rest = PAGE.read_text().partition(BEGIN)
    head = f"| sender | {' | '.join(WAYS)} | its own variable is |\n|---|{'---|' * (len(WAYS) + 1)}\n"
    PAGE.write_text(
        before + BEGIN + head + "".join(f"{row}\n" for row in rows) + END + rest.partition(END)[2]
    )


if __name__ == "__main__":
    from tempfile import TemporaryDirectory

    install_node()
    with TemporaryDirectory() as name:
        rows = [write_row(sender, measure(sender, Path(name))) for sender in TABLE if not sender.missing]
    write_table(rows)
    print("\n".join(rows))  # noqa: T201 - it is a program
