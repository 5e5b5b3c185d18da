"""The Pinterest tag's route, GET and POST /v3/: the script's beacon, and the image without JavaScript."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from flask import Blueprint
from flask import request as asked

from mockpin.emulator.tag.hits import make_context
from mockpin.web.api.cross_origin import allow_other_sites
from mockpin.web.exchange import read_request, respond

if TYPE_CHECKING:
    from flask import Response

    from mockpin.emulator.emulator import Emulator
    from mockpin.emulator.pipeline.requests import HttpRequest


def make_blueprint(emulator: Emulator) -> Blueprint:
    """Return the route on one emulator."""
    routes = Blueprint("tag", __name__)

    @routes.route("/v3/", methods=("GET", "POST"))
    def hit() -> Response:
        return respond(
            emulator.receive_tag(make_context(read_hit(), emulator.accounts, now=emulator.clock()))
        )

    allow_other_sites(routes)
    return routes


def read_hit() -> HttpRequest:
    """Return the request that Flask is serving. A multipart form becomes a URL-encoded one."""
    if asked.mimetype != "multipart/form-data":
        return read_request()
    return read_request(body=urlencode([*asked.form.items(multi=True)]).encode())
