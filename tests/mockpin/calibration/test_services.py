import httpx
import pytest

from mockpin.calibration.failures import CredentialsRefused, ServiceFailed
from mockpin.calibration.probes import EventVariant
from mockpin.calibration.services import Concealment, EmulatedService, RemoteService
from mockpin.emulator.accounts import fingerprint
from mockpin.emulator.settings.settings import read_settings
from tests.mockpin.calibration.scripted import NOW

HOST, ACCOUNT, SECRET = "capi.test:81", "549755885175", "pina_REALTOKEN"


@pytest.mark.parametrize("fault", [httpx.ConnectError("no"), httpx.ReadTimeout("no")])
def test_a_slow_or_silent_service_is_a_sentence(fault):
    def break_(_request):
        raise fault

    with (
        RemoteService("http://x.test", "1", "t", transport=httpx.MockTransport(break_)) as service,
        pytest.raises(ServiceFailed, match=r"x\.test (cannot be reached|did not answer within 10 seconds)"),
    ):
        service.answer([])


JUDGED = {"num_events_received": 1}


def ask(respond, *, ad_account_id=None, timer=lambda: 0.0):
    """The answer to one event of a service whose requests `respond` answers."""
    transport = httpx.MockTransport(respond)
    with RemoteService(f"http://{HOST}", ACCOUNT, SECRET, transport=transport, timer=timer) as service:
        return service.answer([{"event_id": "1"}], ad_account_id=ad_account_id)


def fail(respond, **how):
    """The failure of one request."""
    with pytest.raises(ServiceFailed) as failed:
        ask(respond, **how)
    return failed.value


def test_a_request_carries_the_token_and_says_that_it_is_a_test():
    requests = []

    def respond(request):
        requests.append(request)
        return httpx.Response(200, json=JUDGED)

    ask(respond)
    ask(respond, ad_account_id="0")
    first, second = requests
    assert first.url.raw_path == f"/v5/ad_accounts/{ACCOUNT}/events?test=true".encode()
    assert second.url.raw_path == b"/v5/ad_accounts/0/events?test=true"
    assert first.headers["authorization"] == f"Bearer {SECRET}"
    assert first.headers["content-type"] == "application/json"
    assert first.content == b'{"data":[{"event_id":"1"}]}'


def test_an_answer_comes_without_the_token_and_the_ad_account():
    body = {SECRET: [f"x{SECRET}", int(ACCOUNT)], "n": 5, "t": True, "events": []}
    headers = {"Date": "today", "X-RateLimit-Policy": SECRET, "Server": "x"}
    answer = ask(lambda _request: httpx.Response(207, json=body, headers=headers))
    assert (answer.status, answer.reason) == (207, "Multi-Status")
    assert answer.body == {"[token]": ["x[token]", fingerprint(ACCOUNT)], "n": 5, "t": True, "events": []}
    kept = {name: value for name, value in answer.headers.items() if name != "content-type"}
    assert kept == {"date": "today", "x-ratelimit-policy": "[token]"}


@pytest.mark.parametrize("status", [401, 403, 404])
def test_a_refusal_of_the_users_own_ad_account_is_one_of_the_credentials(status):
    def respond(_request):
        return httpx.Response(status, json={})

    failure = fail(respond)
    assert isinstance(failure, CredentialsRefused)
    assert str(failure).startswith(f"{HOST} does not ")
    assert f"({status})" in str(failure)
    assert ask(respond, ad_account_id="0").status == status


@pytest.mark.parametrize(
    ("response", "sentence"),
    [
        (httpx.Response(500, json={}), f"{HOST} answered 500: try again later."),
        (
            httpx.Response(307, headers={"Location": f"https://me:pw@evil.test/{SECRET}"}),
            f"{HOST} redirects to https://evil.test/[token]. The token is not sent there: check the URL.",
        ),
        (
            httpx.Response(200, content=b"{", headers={"Content-Type": "text/html"}),
            f"{HOST} answered 200 with text/html, not with a JSON object: check the URL.",
        ),
        (
            httpx.Response(200, content=b'{"a":' + b"[" * 900 + b"]" * 900 + b"}"),
            f"{HOST} answered 200 with an unknown content type, not with a JSON object: check the URL.",
        ),
        (
            httpx.Response(200, content=b"[]"),
            f"{HOST} answered 200 with an unknown content type, not with a JSON object: check the URL.",
        ),
        (
            httpx.Response(200, json={"ok": True, "events": "none", "num_events_received": "1"}),
            f"{HOST} answered 200 without a verdict on the events: check the URL.",
        ),
        (
            httpx.Response(200, content=b"[" + b" " * 2_000_000),
            f"{HOST} answered with more than 2,000,000 bytes: check the URL.",
        ),
    ],
)
def test_an_answer_that_no_such_service_gives_is_a_failure(response, sentence):
    failure = fail(lambda _request: response)
    assert (type(failure), str(failure)) == (ServiceFailed, sentence)


@pytest.mark.parametrize(("ended", "fails"), [(20.0, False), (20.1, True)])
def test_an_answer_may_take_twenty_seconds(ended, fails):
    times = iter([0.0, ended])

    def respond(_request):
        return httpx.Response(200, json=JUDGED)

    if not fails:
        assert ask(respond, timer=lambda: next(times)).status == 200
        return
    assert "took more than 20 seconds" in str(fail(respond, timer=lambda: next(times)))


def test_a_service_is_shown_by_its_host():
    with RemoteService(f"http://me:pw@{HOST}", ACCOUNT, SECRET) as service:
        assert repr(service) == f"RemoteService('{HOST}')"


@pytest.mark.parametrize(
    ("secret", "text", "shown"),
    [
        ("longsecret", "xlongsecretx", "x*x"),
        ("eight__8", "xeight__8x", "x*x"),
        ("short_7", "xshort_7 short_7", "xshort_7 *"),
        ("a.c", "abc a.c", "abc *"),
        ("", "abc", "abc"),
    ],
)
def test_a_short_secret_is_concealed_only_as_a_word(secret, text, shown):
    assert Concealment({secret: "*"})(text) == shown


@pytest.mark.parametrize(("number", "shown"), [(10**11, "*"), (-(10**11), "-*"), (10**10, 10**10)])
def test_a_long_number_may_be_a_secret(number, shown):
    assert Concealment({str(abs(number)): "*"}).walk({"n": [number]}) == {"n": [shown]}


def test_each_request_to_the_emulator_finds_a_new_history_and_rate_limit():
    event = EventVariant(age=0).build(NOW)
    with EmulatedService(read_settings({"rate_limit": "1/min"}), clock=lambda: NOW) as service:
        answers = [service.answer([event]) for _ in range(2)]
        assert [answer.status for answer in answers] == [200, 200]
        assert service.answer([event], ad_account_id="1").status == 403


def test_a_service_that_cannot_be_reached_is_named_without_what_the_error_repeats():
    def respond(_request):
        raise httpx.ConnectError(f"refused {SECRET}")

    service = RemoteService("http://127.0.0.1:1", "1", SECRET, transport=httpx.MockTransport(respond))
    with (
        service,
        pytest.raises(ServiceFailed, match=r"^127\.0\.0\.1:1 cannot be reached: refused \[token\]\.$"),
    ):
        service.answer([])
