import json
import statistics
import time
from types import SimpleNamespace

import httpx
import orjson
import pytest
from click.testing import CliRunner

from mockpin.calibration.failures import ServiceFailed
from mockpin.calibration.observed import ObservedAnswer
from mockpin.calibration.services import RemoteService
from mockpin.calibration.shadow import Shadow, compare_answers, compare_whole, read_object
from mockpin.cli.commands import calibrate
from mockpin.cli.commands.report import command as report_command
from mockpin.emulator.history.store_errors import StoreUnwritable
from mockpin.emulator.pipeline.answers import Answer
from mockpin.emulator.pipeline.context import RequestContext
from mockpin.emulator.pipeline.requests import HttpRequest
from tests.mockpin.calibration.scripted import judge
from tests.mockpin.calibration.stand_in import AD_ACCOUNT, TOKEN, Behaviours, reply, standing_in
from tests.mockpin.serve_process import Serving

UNKNOWN = "549000000001"


def make_event(number, **changes):
    return {
        "event_name": "checkout",
        "action_source": "web",
        "event_id": f"e{number}",
        "event_time": int(time.time()) - 5,
        "user_data": {"em": ["a" * 64], "external_id": ["b" * 64], "click_id": "c"},
        **changes,
    }


class ShadowedServer:
    """A `mockpin serve` whose events also go to a service, unless its URL is None."""

    def __init__(self, folder, url, *flags):
        token_file = folder / "shadow-token"
        token_file.write_text(TOKEN)
        shadow = (
            "--shadow",
            str(url),
            "--shadow-token-file",
            str(token_file),
            "--shadow-ad-account",
            AD_ACCOUNT,
        )
        shadow = shadow if url else ()
        self.serving = Serving(folder, "--account", f"{UNKNOWN}=pina_LOCAL", *shadow, *flags)
        self.url = self.serving.url
        self.client = httpx.Client(
            headers={"Authorization": "Bearer pina_LOCAL"}, trust_env=False, timeout=60
        )

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        self.client.close()
        self.serving.__exit__()

    def send(self, *events, **how):
        body = how or {"json": {"data": events}}
        return self.client.post(f"{self.url}/v5/ad_accounts/{UNKNOWN}/events", **body)

    def wait_for(self, count):
        """What was compared, once it is that much."""
        until = time.monotonic() + 30
        while time.monotonic() < until:
            _, told = self.serving.get("/__mockpin/shadow")
            if len(told["shadow"]) >= count:
                return told["shadow"]
            time.sleep(0.05)
        raise AssertionError(told)


def test_disagreements_stand_on_the_event_and_the_request_and_are_counted(tmp_path):
    behaviours = Behaviours(mixed_batch_status=200, unknown_event_name="fail")
    with standing_in(behaviours) as (url, received), ShadowedServer(tmp_path, url) as server:
        assert server.send(make_event(1), make_event(2, event_name="subscription")).status_code == 200
        assert server.send(make_event(3)).status_code == 200
        first, second = server.wait_for(2)
        _, event = server.serving.get("/__mockpin/events/2")
        _, good = server.serving.get("/__mockpin/events/1")
        _, request = server.serving.get("/__mockpin/requests/1")
        code, said = server.serving.end()
    assert (first["compared"], second["disagreements"]) == (2, [])
    assert first["disagreements"] == [
        {
            "index": 1, "seq": 2, "emulated": "processed", "observed": "failed",
            "message": "This event has a non-standard name",
        }
    ]  # fmt: skip
    assert (event["shadow"]["agrees"], good["shadow"]["agrees"]) == (False, True)
    assert request["shadow"]["disagreements"] == first["disagreements"]
    assert "SHADOW MODE" in said
    assert "request 1: mockpin answered 200, the real service 200; 1 of the verdicts differ." in said
    assert "shadow: 2 requests compared, 1 of them judged otherwise, 0 not answered, 0 not sent" in said
    assert (code, TOKEN in said) == (0, False)
    assert {path for path, _, _ in received} == {f"/v5/ad_accounts/{AD_ACCOUNT}/events?test=true"}


def test_disagreements_become_probes_that_can_be_asked(tmp_path):
    token_file, folder = tmp_path / "token", tmp_path / "probes"
    token_file.write_text(TOKEN)
    with standing_in(Behaviours(unknown_event_name="fail")) as (url, _):
        with ShadowedServer(tmp_path, url) as server:
            server.send(
                make_event(1), make_event(2, event_name="subscription", event_time=int(time.time()) - 100)
            )
            server.wait_for(1)
            page = server.client.get(f"{server.url}/__mockpin/ui/events/2").text
            given = ["--from-shadow", server.url, "--probes", str(folder)]
            done = CliRunner().invoke(calibrate.command, given)
            report = CliRunner().invoke(report_command, ["--url", server.url, "--format", "json"])
        given = [
            "--to",
            url,
            "--ad-account",
            AD_ACCOUNT,
            "--token-file",
            str(token_file),
            "--yes",
            "--format",
            "json",
        ]
        given += ["--probes", str(folder), "--out", str(tmp_path / "c.json")]
        asked = CliRunner().invoke(calibrate.command, given)
    assert (done.exit_code, done.stdout) == (0, f"1 probes written to {folder}.\n")
    assert asked.exit_code == 0, asked.stderr
    probe = json.loads(asked.stdout)["probes"][-1]
    assert (probe["name"], probe["emulated"], probe["observed"]) == (
        "shadow-1",
        "200: processed",
        "422: failed",
    )
    assert "answers failed where mockpin answers processed" in page
    reasons = [reason["sentence"] for reason in json.loads(report.stdout)["reasons"]]
    assert "The real service fails 1 event that mockpin processes." in reasons


def test_neither_the_tag_nor_what_is_not_json_nor_a_refused_token_is_sent(tmp_path):
    with standing_in() as (url, received), ShadowedServer(tmp_path, url) as server:
        server.client.get(f"{server.url}/v3/?tid=1&event=checkout")
        server.send(content=b"not json")
        server.send(content=b'["a list"]')
        server.client.headers["Authorization"] = "Bearer pina_WRONG"
        server.send(make_event(1))
        server.client.headers["Authorization"] = "Bearer pina_LOCAL"
        server.send(make_event(2))
        server.wait_for(1)
    assert [b"e2" in body for _, _, body in received] == [True]


def test_a_request_that_is_refused_as_a_whole_is_compared_too(tmp_path):
    with standing_in(Behaviours(em_as_text="warn")) as (url, _), ShadowedServer(tmp_path, url) as server:
        assert server.send(make_event(1, user_data={"em": "a" * 64})).status_code == 400
        (shadow,) = server.wait_for(1)
        _, said = server.serving.end()
    assert "shadow: 1 request compared, 1 of them" in said
    assert shadow["disagreements"] == [
        {"index": None, "seq": None, "emulated": "400", "observed": "200", "message": ""}
    ]


def test_an_injected_fault_is_not_compared(tmp_path):
    with standing_in() as (url, received), ShadowedServer(tmp_path, url) as server:
        body = b'{"times": 1, "fault": {"fail_events": [0]}}'
        server.serving.get("/__mockpin/faults", body, **{"Content-Type": "application/json"})
        assert server.send(make_event(1)).status_code == 422
        server.send(make_event(2))
        server.wait_for(1)
    assert len(received) == 1


def time_posts(server, count, *, midway=lambda: None):
    """Milliseconds that each of so many posts took."""
    took = []
    for number in range(count):
        began = time.perf_counter()
        assert server.send(make_event(number)).status_code == 200
        took.append((time.perf_counter() - began) * 1000)
        if number == count // 2:
            midway()
    return took


def test_a_service_that_dies_costs_nothing_but_the_comparison(tmp_path):
    """A bound that holds on a busy machine; `docs/calibration.md` has the figures of a quiet one."""
    with standing_in() as (url, _):
        server = ShadowedServer(tmp_path, url)
        took = time_posts(server, 50)
    with server:
        took += time_posts(server, 50)
        _, said = server.serving.end()
    assert statistics.median(took) < 500
    assert "not answered" in said
    assert "Traceback" not in said


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        (("--shadow", "http://127.0.0.1:1"), "--shadow-token-file"),
        (("--shadow", "http://127.0.0.1:1", "--shadow-token-file", "t"), "--shadow-ad-account"),
        (
            ("--shadow", "http://127.0.0.1:1", "--shadow-token-file", "t", "--shadow-ad-account", "1"),
            "t cannot be read",
        ),
        (("--shadow", "nowhere"), "not the URL of a server"),
    ],
)
def test_shadow_mode_says_what_it_needs(flags, said, tmp_path):
    serving = Serving(tmp_path, *flags)
    _, errors = serving.process.communicate(timeout=60)
    assert serving.process.returncode == 2
    assert said in errors


def test_shadow_mode_is_not_begun_by_a_variable(tmp_path):
    serving = Serving(tmp_path, MOCKPIN_SHADOW="http://127.0.0.1:1")
    _, errors = serving.process.communicate(timeout=60)
    assert serving.process.returncode == 2
    assert "must be on the command line itself" in errors


def test_more_than_can_wait_is_left_out_and_counted(emulator):
    waiting = SimpleNamespace(fault=None, request=SimpleNamespace(body=b"x" * 30_000_000))
    answered = SimpleNamespace(status=200)
    with RemoteService("http://x.test", "1", "t") as service:
        shadow = Shadow(service, emulator)
        shadow.offer(waiting, answered)
        shadow.offer(waiting, answered)
        waiting.request.body = b""
        for _ in range(1000):
            shadow.offer(waiting, answered)
    assert shadow.skipped == 2
    assert "1002 not sent" in shadow.summary()


def test_a_throttling_service_is_given_its_window(tmp_path):
    def respond(handler, _behaviours, _body):
        reply(handler, 429, {"code": 8, "message": "too many"}, [("Retry-After", "900")])

    with standing_in(respond=respond) as (url, received), ShadowedServer(tmp_path, url) as server:
        for number in range(3):
            server.send(make_event(number))
        while not received:
            time.sleep(0.05)
        time.sleep(0.6)
        _, said = server.serving.end()
    assert len(received) == 1
    assert "0 requests compared, 0 of them judged otherwise, 1 not answered, 2 not sent" in said


REQUEST = SimpleNamespace(number=7, ad_account_id="1", first_seq=40)


def compare(emulated, observed, judged=20):
    return compare_answers(REQUEST, emulated, observed, judged=judged, now=5.0)


def answer(*events, status=200):
    return ObservedAnswer(status, body={"events": list(events)})


def test_equal_answers_differ_in_nothing():
    row = compare(judge("processed", "failed", status=422), judge("processed", "failed", status=422))
    assert (row.request_id, row.ad_account_id, row.answered_at) == (7, "1", 5.0)
    assert (row.emulated_status, row.status, row.compared, row.verdicts) == (422, 422, 2, "[]")


def test_a_verdict_that_differs_names_its_event():
    observed = answer({"status": "processed"}, {"status": "failed", "error_message": "Too old."}, status=422)
    row = compare(judge("processed", "processed"), observed)
    assert orjson.loads(row.verdicts) == [
        {"index": 1, "seq": 41, "emulated": "processed", "observed": "failed", "message": "Too old."}
    ]


def test_an_event_of_a_refused_request_has_no_number():
    row = compare(judge("processed", status=400), judge("failed"))
    assert orjson.loads(row.verdicts)[0]["seq"] is None


@pytest.mark.parametrize(
    ("emulated", "observed", "message"),
    [
        ({"status": "processed"}, {"status": "failed", "error_message": "e", "warning_message": "w"}, "e"),
        ({"status": "failed", "error_message": "o"}, {"status": "processed", "warning_message": "w"}, "w"),
        ({"status": "failed", "error_message": "o"}, {"status": "processed"}, "o"),
    ],
)
def test_the_message_is_the_services_error_or_warning_or_the_emulators_error(emulated, observed, message):
    row = compare(answer(emulated), answer(observed))
    assert orjson.loads(row.verdicts)[0]["message"] == message


def test_only_the_first_events_of_a_test_request_are_compared():
    row = compare(judge("processed", "processed"), judge("processed", "failed", status=422), judged=1)
    assert (row.compared, row.verdicts) == (1, "[]")


def test_two_statuses_differ_where_no_verdict_does():
    observed = ObservedAnswer(400, body={"message": "Invalid request."})
    row = compare(judge("processed"), observed)
    assert orjson.loads(row.verdicts) == [
        {"index": None, "seq": None, "emulated": "200", "observed": "400", "message": "Invalid request."}
    ]
    assert row.compared == 0


def test_a_status_of_a_batch_that_was_compared_in_part_says_nothing():
    two, one = judge("failed", "failed", status=422), judge("failed", status=200)
    assert compare_whole(two, one, [("pair",)]) == []
    assert compare_whole(two, one, [("pair",)] * 2) != []
    assert compare_whole(two, two, []) == []


def test_an_address_in_a_message_is_masked():
    observed = answer({"status": "failed", "error_message": "jane@example.com is not hashed"})
    assert "jane" not in compare(judge("processed"), observed).verdicts


class Service:
    """A service whose answers are given: one a body, an error is raised."""

    def __init__(self, *answers):
        self.answers, self.bodies = [*answers], []

    def forward(self, body):
        self.bodies.append(body)
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


def offer_all(emulator, service, *bodies, until):
    """A shadow that has compared requests with these bodies, which the emulator refused, until it is told."""
    with Shadow(service, emulator, interval=0, clock=lambda: 5.0) as shadow:
        for number, body in enumerate(bodies, 1):
            request = HttpRequest("POST", f"/v5/ad_accounts/{UNKNOWN}/events", body=body)
            shadow.offer(RequestContext(request, UNKNOWN, number=number), Answer(400, b"{}"))
        while not until(shadow):
            time.sleep(0.001)
    return shadow


REFUSAL = ObservedAnswer(400, body={})


def test_what_is_not_an_object_is_not_sent_on(emulator):
    service = Service(REFUSAL)
    shadow = offer_all(emulator, service, b"not json", b"[]", b"{}", until=lambda shadow: shadow.compared)
    assert (service.bodies, shadow.disagreeing, shadow._waiting_bytes) == ([b"{}"], 0, 0)
    assert [row.request_id for row in emulator.store.shadow_answers()] == [3]


def test_another_answer_is_counted_and_told(emulator, caplog):
    service = Service(ObservedAnswer(200, body={}))
    shadow = offer_all(emulator, service, b"{}", until=lambda shadow: shadow.disagreeing and caplog.messages)
    assert (shadow.compared, shadow.disagreeing, shadow.failed) == (1, 1, 0)
    (line,) = caplog.messages
    assert line.endswith("request 1: mockpin answered 400, the real service 200; 1 of the verdicts differ."
                         " Judged otherwise so far: 1.")  # fmt: skip


@pytest.mark.parametrize(
    ("answer", "pause"),
    [
        (ServiceFailed("No answer."), 5.0),
        (ObservedAnswer(429), 5.0),
        (ObservedAnswer(429, headers={"retry-after": "900"}), 901.0),
    ],
)
def test_after_a_failure_the_shadow_pauses(emulator, caplog, answer, pause):
    shadow = offer_all(emulator, Service(answer), b"{}", b"{}", until=lambda _: caplog.messages)
    assert (shadow.failed, shadow.compared, shadow._pause) == (1, 0, pause)
    assert caplog.messages[0].endswith(" Not answered so far: 1.")
    assert shadow.summary().endswith("1 not answered, 1 not sent")


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (StoreUnwritable("x.db", "the disk is full"), "The store x.db cannot be written: the disk is full"),
        (ZeroDivisionError(), "mockpin broke down: ZeroDivisionError"),
    ],
)
def test_whatever_breaks_a_comparison_the_next_is_made(emulator, caplog, error, line):
    service = Service(error, REFUSAL)
    shadow = offer_all(emulator, service, b"{}", b"{}", until=lambda shadow: shadow.compared)
    assert (shadow.failed, len(service.bodies)) == (0, 2)
    assert caplog.messages[0].startswith(line)


@pytest.mark.parametrize("status", [200, 400, 422])
@pytest.mark.parametrize(("fault", "waiting"), [(None, 1), ("drop", 0)])
def test_an_answer_that_judges_is_compared_unless_a_fault_touched_it(emulator, status, fault, waiting):
    shadow = Shadow(Service(), emulator)
    shadow.offer(SimpleNamespace(fault=fault, request=SimpleNamespace(body=b"")), Answer(status, b""))
    shadow.offer(SimpleNamespace(fault=fault, request=SimpleNamespace(body=b"")), Answer(401, b""))
    assert shadow._waiting.qsize() == waiting


@pytest.mark.parametrize(
    ("body", "headers", "read"),
    [
        (b'{"a": 1}', {}, b'{"a": 1}'),
        (b"[]", {}, None),
        (b"{", {}, None),
        (b"{}" * 99, {}, None),
        (b"packed", {"content-encoding": "gzip"}, None),
    ],
)
def test_a_body_is_read_if_it_is_an_object(body, headers, read):
    assert read_object(HttpRequest("POST", "/", headers=headers, body=body), limit=99) == read
