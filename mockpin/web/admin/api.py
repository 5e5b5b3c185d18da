"""The admin API at `/__mockpin`: its operations on one emulator, strict about what they take."""

from __future__ import annotations

from collections import defaultdict
from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import orjson
from flask import Blueprint, Response, request
from werkzeug import exceptions

from mockpin.addresses import ADMIN
from mockpin.version import __version__
from mockpin.web.admin.access import PRIVATE
from mockpin.web.admin.openapi import PARAMETER, describe_operations
from mockpin.web.admin.operations import Operation, read_call
from mockpin.web.admin.table import OPERATIONS
from mockpin.web.problems import BadRequest, Broken, MethodNotAllowed, NotFound

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from werkzeug.exceptions import HTTPException

    from mockpin.emulator.emulator import Emulator
    from mockpin.web.admin.operations import Call
    from mockpin.web.problems import Problem

NOTHING = f"There is nothing here; {ADMIN}/openapi.json lists what there is."
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "TRACE")
JSON = "application/json"
# Path parameters are numbers but for these.
CONVERTER = {"ad_account_id": "string"}


def make_blueprint(emulator: Emulator) -> Blueprint:
    """The routes on one emulator."""
    routes = Blueprint("admin", __name__, url_prefix=ADMIN)
    for number, (path, methods) in enumerate(group(ALL).items()):
        view = partial(serve, emulator, methods)
        routes.add_url_rule(route(path), str(number), view, methods=METHODS)
    routes.add_url_rule("/<path:_>", "missing", refuse, methods=METHODS)
    return routes


def group(operations: Iterable[Operation]) -> dict[str, dict[str, Operation]]:
    """The operations by path and method."""
    paths: dict[str, dict[str, Operation]] = defaultdict(dict)
    for each in operations:
        paths[each.path][each.method] = each
    return paths


def describe(_emulator: Emulator, _call: Call) -> dict[str, Any]:
    """This API, as an OpenAPI document."""
    return describe_operations(ALL, prefix=ADMIN, version=__version__)


ALL: Sequence[Operation] = (*OPERATIONS, Operation("GET", "/openapi.json", describe))


def route(path: str) -> str:
    """The path as Flask writes it: `/accounts/{ad_account_id}` is `/accounts/<string:ad_account_id>`."""
    return PARAMETER.sub(lambda found: f"<{CONVERTER.get(found[1], 'int')}:{found[1]}>", path)


def serve(emulator: Emulator, methods: Mapping[str, Operation], **path: Any) -> Response:
    """Check the request, do what it asks for, and answer."""
    operation = methods.get("GET" if request.method == "HEAD" else request.method)
    if operation is None:
        raise MethodNotAllowed(allowed=tuple(methods))
    query = list(request.args.items(multi=True))
    call = read_call(operation, path=path, query=query, body=request.get_data(cache=False))
    answer = operation.handle(emulator, call)
    body = orjson.dumps(answer) if operation.content_type == JSON else answer
    return Response(body, headers=PRIVATE, content_type=operation.content_type)


def refuse(_: str) -> Response:
    """There is nothing at this path."""
    raise NotFound(NOTHING)


def explain(error: HTTPException) -> Problem:
    """An error of HTTP, met before any operation, as this API tells it."""
    if error.code == HTTPStatus.NOT_FOUND:
        return NotFound(NOTHING)
    if isinstance(error, exceptions.MethodNotAllowed):
        return MethodNotAllowed(allowed=tuple(sorted(error.valid_methods or ())))
    if error.code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        return BadRequest("The body is larger than this server takes; start it with a larger --body-limit.")
    if error.code == HTTPStatus.INTERNAL_SERVER_ERROR:
        return Broken("Something went wrong in mockpin itself; its log says where.")
    return BadRequest(f"The request cannot be read: {error.name}.")
