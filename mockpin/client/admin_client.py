"""A client of the admin API: JSON in and out, problems as exceptions."""

from __future__ import annotations

import os
import ssl
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from mockpin.addresses import ADMIN, NEXT_HEADER, VERSION_HEADER, hide_userinfo
from mockpin.emulator.accounts import TOKEN
from mockpin.emulator.masking.texts import mask_tokens
from mockpin_validator.files import require_ordinary

if TYPE_CHECKING:
    import httpx

# pytest then shows the test's own line, not this module, whose variables hold the token.
__tracebackhide__ = True
# Seconds to wait for an answer, beyond the seconds that the server was asked to wait.
ANSWER_TIMEOUT = 30.0


class AdminFailed(Exception):
    """The admin API could not do what was asked."""


class AdminTokenUnusable(AdminFailed):
    """The admin token has a character that HTTP headers cannot carry. The message does not repeat it."""

    def __str__(self) -> str:
        return "The admin token holds a character that no HTTP header can carry: give the token alone."


@dataclass(eq=False)
class AdminUnreachable(AdminFailed):
    """No mockpin server answers at the URL."""

    url: str
    reason: str

    def __str__(self) -> str:
        where = mask_tokens(hide_userinfo(self.url))  # a token may have been given as the URL
        return f"No mockpin answers at {where} ({self.reason}): is the server running there?"


@dataclass(eq=False)
class AdminRefused(AdminFailed):
    """The server answers with a problem; `errors` says where the request is wrong."""

    status: int
    detail: str
    errors: Sequence[Mapping[str, str]] = field(default=())

    def __str__(self) -> str:
        places = [f"{e['in']} {e['pointer'] or '/'}: {e['detail']}" for e in self.errors]
        return f"{self.status}: " + "\n  ".join(places or [self.detail])


class AdminClient:
    """Calls the admin API of the server at a URL such as http://127.0.0.1:7466.

    `transport` is httpx's: a `httpx.WSGITransport` reaches an application without a socket.
    """

    def __init__(
        self, url: str, *, admin_token: str | None = None, transport: httpx.BaseTransport | None = None
    ) -> None:
        """Prepare a client without sending anything. Raises AdminTokenUnusable and AdminUnreachable."""
        import httpx  # noqa: PLC0415 - loaded when first needed

        if admin_token and not TOKEN.fullmatch(admin_token):
            raise AdminTokenUnusable
        headers = {"Authorization": f"Bearer {admin_token}"} if admin_token else {}
        self.url = url.rstrip("/")
        self._http = httpx.Client(
            headers=headers, transport=transport, trust_env=False, verify=choose_trust(url)
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection."""
        self._http.close()

    def get(self, path: str, **query: Any) -> Any:
        """GET a path below /__mockpin, such as `events`."""
        return self._call("GET", path, params=_drop_none(query))

    def get_pages(self, path: str, **query: Any) -> Iterator[Any]:
        """GET a list page by page. The server makes the next page while this one is parsed and used."""
        with ThreadPoolExecutor(1) as thread:
            answer = self._request("GET", path, params=_drop_none(query))
            while following := answer.headers.get(NEXT_HEADER):
                params = _drop_none({**query, "after": following})
                ahead = thread.submit(self._request, "GET", path, params=params)
                yield _read_answer(answer, self.url)
                answer = ahead.result()
            yield _read_answer(answer, self.url)

    def post(self, path: str, body: Any = None, *, wait: float = 0.0, **query: Any) -> Any:
        """POST JSON. `wait` is the number of seconds that the body asks the server to wait."""
        return self._call("POST", path, params=_drop_none(query), json=body, timeout=wait + ANSWER_TIMEOUT)

    def put(self, path: str, body: Any) -> Any:
        """PUT JSON."""
        return self._call("PUT", path, json=body)

    def delete(self, path: str, **query: Any) -> Any:
        """DELETE a path."""
        return self._call("DELETE", path, params=_drop_none(query))

    def _call(self, method: str, path: str, **request: Any) -> Any:
        return _read_answer(self._request(method, path, **request), self.url)

    def _request(
        self, method: str, path: str, *, timeout: float = ANSWER_TIMEOUT, **request: Any
    ) -> httpx.Response:
        import httpx  # noqa: PLC0415 - loaded when first needed

        try:
            return self._http.request(method, f"{self.url}{ADMIN}/{path}", timeout=timeout, **request)
        except (httpx.RequestError, httpx.InvalidURL) as error:
            raise AdminUnreachable(self.url, describe_failure(error)) from None


def choose_trust(url: str) -> ssl.SSLContext | bool:
    """Choose the certificates httpx trusts at a URL: those of SSL_CERT_FILE, or else the default ones.

    Returns False for plain HTTP, because reading certificates takes longer than starting a server. Raises
    AdminUnreachable when the certificates cannot be read.
    """
    import httpx  # noqa: PLC0415 - loaded when first needed

    if not url.startswith("https:"):
        return False
    file = os.environ.get("SSL_CERT_FILE")
    try:  # httpx before 0.28 passes over a file that is missing
        return load_trusted(file) if file else httpx.create_ssl_context()
    except OSError as error:  # ssl.SSLError is one
        raise AdminUnreachable(url, f"the certificates of SSL_CERT_FILE cannot be read: {error}") from None


def load_trusted(file: str) -> ssl.SSLContext:
    """A context that trusts the certificates of a PEM file. Raises OSError, also for a device or a pipe."""
    require_ordinary(Path(file))
    return ssl.create_default_context(cafile=file)


def describe_failure(error: Exception) -> str:
    """Describe in words why a request had no answer."""
    import httpx  # noqa: PLC0415 - loaded when first needed

    from mockpin_transformer.sending.connection import omit_number  # noqa: PLC0415 - as above

    if isinstance(error, httpx.TimeoutException):
        return "it took too long"
    if "CERTIFICATE_VERIFY_FAILED" in str(error):
        return "its certificate is not trusted: set SSL_CERT_FILE to the ca.pem of its --tls-dir"
    if isinstance(error, httpx.RemoteProtocolError) and "illegal" in str(error):
        return "it does not speak HTTP: try https://"
    return omit_number(str(error)).rstrip(".") or "the connection was cut"


def _drop_none(parameters: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in parameters.items() if value is not None}


def _read_answer(answer: httpx.Response, url: str) -> Any:
    if VERSION_HEADER not in answer.headers:
        raise AdminUnreachable(url, describe_stranger(answer))
    value = answer.json()
    if not answer.is_success:
        raise AdminRefused(answer.status_code, value["detail"], value["errors"])
    return value


def describe_stranger(answer: httpx.Response) -> str:
    """Describe in words an answer that does not come from mockpin."""
    ended = answer.is_server_error and not answer.content  # a server that is stopped answers like this
    return "it ended first" if ended else f"{answer.status_code} from another program"
