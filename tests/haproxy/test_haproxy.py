"""Two servers behind the example's haproxy: each ad account is exact, and the report is one over both."""

import json
import re
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Barrier

import httpx
import pytest

from tests.mockpin.serve_process import Serving
from tests.ports import free_port

pytestmark = pytest.mark.slow_haproxy

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "haproxy"
RACERS = 64
ACCOUNTS = [f"54975588510{number}" for number in range(1, 5)]
TAGS = {f"261300000000{number}": account for number, account in enumerate(ACCOUNTS, start=1)}


def event(account):
    return {
        "event_name": "checkout", "event_id": f"o-{account}", "action_source": "web",
        "event_time": int(time.time()),
        "event_source_url": "https://shop.example.com/thanks",
        "user_data": {"em": ["9" * 64], "client_ip_address": "84.17.2.7", "client_user_agent": "Mozilla/5.0"},
        "custom_data": {"currency": "EUR", "value": "24.50", "order_id": f"o-{account}"},
    }  # fmt: skip


class Spread:
    """Two servers and the proxy in front of them."""

    def __init__(self, url, servers):
        self.url, self.servers = url, servers
        self.client = httpx.Client(
            base_url=url, trust_env=False, timeout=60, limits=httpx.Limits(max_connections=RACERS)
        )

    def post(self, account):
        body = {"data": [event(account)]}
        headers = {"Authorization": f"Bearer token-{account}"}
        return self.client.post(f"/v5/ad_accounts/{account}/events", json=body, headers=headers).status_code

    def hit(self, tag):
        data = {"event_id": f"o-{TAGS[tag]}", "order_id": f"o-{TAGS[tag]}", "value": 24.5, "currency": "EUR"}
        query = {"tid": tag, "event": "checkout", "ed": json.dumps(data)}
        return self.client.get("/v3/", params=query).status_code

    def race(self):
        """Post one event of each account so many times at once."""
        start = Barrier(RACERS)

        def run(_):
            start.wait(60)
            return [self.post(account) for account in ACCOUNTS]

        with ThreadPoolExecutor(RACERS) as pool:
            return [status for statuses in pool.map(run, range(RACERS)) for status in statuses]

    def report(self, *servers):
        urls = [word for server in servers for word in ("--url", server.url)]
        command = [sys.executable, "-m", "mockpin", "report", "--format", "json", *urls]
        return json.loads(subprocess.run(command, capture_output=True, text=True, check=False).stdout)


@contextmanager
def spread(folder, change=lambda text: text):
    """The example's own configuration, changed, on ports of this machine."""
    for name in ("haproxy.cfg", "tags.map"):
        (folder / name).write_text(change((EXAMPLE / name).read_text()))
    known = {
        "MOCKPIN_ACCOUNT": " ".join(f"{account}=token-{account}" for account in ACCOUNTS),
        "MOCKPIN_TAG": " ".join(f"{tag}={account}" for tag, account in TAGS.items()),
    }
    with ExitStack() as stack:
        servers = [stack.enter_context(Serving(folder, **known)) for _ in range(2)]
        address = f"127.0.0.1:{free_port()}"
        first, second = (server.url.removeprefix("http://") for server in servers)
        environment = {
            "MOCKPIN_PROXY": address, "MOCKPIN_FIRST": first, "MOCKPIN_SECOND": second,
            "MOCKPIN_SEGMENT_ACCOUNT": ACCOUNTS[0],
        }  # fmt: skip
        haproxy = shutil.which("haproxy", path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin")
        proxy = subprocess.Popen([haproxy, "-db", "-f", "haproxy.cfg"], cwd=folder, env=environment)
        stack.callback(proxy.wait)
        stack.callback(proxy.kill)
        wait_until_open(address, proxy)
        pair = Spread(f"http://{address}", servers)
        stack.callback(pair.client.close)
        yield pair


def wait_until_open(address, proxy):
    until = time.monotonic() + 60
    while time.monotonic() < until and proxy.poll() is None:
        try:
            return httpx.get(f"http://{address}/__mockpin/health", trust_env=False)
        except httpx.TransportError:
            time.sleep(0.02)
    return pytest.fail(f"haproxy does not answer: {proxy.poll()}")


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    """Two servers that have seen the race and a hit of each tag."""
    with spread(tmp_path_factory.mktemp("haproxy")) as both:
        assert set(both.race()) == {200}
        assert {both.hit(tag) for tag in TAGS} == {200}
        yield both


def accounts_of(server):
    _, listed = server.get("/__mockpin/events?limit=1000")
    return {record["ad_account_id"] for record in listed["events"]}


def test_each_account_is_on_one_server_with_its_tag_and_both_have_some(both):
    on_first, on_second = map(accounts_of, both.servers)
    assert on_first | on_second == {*ACCOUNTS}
    assert not on_first & on_second
    assert on_first
    assert on_second


def test_each_report_is_of_its_own_server_and_one_is_over_both(both):
    apart = [both.report(server) for server in both.servers]
    whole = both.report(*both.servers)
    for server, report in zip(both.servers, apart, strict=True):
        (name,) = report["event_names"]
        accounts = len(accounts_of(server))
        assert (name["counted"], name["received"]) == (accounts, accounts * (RACERS + 1))
    (name,) = whole["event_names"]
    assert (name["counted"], name["duplicates"]) == (len(ACCOUNTS), len(ACCOUNTS) * RACERS)
    assert whole["deduplication"]["classes"]["matched"]["events"] == 2 * len(ACCOUNTS)
    assert sum(whole["servers"].values()) == whole["events"]["real"] == len(ACCOUNTS) * (RACERS + 1)
    assert whole["readiness"] != "not ready", whole["reasons"]


def test_the_admin_api_is_not_behind_the_proxy(both):
    answer = both.client.get("/__mockpin/events")
    assert (answer.status_code, answer.text) == (404, "Ask each mockpin server by its own address.")


def test_accounts_of_a_server_that_is_away_are_refused_and_the_others_are_answered(tmp_path):
    with spread(tmp_path) as pair:
        assert {pair.post(account) for account in ACCOUNTS} == {200}
        gone, left = pair.servers
        lost = accounts_of(gone)
        gone.__exit__()
        assert {account: pair.post(account) for account in ACCOUNTS} == {
            account: 503 if account in lost else 200 for account in ACCOUNTS
        }
        assert accounts_of(left) == {*ACCOUNTS} - lost


def test_a_proxy_that_takes_servers_by_turns_is_not_ready(tmp_path):
    with spread(
        tmp_path, lambda text: text.replace("balance hash var(txn.account)", "balance roundrobin")
    ) as pair:
        for account in ACCOUNTS[:1] * 4:
            pair.post(account)
        report = pair.report(*pair.servers)
        assert (report["readiness"], report["reasons"][0]["rule"]) == ("not ready", "ad-account-divided")


def test_the_commands_of_the_page_report_on_both_servers_and_stop_everything(tmp_path):
    for name in ("haproxy.cfg", "tags.map"):
        shutil.copy(EXAMPLE / name, tmp_path)
    script = "\n".join(re.findall(r"```sh\n(.*?)```", (EXAMPLE / "README.md").read_text(), re.DOTALL))
    ports = {name: str(free_port()) for name in ("7466", "7471", "7472")}
    for name, port in ports.items():
        script = script.replace(name, port)
    path = f"{Path(sys.executable).parent}:/usr/sbin:/usr/local/sbin:/usr/bin:/bin"
    command = ("sh", "-c", f"{script}\nwait")
    done = subprocess.run(
        command, cwd=tmp_path, env={"PATH": path}, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stderr
    assert all(f"http://127.0.0.1:{ports[name]}  0" in done.stdout for name in ("7471", "7472"))
