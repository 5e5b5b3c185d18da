"""The Flask application: every route on one emulator."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from functools import cache, partial
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, redirect, request
from werkzeug.exceptions import HTTPException, InternalServerError
from werkzeug.routing import Rule

from mockpin.addresses import ADMIN
from mockpin.emulator.breakdowns import LOGGER, report_breakdown
from mockpin.emulator.emulator import Emulator
from mockpin.emulator.history.store_errors import StoreUnwritable
from mockpin.emulator.pipeline import answers
from mockpin.emulator.pipeline.context import RequestContext
from mockpin.emulator.pipeline.request_steps import read_body
from mockpin.web.admin import api as admin
from mockpin.web.admin.access import PRIVATE, Access, answer_problem
from mockpin.web.api import events as pinterest
from mockpin.web.api import other_routes, segment, tag
from mockpin.web.exchange import LenientRequest, receive_request, respond
from mockpin.web.pages import blueprint as pages
from mockpin.web.problems import Problem, StorageProblem

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as AnyResponse

    from mockpin.emulator.pipeline.answers import Answer
    from mockpin.emulator.settings.settings import Settings


#: HTTP status -> the reason that the log gives, where the status alone does not say enough.
REASONS = {404: "not-found", 405: "method", 413: "too-large"}


def create_app(settings: Settings | None = None, *, clock: Callable[[], float] = time.time) -> Flask:
    """Create an application whose emulator, in `app.extensions["mockpin"]`, keeps its history in memory.

    It has no ad account yet: `app.extensions["mockpin"].accounts.add("549755885175", "pina_...")`.
    """
    return build_app(Emulator(settings, clock=clock))


def build_app(
    emulator: Emulator, *, access: Access | None = None, destination: Mapping[str, Any] | None = None
) -> Flask:
    """Build the application of an emulator.

    `access` says who may use the admin API. `destination` is the JSON of a destination file, which says
    where Segment's events go.
    """
    app = Flask("mockpin.web", static_folder=None)
    app.request_class = LenientRequest
    app.extensions["mockpin"] = emulator
    app.config["MAX_CONTENT_LENGTH"] = emulator.settings.body_limit
    app.url_rule_class = LazyRoute
    app.url_map.strict_slashes = False
    app.url_map.merge_slashes = False
    app.before_request(partial(guard, access or Access()))
    app.register_blueprint(pinterest.make_blueprint(emulator))
    app.register_blueprint(other_routes.make_blueprint(emulator))
    app.register_blueprint(tag.make_blueprint(emulator))
    app.register_blueprint(tag.make_script_blueprint())
    app.register_blueprint(segment.make_blueprint(emulator, destination))
    app.register_blueprint(admin.make_blueprint(emulator))
    app.register_blueprint(pages.make_blueprint(emulator, destination))
    app.add_url_rule("/livez", "livez", answer_alive)
    app.add_url_rule("/readyz", "readyz", answer_alive)
    for path in ("/", f"{ADMIN}/"):
        app.add_url_rule(path, "home", redirect_to_pages)
    app.register_error_handler(Problem, answer_problem)
    app.register_error_handler(StoreUnwritable, answer_unwritable_store)
    app.register_error_handler(HTTPException, lambda error: refuse(emulator, error))
    app.register_error_handler(Exception, lambda error: answer_breakdown(emulator, error))
    return app


def guard(access: Access) -> None:
    """Refuse a request to the admin API or the pages that `access` does not allow."""
    if request.path.startswith(ADMIN):
        access.check()


def answer_alive() -> Response:
    """Answer 200: the server is alive and ready as soon as it listens."""
    return Response("ok\n", headers=PRIVATE, content_type="text/plain")


def redirect_to_pages() -> AnyResponse:
    """Redirect a browser that opens the server's address to the pages."""
    return redirect(f"{ADMIN}/ui")


def refuse(emulator: Emulator, error: HTTPException) -> AnyResponse:
    """Answer an HTTP error in the shape of Pinterest's API, and record it; the admin API has its own shape.

    The body is kept, masked: a request that missed the events endpoint shows which events were lost.
    """
    if f"{request.path}/".startswith(f"{ADMIN}/"):
        return answer_problem(admin.explain_error(error))
    context = RequestContext(receive_request(), ad_account_id="", reason=REASONS.get(error.code or 0))
    read_body(emulator.settings.body_limit, context)
    answer = emulator.record(context, choose_answer(error, emulator))
    return respond(answer.with_headers(list_allowed_methods(error)))


def answer_unwritable_store(failed: StoreUnwritable) -> AnyResponse:
    """Answer 507 to an admin request that could not be written to the store."""
    LOGGER.error("%s", failed)
    return answer_problem(StorageProblem(str(failed)))


def answer_breakdown(emulator: Emulator, error: Exception) -> AnyResponse:
    """Answer 500 to an error of mockpin itself. It is logged in one line, because Flask would log values."""
    report_breakdown(error)
    return refuse(emulator, InternalServerError())


def choose_answer(error: HTTPException, emulator: Emulator) -> Answer:
    """Return Pinterest's answer for an error's status; any other status becomes 400."""
    known: Mapping[int | None, Callable[[], Answer]] = {
        HTTPStatus.NOT_FOUND: answers.not_found,
        HTTPStatus.METHOD_NOT_ALLOWED: answers.method_not_allowed,
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE: partial(answers.too_large, emulator.settings.body_limit),
        HTTPStatus.INTERNAL_SERVER_ERROR: answers.broken,
    }
    return known.get(error.code, partial(answers.invalid, error.name))()


def list_allowed_methods(error: HTTPException) -> list[tuple[str, str]]:
    """Return the Allow header of a 405; no header for another error."""
    methods = getattr(error, "valid_methods", None)
    return [("Allow", ", ".join(sorted(methods)))] if methods else []


class LazyRoute(Rule):
    """A route that compiles its URL builder when the first URL is built.

    Werkzeug compiles it when the route is added, which takes most of an application's start. If Werkzeug
    renames this private method, the only effect is that it compiles early again.
    """

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:  # noqa: FBT001, FBT002 - werkzeug's signature
        compile_now = cache(partial(super()._compile_builder, append_unknown))

        def build(route: LazyRoute, **values: object) -> tuple[str, str]:
            return compile_now()(route, **values)

        return build
