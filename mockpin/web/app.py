"""The Flask application: every route on one emulator."""

from __future__ import annotations

import time
from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, redirect, request
from werkzeug.exceptions import HTTPException, InternalServerError

from mockpin.addresses import ADMIN
from mockpin.emulator.breakdowns import LOGGER, report_breakdown
from mockpin.emulator.emulator import Emulator
from mockpin.emulator.history.store_file import StoreUnwritable
from mockpin.emulator.pipeline import answers
from mockpin.emulator.pipeline.context import RequestContext
from mockpin.emulator.pipeline.request_steps import read_body
from mockpin.web.admin import api as admin
from mockpin.web.admin.access import Access, turn_away
from mockpin.web.api import events as pinterest
from mockpin.web.api import other_routes as siblings
from mockpin.web.api import segment, tag, tag_script
from mockpin.web.exchange import LenientRequest, receive_request, respond
from mockpin.web.pages import blueprint as pages
from mockpin.web.problems import Problem, Unstorable
from mockpin.web.routes import Route

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from werkzeug.wrappers import Response as AnyResponse

    from mockpin.emulator.pipeline.answers import Answer
    from mockpin.emulator.settings.settings import Settings

#: The log's word for an error of HTTP that does not say enough.
REASONS = {404: "not-found", 405: "method", 413: "too-large"}


def create_app(settings: Settings | None = None, *, clock: Callable[[], float] = time.time) -> Flask:
    """An application with an emulator of its own, kept in memory: `app.extensions["mockpin"]`.

    It has no ad account yet: `app.extensions["mockpin"].accounts.add("549755885175", "pina_...")`.
    """
    return build_app(Emulator(settings, clock=clock))


def build_app(
    emulator: Emulator, *, access: Access | None = None, destination: Mapping[str, Any] | None = None
) -> Flask:
    """The application of an emulator.

    `access` says who may use the admin API; `destination` is where Segment's events go, a form of
    `destination_file`.
    """
    app = Flask("mockpin.web", static_folder=None)
    app.request_class = LenientRequest
    app.extensions["mockpin"] = emulator
    app.config["MAX_CONTENT_LENGTH"] = app.config["MAX_FORM_MEMORY_SIZE"] = emulator.settings.body_limit
    app.url_rule_class = Route
    app.url_map.strict_slashes = False
    app.url_map.merge_slashes = False
    app.before_request(partial(guard, access or Access()))
    app.register_blueprint(pinterest.make_blueprint(emulator))
    app.register_blueprint(siblings.make_blueprint(emulator))
    app.register_blueprint(tag.make_blueprint(emulator))
    app.register_blueprint(tag_script.make_blueprint())
    app.register_blueprint(segment.make_blueprint(emulator, destination))
    app.register_blueprint(admin.make_blueprint(emulator))
    app.register_blueprint(pages.make_blueprint(emulator, destination))
    app.add_url_rule("/livez", "livez", answer_alive)
    app.add_url_rule("/readyz", "readyz", answer_alive)
    for path in ("/", f"{ADMIN}/"):
        app.add_url_rule(path, "home", lead_home)
    app.register_error_handler(Problem, turn_away)
    app.register_error_handler(StoreUnwritable, tell_unstorable)
    app.register_error_handler(HTTPException, lambda error: refuse(emulator, error))
    app.register_error_handler(Exception, lambda error: break_down(emulator, error))
    return app


def guard(access: Access) -> None:
    """Keep strangers out of the admin API and the pages."""
    if request.path.startswith(ADMIN):
        access.check()


def answer_alive() -> Response:
    """The process answers; it has been ready since it listens."""
    return Response("ok\n", content_type="text/plain")


def lead_home() -> AnyResponse:
    """To the pages, for whoever has only the server's address."""
    return redirect(f"{ADMIN}/ui")


def refuse(emulator: Emulator, error: HTTPException) -> AnyResponse:
    """Answer an HTTP error in the shape of Pinterest's API, and record it; the admin API has its own shape.

    The body is kept, masked: a request that missed the events endpoint shows which events were lost.
    """
    if f"{request.path}/".startswith(f"{ADMIN}/"):
        return turn_away(admin.explain(error))
    context = RequestContext(receive_request(), ad_account_id="", reason=REASONS.get(error.code or 0))
    read_body(emulator.settings.body_limit, context)
    answer = emulator.record(context, reply(error, emulator))
    return respond(answer.with_headers(allowed(error)))


def tell_unstorable(failed: StoreUnwritable) -> AnyResponse:
    """What was asked of the admin API and could not be written; the emulator answers its own requests."""
    LOGGER.error("%s", failed)
    return turn_away(Unstorable(str(failed)))


def break_down(emulator: Emulator, error: Exception) -> AnyResponse:
    """An error of our own: said in one line of the log, which Flask would fill with values."""
    report_breakdown(error)
    return refuse(emulator, InternalServerError())


def reply(error: HTTPException, emulator: Emulator) -> Answer:
    """The reply for an error's status; whatever else is bad about a request is a 400."""
    known: Mapping[int | None, Callable[[], Answer]] = {
        HTTPStatus.NOT_FOUND: answers.not_found,
        HTTPStatus.METHOD_NOT_ALLOWED: answers.method_not_allowed,
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE: partial(answers.too_large, emulator.settings.body_limit),
        HTTPStatus.INTERNAL_SERVER_ERROR: answers.broken,
    }
    return known.get(error.code, partial(answers.invalid, error.name))()


def allowed(error: HTTPException) -> list[tuple[str, str]]:
    """The Allow header of a 405."""
    methods = getattr(error, "valid_methods", None)
    return [("Allow", ", ".join(sorted(methods)))] if methods else []
