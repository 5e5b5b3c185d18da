"""The page of one event: verdict, payload with findings, what it lacks, its origin, request and answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import orjson
from flask import request

from mockpin.annotation import Line, annotate
from mockpin.copying import FORMS
from mockpin.inspection import Inspection, inspect
from mockpin.paging import find_newer, find_older
from mockpin.search import parse_query
from mockpin.web.pages_frame import find_api_uri, render, render_missing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from flask import Response

    from mockpin.annotation import Note
    from mockpin.emulator import Emulator

    Record = Mapping[str, Any]


@dataclass(frozen=True)
class ShownExchange:
    """A request and its answer as they are shown."""

    id: str
    method: str
    target: str
    status: int
    milliseconds: float
    headers: tuple[tuple[str, str], ...]
    answer_headers: tuple[tuple[str, str], ...]
    body_lines: tuple[Line, ...]
    answer_lines: tuple[Line, ...]


def show_event(emulator: Emulator, seq: int) -> Response:
    """One event; 404 when it is not, or no longer, in the history."""
    row = emulator.store.event(seq)
    if row is None:
        return render_missing(
            f"There is no event {seq}", "It was never received, was reset, or made room for newer ones."
        )
    record = row.to_dict()
    query = parse_query(request.args.get("q", ""))
    inspection = inspect(record, ldp_states=emulator.settings.ldp_states)
    return render(
        "event.html",
        record=record,
        query=str(query),
        newer=find_newer(emulator.store, query, seq),
        older=find_older(emulator.store, query, seq),
        first=_find_first(emulator, record),
        inspection=inspection,
        findings=tuple(_order_findings(inspection)),
        key_groups=tuple(_group_keys(inspection)),
        exchange=_find_exchange(emulator, record),
        copies=[(name, write(record, find_api_uri())) for name, write in FORMS.items()],
    )


def _find_first(emulator: Emulator, record: Record) -> Record | None:
    first = record["duplicate_of"]
    row = emulator.store.event(first) if first is not None else None
    return row.to_dict() if row else None


def _order_findings(inspection: Inspection) -> Iterator[tuple[Note, int]]:
    """Findings and their lines, the gravest first."""
    found = [(note, line.number) for line in inspection.lines for note in line.notes]
    for severity in ("error", "warning", "info"):
        yield from ((note, number) for note, number in found if note.kind == severity)


def _group_keys(inspection: Inspection) -> Iterator[tuple[str, list[Any]]]:
    keys = inspection.match_keys
    yield "Present", [key for key in keys if key.present]
    yield "Missing, and recommended", [key for key in keys if key.recommended and not key.present]
    yield "Missing", [key for key in keys if not key.recommended and not key.present]


def _find_exchange(emulator: Emulator, record: Record) -> ShownExchange | None:
    row = emulator.store.exchange(int(record["request_id"]))
    return _show(emulator.store.describe(row)) if row else None


def _show(exchange: Record) -> ShownExchange:
    query = urlencode(exchange["query"])
    return ShownExchange(
        id=exchange["id"],
        method=exchange["method"],
        target=exchange["path"] + (f"?{query}" if query else ""),
        status=exchange["status"],
        milliseconds=exchange["milliseconds"],
        headers=tuple(exchange["headers"].items()),
        answer_headers=tuple(exchange["answer_headers"].items()),
        body_lines=annotate(exchange["body"]),
        answer_lines=annotate(_read(exchange["answer"])),
    )


def _read(text: str) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return text
