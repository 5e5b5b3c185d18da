"""The Pinterest tag's routes: its script, and GET and POST /v3/ for the script's beacon and the image.

Pinterest's snippet loads the script from s.pinimg.com; GET /ct/core.js answers with mockpin's own.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from flask import Blueprint, Response
from flask import request as asked

from mockpin.emulator.tag.hits import make_context
from mockpin.web.api.cross_origin import allow_other_sites
from mockpin.web.exchange import read_request, respond

if TYPE_CHECKING:
    from mockpin.emulator.emulator import Emulator
    from mockpin.emulator.pipeline.requests import HttpRequest

SCRIPT = Path(__file__).parent / "static" / "core.js"


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


def make_script_blueprint() -> Blueprint:
    """Return the script's route. The history does not store requests for it."""
    routes = Blueprint("tag_script", __name__)
    routes.add_url_rule("/ct/core.js", "script", show_script)
    return routes


def show_script() -> Response:
    """Answer with the script, which pages of every site may load."""
    headers = {"Access-Control-Allow-Origin": "*", "Cache-Control": "no-store"}
    return Response(read_script(), content_type="text/javascript; charset=utf-8", headers=headers)


@cache
def read_script() -> bytes:
    """Read the script file, once."""
    return SCRIPT.read_bytes()
