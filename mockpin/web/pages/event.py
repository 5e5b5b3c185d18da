"""The page of one event: verdict, payload with findings, match keys, origin, request and answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from flask import request

from mockpin.web.pages.content.annotation import annotate
from mockpin.web.pages.content.copying import FORMS
from mockpin.web.pages.content.inspection import Inspection, inspect
from mockpin.web.pages.content.outcomes import summarize_outcome
from mockpin.web.pages.content.paging import find_newer, find_older, name_fault
from mockpin.web.pages.content.search import parse_query
from mockpin.web.pages.content.segment_origin import find_origin
from mockpin.web.pages.content.tag_copying import TAG_FORMS
from mockpin.web.pages.frame import find_api_uri, render, render_missing
from mockpin.web.pages.requests import find_exchange
from mockpin_validator.judging.finding import SEVERITIES

if TYPE_CHECKING:
    from flask import Response

    from mockpin.web.pages.content.annotation import Note
    from mockpin.web.pages.frame import Site

    Record = Mapping[str, Any]


#: Lines of the request's body on an event's page. The request's page shows more.
MAX_BODY_LINES = 150


def show_event(site: Site, seq: int) -> Response:
    """Show one event; 404 if it is not in the history, or no longer."""
    row = site.emulator.store.event(seq)
    if row is None:
        return render_missing(
            f"There is no event {seq}", "It was never received, was reset, or made room for newer ones."
        )
    record = name_fault(row.to_dict(), site.emulator.store.faulted_exchanges())
    query = parse_query(request.args.get("q", ""), now=site.emulator.clock())
    if row.test and not query.test:  # only a search for test requests finds such an event
        query = query.switch("test")
    exchange = find_exchange(site, int(record["request_id"]))
    inspection = inspect(record, ldp_states=site.emulator.settings.ldp_states)
    forms = TAG_FORMS if record["source"] == "tag" else FORMS
    return render(
        "event.html",
        record=record,
        query=str(query),
        newer=find_newer(site.emulator.store, query, seq),
        older=find_older(site.emulator.store, query, seq),
        first=_find_first(site, record),
        inspection=inspection,
        outcome=summarize_outcome(record),
        findings=tuple(_order_findings(inspection)),
        key_groups=tuple(_group_keys(inspection)),
        origin=find_origin(site.emulator.store, record, site.mappings),
        exchange=exchange,
        shadow=site.emulator.store.shadow_of(row),
        body_lines=annotate(exchange.body, most=MAX_BODY_LINES) if exchange else (),
        answer_lines=annotate(exchange.answer, most=MAX_BODY_LINES) if exchange else (),
        copies=[(name, write(record, find_api_uri())) for name, write in forms.items()],
    )


def _find_first(site: Site, record: Record) -> Record | None:
    first = record["duplicate_of"]
    row = site.emulator.store.event(first) if first is not None else None
    return row.to_dict() if row else None


def _order_findings(inspection: Inspection) -> Iterator[tuple[Note, int]]:
    """Yield the findings and the numbers of their lines, the gravest first."""
    notes = [(note, line.number) for line in inspection.lines for note in line.notes]
    for severity in SEVERITIES:
        yield from ((note, number) for note, number in notes if note.kind == severity)


def _group_keys(inspection: Inspection) -> Iterator[tuple[str, list[Any]]]:
    keys = inspection.match_keys
    missing = [key for key in keys if key.state == "missing"]
    yield "Present", [key for key in keys if key.state == "fits"]
    yield "Present, but matches nobody", [key for key in keys if key.state == "ignored"]
    yield "Missing, and recommended", [key for key in missing if key.recommended]
    yield "Missing", [key for key in missing if not key.recommended]
