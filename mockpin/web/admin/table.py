"""Every operation of the admin API, in one table."""

from collections.abc import Sequence

from mockpin.web.admin import controls, history, reports, stream
from mockpin.web.admin.answer_schemas import (
    CLOCK_FACE,
    EVENT,
    EVENT_PAGE,
    EXCHANGE,
    EXCHANGE_PAGE,
    HEALTH,
    OUTCOME,
)
from mockpin.web.admin.operations import Operation
from mockpin.web.admin.schemas import (
    ACCOUNT,
    CLOCK,
    EVENT_FILTERS,
    EXPECTATION,
    FAULT_RULE,
    ONE_ACCOUNT,
    PAGE,
    WITH_PAYLOADS,
)

OPERATIONS: Sequence[Operation] = (
    Operation("GET", "/health", history.show_health, answer=HEALTH),
    Operation("GET", "/events", history.list_events, query={**EVENT_FILTERS, **PAGE}, answer=EVENT_PAGE),
    Operation("GET", "/events/{seq}", history.show_event, answer=EVENT),
    Operation(
        "GET",
        "/requests",
        history.list_requests,
        query={**ONE_ACCOUNT, **PAGE, **WITH_PAYLOADS},
        answer=EXCHANGE_PAGE,
    ),
    Operation("GET", "/requests/{id}", history.show_request, answer=EXCHANGE),
    Operation("GET", "/shadow", history.list_shadow_answers, query={**ONE_ACCOUNT, **PAGE}),
    Operation("POST", "/expect", history.expect_events, body=EXPECTATION, answer=OUTCOME),
    Operation("POST", "/reset", history.reset, query=ONE_ACCOUNT),
    Operation("GET", "/clock", controls.show_clock, answer=CLOCK_FACE),
    Operation("PUT", "/clock", controls.set_clock, body=CLOCK, answer=CLOCK_FACE),
    Operation("GET", "/faults", controls.list_faults, query=ONE_ACCOUNT),
    Operation("POST", "/faults", controls.add_fault, body=FAULT_RULE),
    Operation("DELETE", "/faults", controls.clear_faults, query=ONE_ACCOUNT),
    Operation("DELETE", "/faults/{number}", controls.remove_fault),
    Operation("GET", "/accounts", controls.list_accounts),
    Operation("POST", "/accounts", controls.add_account, body=ACCOUNT),
    Operation("DELETE", "/accounts/{ad_account_id}", controls.remove_account),
    Operation("GET", "/settings", controls.list_settings),
    Operation("GET", "/summary", reports.summarize, query=ONE_ACCOUNT),
    Operation("GET", "/quality", reports.report_quality, query=ONE_ACCOUNT),
    Operation("GET", "/deduplication", reports.report_pairs, query=ONE_ACCOUNT),
    Operation("GET", "/conduct", reports.report_conduct, query=ONE_ACCOUNT),
    Operation(
        "GET",
        "/stream",
        stream.open_stream,
        query={**EVENT_FILTERS, "after": stream.AFTER},
        answer={"type": "string"},
        content_type="text/event-stream",
    ),
)
