"""The workbench: a document, a value or a hash goes in, what is to be said about it comes out.

Nothing is kept, and what was pasted is not put back into the page that answers: with JavaScript it never
left its field, and without it a page with somebody's plain text in it would lie in the browser's history.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import request

from mockpin.emulator.masking.events import HASHED_KEYS
from mockpin.web.pages.content.documents import DocumentUnreadable
from mockpin.web.pages.content.hash_steps import find_hash_reason, hash_step_by_step
from mockpin.web.pages.content.inspection import MATCH_KEYS
from mockpin.web.pages.content.workbench import PROFILES, Bench
from mockpin.web.pages.frame import render

if TYPE_CHECKING:
    from flask import Response

    from mockpin.web.pages.frame import Site

HASHED = {key: meaning for key, meaning in MATCH_KEYS.items() if key in HASHED_KEYS}


def show_workbench(_site: Site) -> Response:
    """The empty workbench."""
    return _render()


def examine_document(site: Site) -> Response:
    """Judge what was pasted, dropped or uploaded."""
    profile = request.form.get("profile", PROFILES[0])
    bench = Bench(
        site.emulator.clock(), site.emulator.settings.policy, profile if profile in PROFILES else PROFILES[0]
    )
    file = request.files.get("file")
    document = file.read() if file else b""
    try:
        return _render(examination=bench.examine(document or request.form.get("document", "")))
    except DocumentUnreadable as error:
        return _render(examination={"problem": str(error), "drawing": error.drawing})


def hash_value(_site: Site) -> Response:
    """What to send for a value of a match key, step by step."""
    return _render(hashing=hash_step_by_step(request.form.get("key", ""), request.form.get("value", "")))


def explain_hash_of(_site: Site) -> Response:
    """Which recipe gives a hash."""
    asked = (request.form.get(name, "") for name in ("key", "hash", "plain"))
    return _render(explanation=find_hash_reason(*asked))


def _render(**context: Any) -> Response:
    return render("workbench.html", profiles=PROFILES, match_keys=HASHED, **context)
