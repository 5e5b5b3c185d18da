"""Services that answer probes: one at a URL, and the emulator in this process."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Protocol, Self
from urllib.parse import urlsplit

import httpx
import orjson

from mockpin.addresses import API, hide_userinfo
from mockpin.calibration.failures import CredentialsRefused, ServiceFailed
from mockpin.calibration.observed import ObservedAnswer, keep_headers
from mockpin.emulator.accounts import fingerprint
from mockpin.emulator.json_texts import JsonUnreadable, parse_json
from mockpin_transformer.sending.connection import omit_number

if TYPE_CHECKING:
    from mockpin.emulator.settings.settings import Settings

PINTEREST = "https://api.pinterest.com"
#: Seconds that a service may take for each step of an answer, and for the whole of it.
STEP_TIMEOUT, ANSWER_TIMEOUT = 10.0, 20.0
#: Bytes of an answer's body beyond which it is not an answer of this API.
MAX_BODY = 2_000_000
#: Characters from which a secret is replaced inside words too; the least number that may be an ad account.
LONG_SECRET, LONG_NUMBER = 8, 10**11
#: The emulator's own ad account while it answers probes.
EMULATED_ACCOUNT, EMULATED_TOKEN = "549000000000", "pina_calibration"
_REFUSALS: dict[int, str] = {
    HTTPStatus.UNAUTHORIZED: "does not accept the token (401): give the ad account's conversion token.",
    HTTPStatus.FORBIDDEN: "does not let this token use this ad account (403): check the ad account's id.",
    HTTPStatus.NOT_FOUND: "does not know this ad account or path (404): check its id and the URL.",
}


class ProbedService(Protocol):
    """Whatever answers a request of events."""

    def answer(self, events: Sequence[dict[str, Any]], *, ad_account_id: str | None = None) -> ObservedAnswer:
        """The answer to one test request. Raises ServiceFailed."""


class RemoteService:
    """The service at a URL. A context manager. Requests say `test=true`; redirects are not followed.

    The token and the ad account are removed from whatever the service answers, should it repeat them.
    """

    def __init__(
        self,
        url: str,
        ad_account_id: str,
        token: str,
        *,
        transport: httpx.BaseTransport | None = None,
        timer: Callable[[], float] = time.monotonic,
    ) -> None:
        self.host = urlsplit(url).netloc.rpartition("@")[2]
        self._hide = Concealment({token: "[token]", ad_account_id: fingerprint(ad_account_id)})
        self._ad_account_id = ad_account_id
        self._timer = timer
        self._client = httpx.Client(
            base_url=f"{url}{API}/ad_accounts/",
            headers={"Authorization": f"Bearer {token}", "Content-Type": "application/json"},
            timeout=STEP_TIMEOUT,
            follow_redirects=False,
            transport=transport,
        )

    def __repr__(self) -> str:
        return f"RemoteService({self.host!r})"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._client.close()

    def answer(self, events: Sequence[dict[str, Any]], *, ad_account_id: str | None = None) -> ObservedAnswer:
        """The answer to one test request, for the user's ad account unless another is named.

        Raises ServiceFailed and, where the user's own ad account is refused, CredentialsRefused.
        """
        return self.forward(orjson.dumps({"data": events}), ad_account_id=ad_account_id)

    def forward(self, content: bytes, *, ad_account_id: str | None = None) -> ObservedAnswer:
        """The answer to a test request with this body, a JSON text. Raises as `answer` does."""
        path = f"{ad_account_id or self._ad_account_id}/events"
        try:
            response, body = self._post(path, content)
        except httpx.TimeoutException:
            raise ServiceFailed(f"{self.host} did not answer within {STEP_TIMEOUT:.0f} seconds.") from None
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise ServiceFailed(
                f"{self.host} cannot be reached: {self._hide(omit_number(str(error)))}."
            ) from None
        refusal = _REFUSALS.get(response.status_code)
        if refusal and not ad_account_id:
            raise CredentialsRefused(f"{self.host} {refusal}")
        return self._read(response, body)

    def _post(self, path: str, content: bytes) -> tuple[httpx.Response, bytes]:
        deadline = self._timer() + ANSWER_TIMEOUT
        with self._client.stream("POST", path, params={"test": "true"}, content=content) as response:
            body = b""
            for chunk in response.iter_bytes():
                body += chunk
                if self._timer() > deadline:
                    raise ServiceFailed(f"{self.host} took more than {ANSWER_TIMEOUT:.0f} seconds to answer.")
                if len(body) > MAX_BODY:
                    raise ServiceFailed(
                        f"{self.host} answered with more than {MAX_BODY:,} bytes: check the URL."
                    )
            return response, body

    def _read(self, response: httpx.Response, body: bytes) -> ObservedAnswer:
        if response.has_redirect_location:
            place = self._hide(hide_userinfo(response.headers["location"]))
            raise ServiceFailed(
                f"{self.host} redirects to {place}. The token is not sent there: check the URL."
            )
        if response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise ServiceFailed(f"{self.host} answered {response.status_code}: try again later.")
        headers = {name: self._hide(value) for name, value in keep_headers(response.headers).items()}
        answer = ObservedAnswer(
            response.status_code, self._hide(response.reason_phrase), headers, self._parse(response, body)
        )
        if response.is_success and not answer.judges_events:
            raise ServiceFailed(
                f"{self.host} answered {answer.status} without a verdict on the events: check the URL."
            )
        return answer

    def _parse(self, response: httpx.Response, body: bytes) -> Any:
        try:
            parsed = parse_json(body)
        except JsonUnreadable:
            parsed = None
        if not isinstance(parsed, dict):
            kind = self._hide(response.headers.get("content-type", "an unknown content type"))
            status = response.status_code
            raise ServiceFailed(
                f"{self.host} answered {status} with {kind}, not with a JSON object: check the URL."
            )
        return self._hide.walk(parsed)


class Concealment:
    """Replaces secrets in texts. One of under eight characters is replaced only as a word of its own."""

    def __init__(self, secrets: dict[str, str]) -> None:
        self._shown = {secret: shown for secret, shown in secrets.items() if secret}
        self._pattern = re.compile("|".join(map(write_pattern, self._shown)) or "(?!)")

    def __call__(self, text: str) -> str:
        """The text without the secrets."""
        return self._pattern.sub(lambda found: self._shown[found[0]], text)

    def walk(self, value: Any) -> Any:
        """The JSON value without the secrets in its texts and, where a long number is one, its numbers."""
        if isinstance(value, dict):
            return {self(name): self.walk(item) for name, item in value.items()}
        if isinstance(value, list):
            return [self.walk(item) for item in value]
        if isinstance(value, str) or (isinstance(value, int) and abs(value) >= LONG_NUMBER):
            return self(str(value))
        return value


def write_pattern(secret: str) -> str:
    """A regular expression that finds a secret."""
    pattern = re.escape(secret)
    return pattern if len(secret) >= LONG_SECRET else rf"(?<!\w){pattern}(?!\w)"


class EmulatedService:
    """The emulator in this process under some settings, its clock given by `clock`. A context manager."""

    def __init__(self, settings: Settings | None = None, *, clock: Callable[[], float] = time.time) -> None:
        from mockpin.web.app import create_app  # noqa: PLC0415 - loads Flask

        app = create_app(settings, clock=clock)
        self._emulator = app.extensions["mockpin"]
        self._emulator.accounts.add(EMULATED_ACCOUNT, EMULATED_TOKEN)
        transport = httpx.WSGITransport(app=app)
        self._remote = RemoteService("http://emulator", EMULATED_ACCOUNT, EMULATED_TOKEN, transport=transport)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._remote.__exit__()
        self._emulator.close()

    def answer(self, events: Sequence[dict[str, Any]], *, ad_account_id: str | None = None) -> ObservedAnswer:
        """The emulator's answer; each request finds a history and a rate limit that are new."""
        self._emulator.reset()
        return self._remote.answer(events, ad_account_id=ad_account_id)
