"""The event id, by which Pinterest recognizes duplicates."""

import re
from collections.abc import Iterator
from typing import Final

from mockpin_validator.judging.clean_schemas import fields, has, without
from mockpin_validator.judging.context import Context, Event, has_event_id
from mockpin_validator.judging.evidence import OPENAPI, OPENAPI_INFERRED, OUR_ADVICE, SAME_ID
from mockpin_validator.judging.finding import Complaint
from mockpin_validator.judging.policy import verdict_of
from mockpin_validator.judging.rule import MISTAKE, rule

#: What programs write for a value that is not there, and templates without their values.
_NOTHING: Final = (
    r"^[ \t\r\n]*(?:[Uu]ndefined|UNDEFINED|[Nn]ull|NULL|[Nn]one|NONE|NaN|nan|\[object [A-Za-z]+\]"
    r"|\{\{[^{}]*\}\}|\$\{[^{}]*\}|%[sd])[ \t\r\n]*$"
)
_IS_NOTHING: Final = re.compile(_NOTHING)


@rule(MISTAKE, OPENAPI, clean=has("event_id", asked={"pattern": "[!-~]"}))
def event_id_blank(event: Event, context: Context) -> Iterator[Complaint]:
    """The event has an id; without one Pinterest cannot recognize it as a duplicate of the tag's event."""
    missing = "event_id" not in event  # the schema refuses it unless the policy says otherwise
    if missing or not has_event_id(event):
        yield Complaint(
            "" if missing else "/event_id",
            f"The event id is {'missing' if missing else 'blank'}: "
            "Pinterest cannot deduplicate the event and may count it twice.",
            "Send the id that the Pinterest tag sends for the same event.",
            verdict=verdict_of(context.policy.event_id_missing) if missing else None,
            evidence=OPENAPI_INFERRED if missing else None,
        )


def _has_own_ids(_event: Event, context: Context) -> bool:
    """Whether every event of the batch has its own id."""
    return not context.batch.repeated and not context.batch.constant_event_id


@rule(MISTAKE, SAME_ID, quiet=_has_own_ids)
def event_id_duplicated(event: Event, context: Context) -> Iterator[Complaint]:
    """No two events of a batch share both name and id. Batches are not compared with each other."""
    times = context.batch.times(event)
    if times > 1 and not context.batch.constant_event_id:
        yield Complaint(
            "/event_id",
            f"{times} events of this batch share this name and id: Pinterest probably counts one of them.",
            "Give every event its own id.",
        )


@rule(MISTAKE, OUR_ADVICE, quiet=_has_own_ids)
def event_id_constant(event: Event, context: Context) -> Iterator[Complaint]:
    """The events of a batch, or five or more events of one name in a file, do not all have the same id."""
    if context.batch.constant_event_id and has_event_id(event):
        yield complain_about_constant_id(f"{context.batch.size} events of this batch")


def complain_about_constant_id(events: str) -> Complaint:
    """Build the complaint that these events all have the same id."""
    return Complaint(
        "/event_id",
        f"All {events} have the same id.",
        "Create a new id for each event when it happens.",
    )


_GIVEN: Final = without(_NOTHING)


@rule(
    MISTAKE,
    OUR_ADVICE,
    clean=fields({
        "event_id": _GIVEN,
        "custom_data.order_id": _GIVEN,
        "custom_data.content_ids[]": _GIVEN,
        "custom_data.contents[].id": _GIVEN,
    }),
)  # fmt: skip
def id_of_nothing(event: Event, _: Context) -> Iterator[Complaint]:
    """No id of an event, order or product is a word such as undefined, or a template without its value."""
    for path, name, value in _ids(event):
        if isinstance(value, str) and _IS_NOTHING.search(value):
            yield Complaint(
                path,
                f"This {name} is a word such as undefined, or a template without its value: "
                "all that lack an id have the same one.",
                f"Find why the {name} is not there, and send the right one.",
            )


def _ids(event: Event) -> Iterator[tuple[str, str, object]]:
    """Yield the ids of the event, its order and its products as (path, name, value)."""
    about = event.get("custom_data", {})
    yield "/event_id", "event_id", event.get("event_id")
    yield "/custom_data/order_id", "order_id", about.get("order_id")
    for index, value in enumerate(about.get("content_ids") or ()):
        yield f"/custom_data/content_ids/{index}", "product id", value
    for index, product in enumerate(about.get("contents") or ()):
        yield f"/custom_data/contents/{index}/id", "product id", product.get("id")


RULES: Final = (event_id_blank, event_id_duplicated, event_id_constant, id_of_nothing)
