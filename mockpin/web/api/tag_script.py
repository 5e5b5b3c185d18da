"""GET /ct/core.js: the script that Pinterest's snippet loads from s.pinimg.com, here mockpin's own."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from flask import Blueprint, Response

SCRIPT = Path(__file__).parent / "static" / "core.js"


def make_blueprint() -> Blueprint:
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
