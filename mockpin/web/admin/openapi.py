"""The admin API's OpenAPI document, written from the table of its operations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from mockpin.web.admin.answer_schemas import PROBLEM
from mockpin.web.admin.schemas import PATH_PARAMETERS

if TYPE_CHECKING:
    from mockpin.web.admin.operations import Operation

_WORD = re.compile(r"[a-z_]+")
PARAMETER = re.compile(r"{(\w+)}")


def describe_operations(operations: Iterable[Operation], *, prefix: str, version: str) -> dict[str, Any]:
    """Return the OpenAPI 3.1 document of the operations, which are served under the prefix."""
    paths: dict[str, dict[str, Any]] = {}
    for operation in operations:
        paths.setdefault(prefix + operation.path, {})[operation.method.lower()] = _describe(operation)
    return {
        "openapi": "3.1.0",
        "info": {"title": "mockpin admin API", "version": version, "license": {"name": "MIT"}},
        "paths": paths,
        "components": {"schemas": {"Problem": PROBLEM}},
    }


def _describe(operation: Operation) -> dict[str, Any]:
    body = {"requestBody": {"required": True, "content": _json(operation.body)}} if operation.body else {}
    return {
        "operationId": _make_operation_id(operation),
        "summary": operation.summary,
        "parameters": [*_describe_parameters(operation)],
        **body,
        "responses": {
            "200": {
                "description": operation.summary,
                "content": {operation.content_type: {"schema": operation.answer}},
            },
            "default": {
                "description": "A problem: RFC 9457.",
                "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
            },
        },
    }


def _describe_parameters(operation: Operation) -> Iterator[dict[str, Any]]:
    for name in PARAMETER.findall(operation.path):
        yield {"name": name, "in": "path", "required": True, "schema": PATH_PARAMETERS[name]}
    for name, schema in operation.query.items():
        yield {"name": name, "in": "query", "required": False, "schema": schema}


def _make_operation_id(operation: Operation) -> str:
    words = _WORD.findall(operation.path.replace("{", "by_"))
    return "_".join([operation.method.lower(), *words])


def _json(schema: Mapping[str, Any]) -> dict[str, Any]:
    return {"application/json": {"schema": schema}}
