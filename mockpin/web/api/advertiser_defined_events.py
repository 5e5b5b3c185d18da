"""Pinterest's endpoints of events that an advertiser defines: list, create, change and delete.

Listing is as OpenAPI 5.23 has it, the rest as 5.28 has it (read from the package pinterestsdk 2.1.0): each
name gets a record of its own, `success` or `failure`. The sentences of failures are mockpin's own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from mockpin.emulator.conversion_setup import DefinitionRefused
from mockpin.emulator.event_names import STANDARD
from mockpin.emulator.pipeline import answers
from mockpin.emulator.pipeline.context import Refused
from mockpin.web.api.documents import answer_with, require_document
from mockpin_validator.contract.names import fold
from mockpin_validator.rules.event_name import ADVERTISER_DEFINED_FORM

if TYPE_CHECKING:
    from mockpin.emulator.emulator import Emulator
    from mockpin.emulator.pipeline.answers import Answer
    from mockpin.emulator.pipeline.context import RequestContext

MAX_NAME_LENGTH = 100
#: What an event can be mapped to: types that campaigns can be optimized for.
CONVERSION_TYPES = (
    "SIGNUP", "ADD_TO_CART", "LEAD", "CHECKOUT", "SUBSCRIBE", "ADD_TO_WISHLIST", "ADD_PAYMENT_INFO",
    "INITIATE_CHECKOUT", "CONTACT", "CUSTOMIZE_PRODUCT", "FIND_LOCATION", "SCHEDULE", "SUBMIT_APPLICATION",
    "START_TRIAL", "PAGE_VISIT", "VIEW_CATEGORY", "VIEW_CONTENT", "SEARCH", "WATCH_VIDEO",
)  # fmt: skip
DEFINITIONS: Mapping[str, Any] = {
    "type": "object",
    "required": ["items"],
    "properties": {
        "items": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["name", "mapped_conversion_type"],
                "properties": {
                    "name": {"type": "string"},
                    "mapped_conversion_type": {"enum": list(CONVERSION_TYPES)},
                },
            },
        },
    },
}


def list_events(emulator: Emulator, context: RequestContext) -> Answer:
    """List the defined names with their types, then the other non-standard names that were received."""
    mapped = emulator.accounts.setup.events_of(context.ad_account_id)
    names = emulator.store.sent_names(context.ad_account_id)
    received = [name for name in names if fold(name) not in STANDARD and len(name) <= MAX_NAME_LENGTH]
    items = [
        {"name": name, "mapped_conversion_type": mapped.get(name)}
        for name in dict.fromkeys((*mapped, *received))
    ]
    return answer_with({"items": items})


def create_events(emulator: Emulator, context: RequestContext) -> Answer:
    """Define names. A name that is already defined, or not allowed, fails without the others."""
    return _define(context, emulator.accounts.setup.define_event)


def change_events(emulator: Emulator, context: RequestContext) -> Answer:
    """Map defined names to other types. A name that is not defined fails without the others."""
    return _define(context, emulator.accounts.setup.change_event)


def delete_events(emulator: Emulator, context: RequestContext) -> Answer:
    """Forget the names in `event_names`, separated by commas or in several parameters."""
    sent = [value for name, value in parse_qsl(context.request.query) if name == "event_names"]
    names = [name for value in sent for name in value.split(",") if name]
    if not names:
        raise Refused(answers.invalid("'event_names' is a required property"), "query")
    delete = emulator.accounts.setup.delete_event
    return _answer_results((name, partial(delete, context.ad_account_id, name)) for name in names)


def _define(context: RequestContext, define: Callable[[str, str, str], None]) -> Answer:
    items = require_document(context, DEFINITIONS)["items"]
    define_here = partial(_define_one, partial(define, context.ad_account_id))
    return _answer_results(
        (item["name"], partial(define_here, item["name"], item["mapped_conversion_type"])) for item in items
    )


def _define_one(define: Callable[[str, str], None], name: str, conversion_type: str) -> None:
    if not ADVERTISER_DEFINED_FORM.fullmatch(name):
        raise DefinitionRefused("A name has 1 to 100 letters, digits, underscores and dashes.")
    if fold(name) in STANDARD:
        raise DefinitionRefused(f"{name} is a standard event name.")
    define(name, conversion_type)


def _answer_results(operations: Iterable[tuple[str, Callable[[], None]]]) -> Answer:
    """Run the operations and answer 200 with the result for each name."""
    return answer_with({"items": [_describe_result(name, operation) for name, operation in operations]})


def _describe_result(name: str, operation: Callable[[], None]) -> dict[str, Any]:
    try:
        operation()
    except DefinitionRefused as refused:
        return {"name": name, "status": "failure", "exceptions": [str(refused)]}
    return {"name": name, "status": "success", "exceptions": []}
