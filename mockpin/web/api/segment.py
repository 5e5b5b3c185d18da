"""Segment's routes: POST /v1/track and its like."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from flask import Blueprint

from mockpin.addresses import SEGMENT
from mockpin.segment.calls import SegmentCalls
from mockpin.segment.messages import BATCH, KINDS
from mockpin.web.exchange import receive_request, respond

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask import Response

    from mockpin.emulator.emulator import Emulator


def make_blueprint(emulator: Emulator, destination: Mapping[str, Any] | None = None) -> Blueprint:
    """The routes on one emulator; `destination` is a form of `destination_file`."""
    routes = Blueprint("segment", __name__, url_prefix=SEGMENT)
    calls = SegmentCalls(emulator, destination)
    for kind in (*KINDS, BATCH):
        routes.add_url_rule(f"/{kind}", kind, partial(take, calls, kind), methods=["POST"])
    return routes


def take(calls: SegmentCalls, kind: str) -> Response:
    """Answer one call."""
    return respond(calls.take(kind, receive_request()))
