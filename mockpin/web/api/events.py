"""Pinterest's route: POST /v5/ad_accounts/{ad_account_id}/events."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flask import Blueprint

from mockpin.addresses import API
from mockpin.emulator.pipeline.context import RequestContext
from mockpin.web.exchange import receive_request, respond

if TYPE_CHECKING:
    from flask import Response

    from mockpin.emulator.emulator import Emulator
    from mockpin.emulator.pipeline.requests import HttpRequest

#: Several slashes at the beginning are allowed, as in Flask.
PATH = re.compile(rf"/*{API}/ad_accounts/([^/]+)/events/?")


def make_blueprint(emulator: Emulator) -> Blueprint:
    """Return the route on one emulator."""
    routes = Blueprint("pinterest", __name__, url_prefix=API)

    @routes.post("/ad_accounts/<ad_account_id>/events")
    def events(ad_account_id: str) -> Response:
        return respond(emulator.receive(RequestContext(receive_request(), ad_account_id)))

    return routes


def find_context(request: HttpRequest) -> RequestContext | None:
    """Return the context of a request to this route, None for another request.

    The gateway uses it to pass by Flask, which takes half of the time of a small request.
    """
    match = PATH.fullmatch(request.path) if request.method == "POST" else None
    return RequestContext(request, match[1]) if match else None
