"""The page of the controls: clock, faults, ad accounts and reset. Its forms call the admin API."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import orjson
from flask import make_response, redirect, request, url_for

from mockpin.emulator.pipeline.answers import BY_STATUS
from mockpin.web.admin.operations import read_call
from mockpin.web.admin.table import OPERATIONS
from mockpin.web.pages.content.exchanges import FAULT_EFFECTS
from mockpin.web.pages.content.forms import (
    FormUnreadable,
    read_account,
    read_clock,
    read_fault,
    read_reset,
)
from mockpin.web.pages.frame import render
from mockpin.web.problems import NotFound, Problem

if TYPE_CHECKING:
    from flask import Response

    from mockpin.web.pages.frame import Site

    Form = Mapping[str, str]


@dataclass(frozen=True)
class ControlAction:
    """What a form does: an operation of the admin API, and the message after success.

    `read_body` and `read_query` turn the form into the operation's body and query. `parameter` is the name of
    the path's parameter, whose value is the form's `target`.
    """

    method: str
    path: str
    message: str
    read_body: Callable[[Form], Any] | None = None
    read_query: Callable[[Form], Mapping[str, str]] = field(default=lambda _form: {})
    parameter: str = ""


MAX_DIGITS = 18

ACTIONS: Mapping[str, ControlAction] = {
    "clock": ControlAction("PUT", "/clock", "The clock is set.", read_clock),
    "add-fault": ControlAction("POST", "/faults", "The fault is armed.", read_fault),
    "remove-fault": ControlAction("DELETE", "/faults/{number}", "The fault is disarmed.", parameter="number"),
    "clear-faults": ControlAction("DELETE", "/faults", "All faults are disarmed."),
    "add-account": ControlAction("POST", "/accounts", "The ad account is open.", read_account),
    "remove-account": ControlAction(
        "DELETE", "/accounts/{ad_account_id}", "The ad account is closed.", parameter="ad_account_id"
    ),
    "reset": ControlAction("POST", "/reset", "The history is reset.", read_query=read_reset),
}
_OPERATIONS = {(operation.method, operation.path): operation for operation in OPERATIONS}


def show_controls(site: Site) -> Response:
    """Show the controls, with the message of the last form."""
    done = ACTIONS.get(request.args.get("done", ""))
    return _render(site, done=done.message if done else "")


def perform_action(site: Site, action: str) -> Response:
    """Do what a form asks for and show the controls again; 400 with the reason when it cannot be done."""
    chosen = ACTIONS.get(action)
    if chosen is None:
        return _fail(site, NotFound("There is no such form."))
    try:
        _perform(site, chosen)
    except FormUnreadable as error:
        return _fail(site, error)
    except Problem as error:
        return _fail(site, error)
    return make_response(redirect(url_for(".show_controls", done=action), code=303))


def _perform(site: Site, action: ControlAction) -> None:
    operation, form = _OPERATIONS[action.method, action.path], request.form
    path = {action.parameter: _read_target(form, action.parameter)} if action.parameter else {}
    body = b"" if action.read_body is None else orjson.dumps(action.read_body(form))
    query = list(action.read_query(form).items())
    operation.handle(site.emulator, read_call(operation, path=path, query=query, body=body))


def _read_target(form: Form, parameter: str) -> int | str:
    """Read the value of the path's parameter: the number of a fault, or an ad account."""
    target = form.get("target", "")
    is_number = parameter == "number" and target.isdecimal() and len(target) < MAX_DIGITS
    return int(target) if is_number else target


def _fail(site: Site, error: Problem | FormUnreadable) -> Response:
    mistakes = getattr(error, "errors", ())
    details = [f"{mistake.pointer.lstrip('/')}: {mistake.detail}" for mistake in mistakes]
    answer = _render(site, problem=str(error), details=details)
    answer.status_code = int(getattr(error, "status", 400))
    return answer


def _render(site: Site, **context: Any) -> Response:
    emulator = site.emulator
    return render(
        "controls.html",
        settings=list(site.emulator.settings.describe()),
        now=emulator.clock(),
        clock=emulator.clock,
        faults=[fault.to_dict() for fault in emulator.faults.list()],
        fault_kinds=FAULT_EFFECTS,
        statuses=[*BY_STATUS],
        accounts=[*emulator.accounts],
        store=emulator.store.path,
        events=len(emulator.store),
        **context,
    )
