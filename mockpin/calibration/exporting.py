"""Disagreements of shadow mode as new probes: files of the form of `fixtures/probes`."""

from collections.abc import Mapping
from typing import Any

from mockpin.calibration.probes import BASE_EVENT

#: Where exported probes come among the others: behind them.
EXPORTED_ORDER = 1000
#: Events of a request that one probe asks about.
MAX_EVENTS = 20


def export_probe(request: Mapping[str, Any]) -> dict[str, Any]:
    """The probe that asks about a request of the admin API, one with a `shadow`.

    It holds the events that were judged otherwise, or the first twenty where only the status differs; they
    are masked as the history has them. What is not an object cannot be asked about and is left out.
    """
    differing = [disagreement["index"] for disagreement in request["shadow"]["disagreements"]]
    data = request["body"].get("data")
    events = data if isinstance(data, list) else []
    chosen = range(len(events))[:MAX_EVENTS] if None in differing else differing
    return {
        "order": EXPORTED_ORDER + int(request["id"]),
        "question": f"What do the events of request {request['id']} of shadow mode get?",
        "about": "Exported from shadow mode. Plain text is masked, and is plain text still.",
        "settings": [],
        "reading": "verdicts",
        "events": [
            describe_event(events[index], request["received_at"])
            for index in chosen
            if isinstance(events[index], Mapping)
        ],
    }


def describe_event(event: Mapping[str, Any], received_at: float) -> dict[str, Any]:
    """An event as changes of the base event, and its age when it was received.

    A time that is not a number is one of the changes.
    """
    own = {name: value for name, value in event.items() if name not in ("event_time", "event_id")}
    moment = event.get("event_time", received_at)
    if not isinstance(moment, int | float):
        return {"changes": {**find_changes(BASE_EVENT, own), "event_time": moment}}
    age = received_at - moment
    when = {"age": round(age)} if age >= 0 else {"ahead": round(-age)}
    return {"changes": find_changes(BASE_EVENT, own), **when}


def find_changes(below: Mapping[str, Any], event: Mapping[str, Any]) -> dict[str, Any]:
    """What `lay_over` needs to make the event from what is below: null for a field to be removed."""
    changes: dict[str, Any] = {name: None for name in below if name not in event}
    for name, value in event.items():
        if isinstance(value, Mapping) and isinstance(below.get(name), Mapping):
            changes[name] = find_changes(below[name], value)
        elif value != below.get(name):
            changes[name] = value
    return changes
