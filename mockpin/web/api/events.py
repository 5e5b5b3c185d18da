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

#: Flask ignores further slashes at the beginning, so this does, too.
PATH = re.compile(rf"/*{API}/ad_accounts/([^/]+)/events/?")


def make_blueprint(emulator: Emulator) -> Blueprint:
    """The route on one emulator."""
    routes = Blueprint("pinterest", __name__, url_prefix=API)

    @routes.post("/ad_accounts/<ad_account_id>/events")
    def events(ad_account_id: str) -> Response:
        return respond(emulator.receive(RequestContext(receive_request(), ad_account_id)))

    return routes


def find_context(request: HttpRequest) -> RequestContext | None:
    """What a request to this route delivers, read without Flask, which costs half of a small request."""
    found = PATH.fullmatch(request.path) if request.method == "POST" else None
    return RequestContext(request, found[1]) if found else None
