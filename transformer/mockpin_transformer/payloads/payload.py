"""Reads the fields of the action from a resolved mapping."""

from typing import Final

from mockpin_transformer.errors import PayloadInvalid
from mockpin_transformer.js import JSON, UNDEFINED
from mockpin_transformer.payloads.coercion import clean_root, compile_object
from mockpin_transformer.payloads.fields import FIELDS
from mockpin_transformer.payloads.place import PayloadProblem, Problems
from mockpin_transformer.payloads.schema import Field
from mockpin_transformer.payloads.sentences import CONDITION_UNMET, missing

_COERCE: Final = compile_object(Field("", "object", members=FIELDS), clean=clean_root)
_REQUIRED: Final = tuple(field.name for field in FIELDS if field.required)
# Before every field, which count from 0.
_CONDITION, _MISSING = (-2,), (-1,)


def read_payload(resolved: dict[str, JSON]) -> dict[str, JSON]:
    """The fields by name, cleaned and coerced, in the order they came; PayloadInvalid with every sentence."""
    problems: Problems = []
    payload: dict[str, JSON] = _COERCE(resolved, problems)
    problems += [
        PayloadProblem(_MISSING, missing(name), f"/{name}") for name in _REQUIRED if name not in payload
    ]
    if "app_name" not in payload and _is_legacy(resolved.get("data_format")):
        problems += [
            PayloadProblem(_CONDITION, missing("app_name"), "/app_name"),
            PayloadProblem(_CONDITION, CONDITION_UNMET, "/data_format"),
        ]
    if problems:
        problems.sort(key=lambda problem: problem.order)
        raise PayloadInvalid(
            tuple(problem.sentence for problem in problems), tuple(problem.pointer for problem in problems)
        )
    return payload


def _is_legacy(data_format: JSON) -> bool:
    """Asked before coercion: `["legacy"]` becomes legacy too late to need an app name."""
    return data_format in (None, "", UNDEFINED, "legacy")
