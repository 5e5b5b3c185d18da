"""The routes of the admin API at `/__mockpin`. Undocumented parameters and fields are refused."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import orjson
from flask import Blueprint, Response, request
from werkzeug import exceptions

from mockpin.addresses import ADMIN, NEXT_HEADER
from mockpin.version import __version__
from mockpin.web.admin.access import PRIVATE
from mockpin.web.admin.openapi import PARAMETER, describe_operations
from mockpin.web.admin.operations import Operation, read_call
from mockpin.web.admin.table import OPERATIONS
from mockpin.web.problems import BadRequest, InternalProblem, MethodNotAllowed, NotFound

if TYPE_CHECKING:
    from werkzeug.exceptions import HTTPException

    from mockpin.emulator.emulator import Emulator
    from mockpin.web.admin.operations import Call
    from mockpin.web.problems import Problem

NOT_FOUND = f"There is nothing here; {ADMIN}/openapi.json lists what there is."
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "TRACE")
JSON = "application/json"
#: Flask's converters for the path parameters that are not numbers.
CONVERTER = {"ad_account_id": "string"}


def make_blueprint(emulator: Emulator) -> Blueprint:
    """Return the routes on one emulator."""
    routes = Blueprint("admin", __name__, url_prefix=ADMIN)
    for number, (path, methods) in enumerate(group_by_path(ALL_OPERATIONS).items()):
        view = partial(serve, emulator, methods)
        # Flask writes `/accounts/{ad_account_id}` as `/accounts/<string:ad_account_id>`.
        rule = PARAMETER.sub(lambda match: f"<{CONVERTER.get(match[1], 'int')}:{match[1]}>", path)
        routes.add_url_rule(rule, str(number), view, methods=METHODS)
    routes.add_url_rule("/<path:_>", "missing", refuse_unknown_path, methods=METHODS)
    return routes


def group_by_path(operations: Iterable[Operation]) -> dict[str, dict[str, Operation]]:
    """The operations by path and method."""
    paths: dict[str, dict[str, Operation]] = defaultdict(dict)
    for operation in operations:
        paths[operation.path][operation.method] = operation
    return paths


def describe_api(_emulator: Emulator, _call: Call) -> dict[str, Any]:
    """Return this API as an OpenAPI document."""
    return describe_operations(ALL_OPERATIONS, prefix=ADMIN, version=__version__)


ALL_OPERATIONS: Sequence[Operation] = (*OPERATIONS, Operation("GET", "/openapi.json", describe_api))


def serve(emulator: Emulator, methods: Mapping[str, Operation], **path: Any) -> Response:
    """Check a request, carry out its operation, and answer."""
    operation = methods.get("GET" if request.method == "HEAD" else request.method)
    if operation is None:
        raise MethodNotAllowed(allowed=tuple(methods))
    query = list(request.args.items(multi=True))
    call = read_call(operation, path=path, query=query, body=request.get_data(cache=False))
    answer = operation.handle(emulator, call)
    body = orjson.dumps(answer) if operation.content_type == JSON else answer
    headers = {**PRIVATE, **find_next_page(answer, call)}
    return Response(body, headers=headers, content_type=operation.content_type)


def find_next_page(answer: Any, call: Call) -> dict[str, str]:
    """A header with the `next` of a full page, for clients that ask on before they have parsed the page."""
    if "limit" not in call.query:
        return {}
    records, following = answer.values()
    return {NEXT_HEADER: str(following)} if len(records) == call.query["limit"] else {}


def refuse_unknown_path(_: str) -> Response:
    """Raise NotFound for a path without an operation."""
    raise NotFound(NOT_FOUND)


def explain_error(error: HTTPException) -> Problem:
    """Return the problem for an HTTP error that was raised before any operation."""
    if error.code == HTTPStatus.NOT_FOUND:
        return NotFound(NOT_FOUND)
    if isinstance(error, exceptions.MethodNotAllowed):
        return MethodNotAllowed(allowed=tuple(sorted(error.valid_methods or ())))
    if error.code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        return BadRequest("The body is larger than this server takes; start it with a larger --body-limit.")
    if error.code == HTTPStatus.INTERNAL_SERVER_ERROR:
        return InternalProblem("mockpin itself failed; its log says where.")
    return BadRequest(f"The request cannot be read: {error.name}.")
