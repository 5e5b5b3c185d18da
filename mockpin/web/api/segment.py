"""Segment's routes: its HTTP tracking API, the paths of its browser SDK, and that SDK's settings."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from flask import Blueprint, jsonify, request

from mockpin.addresses import SEGMENT
from mockpin.segment.browser_settings import make_settings
from mockpin.segment.calls import SUCCESS, SegmentCalls
from mockpin.segment.messages import BATCH
from mockpin.web.api.cross_origin import allow_other_sites
from mockpin.web.exchange import receive_request, respond
from mockpin_validator.contract.kinds import SEGMENT_TYPES

if TYPE_CHECKING:
    from flask import Response

    from mockpin.emulator.emulator import Emulator

#: Paths below /v1 and the kind of call that each takes. `import` is what analytics-ruby and analytics-java
#: call a batch; @segment/analytics-next calls each kind by its first letter. Observed by running these SDKs.
PATHS: Final[Mapping[str, str]] = (
    {kind: kind for kind in (*SEGMENT_TYPES, BATCH)}
    | {kind[0]: kind for kind in (*SEGMENT_TYPES, BATCH)}
    | {"import": BATCH}
)
#: Where @segment/analytics-next sends figures about itself. They are answered and not stored.
METRICS = "/m"


def make_blueprint(emulator: Emulator, destination: Mapping[str, Any] | None = None) -> Blueprint:
    """Return the routes on one emulator; `destination` is the JSON of a destination file."""
    routes = Blueprint("segment", __name__, url_prefix=SEGMENT)
    calls = SegmentCalls(emulator, destination)
    for path, kind in PATHS.items():
        routes.add_url_rule(f"/{path}", path, partial(answer_call, calls, kind), methods=["POST"])
    routes.add_url_rule(METRICS, "metrics", partial(respond, SUCCESS), methods=["POST"])
    routes.add_url_rule("/projects/<write_key>/settings", "settings", show_settings)
    allow_other_sites(routes)
    return routes


def answer_call(calls: SegmentCalls, kind: str) -> Response:
    """Answer the Segment call that Flask is serving."""
    return respond(calls.take(kind, receive_request()))


def show_settings(write_key: str) -> Response:
    """Return the settings that @segment/analytics-next fetches from its CDN before it sends anything."""
    return jsonify(make_settings(write_key, scheme=request.scheme, host=request.host))
