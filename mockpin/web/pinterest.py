"""Pinterest's route: POST /v5/ad_accounts/{ad_account_id}/events."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint

from mockpin.delivery import Delivery
from mockpin.web.exchange import read_request, respond

if TYPE_CHECKING:
    from flask import Response

    from mockpin.emulator import Emulator


def make_blueprint(emulator: Emulator) -> Blueprint:
    """The routes on one emulator."""
    routes = Blueprint("pinterest", __name__, url_prefix="/v5")

    @routes.post("/ad_accounts/<ad_account_id>/events")
    def events(ad_account_id: str) -> Response:
        return respond(emulator.receive(Delivery(read_request(), ad_account_id)))

    return routes
