"""Conversion between Flask and the emulator: requests that the emulator reads, responses that Flask sends."""

from __future__ import annotations

import time
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

import flask
from flask import Response, request
from werkzeug.datastructures import ImmutableMultiDict, MultiDict
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.utils import cached_property

from mockpin.emulator.pipeline.requests import HttpRequest

if TYPE_CHECKING:
    from mockpin.emulator.pipeline.answers import Answer

#: The key of the WSGI environment for the server's own sleep function. `time.sleep` would hold a thread.
SLEEP_KEY = "mockpin.sleep"
#: The key of the WSGI environment for a function that says whether the client has closed its connection.
GONE_KEY = "mockpin.gone"
#: Reason phrases in title case, as Pinterest sends them; Flask's own are in capitals.
STATUS_LINES = {status.value: f"{status.value} {status.phrase}" for status in HTTPStatus} | {
    413: "413 Payload Too Large",
    422: "422 Unprocessable Entity",
}


class LenientRequest(flask.Request):
    """A request whose query may hold any bytes; werkzeug raises an error for those that are not UTF-8."""

    @cached_property
    def args(self) -> MultiDict[str, str]:
        """The parameters of the query. Bytes that are not UTF-8 become U+FFFD."""
        query = self.query_string.decode("utf-8", "replace")
        return ImmutableMultiDict(parse_qsl(query, keep_blank_values=True, errors="replace"))

    @property  # type: ignore[misc]  # Flask lets it be set
    def max_form_memory_size(self) -> int | None:  # type: ignore[override]
        """Bytes that a field of a form may have: as many as a body. Flask 3.0 has no setting for it."""
        return self.max_content_length

    def __repr__(self) -> str:
        """The method alone: a path and a query may hold personal data."""
        return f"<LenientRequest {self.method}>"


def read_request(body: bytes | None = None) -> HttpRequest:
    """Return the request that Flask is serving. Raises `RequestEntityTooLarge` for too large a body."""
    return HttpRequest(
        method=request.method,
        path=request.path,
        query=request.query_string.decode("utf-8", "replace"),
        headers={name.lower(): value for name, value in request.headers.items()},
        body=request.get_data(cache=False) if body is None else body,
    )


def receive_request() -> HttpRequest:
    """Return the request that Flask is serving; one with a body that is too large is marked `oversized`."""
    try:
        return read_request()
    except RequestEntityTooLarge:
        return read_request(body=b"")._replace(oversized=True)


def respond(answer: Answer) -> Response:
    """Wait for the answer's delay, then return the answer as a Flask response."""
    if answer.delay:
        request.environ.get(SLEEP_KEY, time.sleep)(answer.delay)
    response = Response(answer.body, status=STATUS_LINES[answer.status], headers=list(answer.headers))
    if answer.promised is not None:
        response.headers["Content-Length"] = str(answer.promised)
    return response
