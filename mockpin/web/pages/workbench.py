"""The page of the workbench: it judges a pasted document, sends it, hashes a value, or explains a hash.

A pasted document is not stored, and the page that answers does not repeat it: with JavaScript it stays
in its field, and without JavaScript the browser's history would contain a page with personal data.
"""

from __future__ import annotations

import json
from contextlib import closing, nullcontext
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from flask import request

from mockpin.emulator.masking.events import HASHED_KEYS
from mockpin.web.pages.content.documents import DocumentUnreadable
from mockpin.web.pages.content.hash_steps import find_hash_reason, hash_step_by_step
from mockpin.web.pages.content.inspection import MATCH_KEYS
from mockpin.web.pages.content.trial import SentDocument, send_document
from mockpin.web.pages.content.workbench import PROFILES, DocumentJudge
from mockpin.web.pages.frame import read_number, render
from mockpin.web.pages.requests import find_exchange

if TYPE_CHECKING:
    from flask import Response

    from mockpin.web.pages.frame import Site

HASHED = {key: meaning for key, meaning in MATCH_KEYS.items() if key in HASHED_KEYS}


def show_workbench(site: Site) -> Response:
    """Show the workbench: empty, or with a masked event or request of the history."""
    return _render(site, document=_find_document(site))


def examine_document(site: Site) -> Response:
    """Judge the pasted, dropped or uploaded document."""
    profile = request.form.get("profile", PROFILES[0])
    judge = DocumentJudge(
        site.emulator.clock(), site.emulator.settings.policy, profile if profile in PROFILES else PROFILES[0]
    )
    try:
        return _render(site, examination=judge.examine(_read_document()))
    except DocumentUnreadable as error:
        problem = {"problem": str(error), "drawing": error.drawing}
        return _render(site, status=error.status, examination=problem)


def send_to_emulator(site: Site) -> Response:
    """Send the pasted document to an ad account of this server, as a sender would."""
    account = request.form.get("ad_account_id") or next(iter(site.accounts), "")
    try:
        sent = send_document(
            site.emulator, _read_document(), ad_account_id=account, token=site.workbench_token
        )
    except DocumentUnreadable as error:
        return _render(site, status=error.status, sent=SentDocument(problem=str(error)))
    return _render(site, sent=sent)


def hash_value(site: Site) -> Response:
    """Show the hash to send for a value of a match key, step by step."""
    return _render(
        site, hashing=hash_step_by_step(request.form.get("key", ""), request.form.get("value", ""))
    )


def explain_hash_of(site: Site) -> Response:
    """Show how a hash was made."""
    key, sha256, plain = (request.form.get(name, "") for name in ("key", "hash", "plain"))
    return _render(site, explanation=find_hash_reason(key, sha256, plain))


def _read_document() -> bytes | str:
    file = request.files.get("file")
    with closing(file) if file else nullcontext():  # a large one is a temporary file
        uploaded = file.read() if file else b""
    return uploaded or request.form.get("document", "")


def _find_document(site: Site) -> str:
    """Return the payload of `?event=`, or the body of `?request=`; empty without either."""
    if (seq := read_number("event")) is not None:
        row = site.emulator.store.event(seq)
        return _write(row.to_dict()["payload"]) if row else ""
    if (number := read_number("request")) is not None:
        exchange = find_exchange(site, number)
        calls = exchange.segment_calls if exchange else ()
        body = [call["event"] for call in calls] if calls else exchange.body if exchange else None
        return _write(body[0] if isinstance(body, list) and len(body) == 1 else body) if body else ""
    return ""


def _write(document: Any) -> str:
    return json.dumps(document, ensure_ascii=False, indent=2)


def _render(site: Site, *, status: int = HTTPStatus.OK, **context: Any) -> Response:
    page = render("workbench.html", profiles=PROFILES, match_keys=HASHED, accounts=site.accounts, **context)
    page.status_code = status
    return page
