"""Pinterest's other routes: conversion tokens, quality scores, tags, custom events."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from flask import Blueprint

from mockpin.addresses import API
from mockpin.emulator.pipeline.context import RequestContext
from mockpin.web.api.other_endpoints import ACCOUNT_ENDPOINTS, MINT_STEPS
from mockpin.web.exchange import receive_request, respond

if TYPE_CHECKING:
    from flask import Response

    from mockpin.emulator.emulator import Emulator
    from mockpin.web.api.other_endpoints import EndpointStep


def make_blueprint(emulator: Emulator) -> Blueprint:
    """Return the routes on one emulator."""
    routes = Blueprint("other_routes", __name__, url_prefix=API)
    routes.add_url_rule(
        "/oauth/conversion_token", "mint", partial(answer_request, emulator, MINT_STEPS), methods=["POST"]
    )
    for (method, path), steps in ACCOUNT_ENDPOINTS.items():
        view = partial(answer_request, emulator, steps)
        routes.add_url_rule(
            f"/ad_accounts/<ad_account_id>/{path}", f"{method} {path}", view, methods=[method]
        )
    return routes


def answer_request(
    emulator: Emulator, steps: Sequence[EndpointStep], *, ad_account_id: str = "", **_path: str
) -> Response:
    """Answer a request with the steps of its endpoint. A step reads the rest of the path itself."""
    pipeline = [partial(step, emulator) for step in steps]
    return respond(emulator.consult(RequestContext(receive_request(), ad_account_id), pipeline))
