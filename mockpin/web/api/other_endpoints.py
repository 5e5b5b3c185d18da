"""Pinterest's other endpoints, as its OpenAPI describes them: each is a list of steps.

They take the OAuth access token; a conversion token is refused with 401.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from random import SystemRandom
from typing import TYPE_CHECKING

from mockpin.emulator.accounts import AD_ACCOUNT_ID, fingerprint, mint_token
from mockpin.emulator.pipeline import answers
from mockpin.emulator.pipeline.context import Refused
from mockpin.emulator.pipeline.request_steps import read_body, require_json
from mockpin.reports.event_quality import LOOKBACK_SECONDS, score_events
from mockpin.web.api.advertiser_defined_events import change_events, create_events, delete_events, list_events
from mockpin.web.api.conversion_tags import create_tag, list_tags, show_tag
from mockpin.web.api.documents import answer_with, read_query

if TYPE_CHECKING:
    from random import Random

    from mockpin.emulator.emulator import Emulator
    from mockpin.emulator.pipeline.answers import Answer
    from mockpin.emulator.pipeline.context import RequestContext

    EndpointStep = Callable[[Emulator, RequestContext], Answer | None]

SOURCE_PLATFORMS = (
    "WEB", "MOBILE", "MOBILE_ANDROID", "MOBILE_IOS", "OFFLINE", "PINTEREST_WEB", "PINTEREST_ANDROID",
    "PINTEREST_IOS", "POINT_OF_SALE",
)  # fmt: skip
INGESTION_SOURCES = ("TAG", "MMP", "FILE_UPLOAD", "CONVERSIONS_API", "NATIVE")
#: Query parameter of the quality scores -> its allowed values.
SCORE_QUERY: Mapping[str, Sequence[str]] = {
    "lookback_period": tuple(LOOKBACK_SECONDS),
    "source_platform": SOURCE_PLATFORMS,
    "ingestion_source": INGESTION_SOURCES,
}


def authenticate(emulator: Emulator, context: RequestContext) -> None:
    """Refuse with 401 any token but the access token, also a conversion token."""
    if not emulator.accounts.permits_access(context.request.token):
        raise Refused(answers.unauthorized(), "token")


def find_account(emulator: Emulator, context: RequestContext) -> None:
    """Refuse with 400 an ad account that is not a number, with 403 an unknown one."""
    if not AD_ACCOUNT_ID.fullmatch(context.ad_account_id):
        raise Refused(answers.malformed_ad_account(context.ad_account_id), "ad-account")
    if not emulator.accounts.has(context.ad_account_id):
        raise Refused(answers.forbidden(), "ad-account")


def read_document(emulator: Emulator, context: RequestContext) -> None:
    """Read the body. Refuse it with 413 if it is too large, with 400 if it is not JSON."""
    read_body(emulator.settings.body_limit, context)
    require_json(context)


def mint_conversion_token(emulator: Emulator, _context: RequestContext, *, random: Random) -> Answer:
    """Answer with a new conversion token, which is valid for the events of every ad account only."""
    token = mint_token(random)
    emulator.accounts.mint(token)
    stored = answer_with({"access_token": fingerprint(token), "token_type": "conversion"}).body
    return answer_with({"access_token": token, "token_type": "conversion"}).with_stored(stored)


def show_scores(emulator: Emulator, context: RequestContext) -> Answer:
    """Answer with the event quality scores of the ad account; `lookback_period` is required."""
    query = read_query(context, SCORE_QUERY)
    if "lookback_period" not in query:
        raise Refused(answers.invalid("'lookback_period' is a required property"), "query")
    period = query.pop("lookback_period")
    rows = emulator.store.each_event(ad_account_id=context.ad_account_id)
    entries = score_events((row.to_dict() for row in rows), lookback_period=period, now=context.now)
    return answer_with([entry for entry in entries if query.items() <= entry.items()])


MINT_STEPS: Sequence[EndpointStep] = (authenticate, partial(mint_conversion_token, random=SystemRandom()))
READ_BODY: Sequence[EndpointStep] = (authenticate, find_account, read_document)
#: Method and the path below the ad account -> the steps.
ACCOUNT_ENDPOINTS: Mapping[tuple[str, str], Sequence[EndpointStep]] = {
    ("GET", "conversion_eqs"): (authenticate, find_account, show_scores),
    ("GET", "conversion_tags"): (authenticate, find_account, list_tags),
    ("POST", "conversion_tags"): (*READ_BODY, partial(create_tag, random=SystemRandom())),
    ("GET", "conversion_tags/<tag_id>"): (authenticate, find_account, show_tag),
    ("GET", "advertiser_defined_events"): (authenticate, find_account, list_events),
    ("POST", "advertiser_defined_events"): (*READ_BODY, create_events),
    ("PATCH", "advertiser_defined_events"): (*READ_BODY, change_events),
    ("DELETE", "advertiser_defined_events"): (authenticate, find_account, delete_events),
}
