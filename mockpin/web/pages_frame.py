"""What all pages share: the frame around them, and the headers that keep them to themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import make_response, render_template, request

from mockpin import __version__

if TYPE_CHECKING:
    from flask import Response

#: No inline script or style, nothing from elsewhere, no frame around: payloads are hostile.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def render(template: str, /, **context: Any) -> Response:
    """A page in its frame."""
    return make_response(render_template(template, version=__version__, api_uri=find_api_uri(), **context))


def render_missing(title: str, detail: str) -> Response:
    """A page that says what is not there: 404."""
    answer = render("missing.html", title=title, detail=detail)
    answer.status_code = 404
    return answer


def find_api_uri() -> str:
    """Where senders find Pinterest's API on this server."""
    return f"{request.host_url}v5"


def secure(response: Response) -> Response:
    """Put the headers on whatever a page answers."""
    if response.mimetype in {"text/css", "text/javascript", "image/svg+xml"}:
        response.headers.setdefault("Cache-Control", "no-cache")
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response
