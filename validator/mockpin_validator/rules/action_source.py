"""The action source: where an event happened."""

from collections.abc import Iterator
from typing import Final

from mockpin_validator.contract.names import ACTION_SOURCES, OTHER_SOURCES
from mockpin_validator.contract.spelling import bare, nearest, quoted
from mockpin_validator.judging.clean_schemas import fields
from mockpin_validator.judging.context import Context, Event
from mockpin_validator.judging.evidence import OPENAPI_INFERRED
from mockpin_validator.judging.finding import Complaint
from mockpin_validator.judging.rule import REFUSED, rule


@rule(REFUSED, OPENAPI_INFERRED, clean=fields({"action_source": {"enum": list(ACTION_SOURCES)}}))
def action_source_unknown(event: Event, context: Context) -> Iterator[Complaint]:
    """The action source is app_android, app_ios, web or offline."""
    source = event["action_source"]
    if source not in ACTION_SOURCES:
        meant = OTHER_SOURCES.get(bare(source)) or nearest(source, ACTION_SOURCES)
        yield Complaint(
            "/action_source",
            f"{quoted(source)} is not an action source that Pinterest knows.",
            f"Send {meant!r}." if meant else "Send 'app_android', 'app_ios', 'web' or 'offline'.",
            f"Invalid action_source: {source}. Use one of app_android, app_ios, web, offline.",
            context.policy.unknown_action_source,
        )


RULES: Final = (action_source_unknown,)
