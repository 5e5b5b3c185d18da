"""The endpoints beside the events, as Pinterest's OpenAPI 5.23 describes them: each a list of steps.

They take the OAuth access token; a conversion token is refused with 401.
"""

from __future__ import annotations

from functools import partial
from random import SystemRandom
from types import MappingProxyType
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from mockpin.emulator.accounts import AD_ACCOUNT_ID, fingerprint, mint_token
from mockpin.emulator.pipeline import answers
from mockpin.emulator.pipeline.answers import Answer
from mockpin.emulator.pipeline.delivery import Refused
from mockpin.emulator.pipeline.event_names import STANDARD
from mockpin.reports.event_quality import LOOKBACK_SECONDS, score_events
from mockpin_validator.contract.names import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from random import Random

    from mockpin.emulator.accounts import Account
    from mockpin.emulator.emulator import Emulator
    from mockpin.emulator.pipeline.delivery import Delivery
    from mockpin.emulator.pipeline.steps import Step

SOURCE_PLATFORMS = (
    "WEB", "MOBILE", "MOBILE_ANDROID", "MOBILE_IOS", "OFFLINE", "PINTEREST_WEB", "PINTEREST_ANDROID",
    "PINTEREST_IOS", "POINT_OF_SALE",
)  # fmt: skip
INGESTION_SOURCES = ("TAG", "MMP", "FILE_UPLOAD", "CONVERSIONS_API", "NATIVE")
FLAGS = ("true", "false")
# Query parameters by endpoint: what each may be.
SCORE_QUERY: Mapping[str, Sequence[str]] = MappingProxyType({
    "lookback_period": tuple(LOOKBACK_SECONDS),
    "source_platform": SOURCE_PLATFORMS,
    "ingestion_source": INGESTION_SOURCES,
})  # fmt: skip
CONFIGS = MappingProxyType(dict.fromkeys(
    (
        "aem_enabled", "aem_fnln_enabled", "aem_ph_enabled", "aem_ge_enabled", "aem_db_enabled",
        "aem_loc_enabled", "aem_external_id_enabled",
    ),
    False,
) | {"md_frequency": 1})  # fmt: skip
SNIPPET = "<script>pintrk('load', '{tag_id}'); pintrk('page');</script>"
LONGEST_NAME = 100


def authenticate(emulator: Emulator, delivery: Delivery) -> None:
    """401 for anything but the access token, a conversion token included."""
    if not emulator.accounts.permits_access(delivery.request.token):
        raise Refused(answers.unauthorized(), "token")


def find_account(emulator: Emulator, delivery: Delivery) -> None:
    """400 for an ad account that is no number, 403 for one that is not there."""
    if not AD_ACCOUNT_ID.fullmatch(delivery.ad_account_id):
        raise Refused(answers.malformed_ad_account(delivery.ad_account_id), "ad-account")
    if not emulator.accounts.has(delivery.ad_account_id):
        raise Refused(answers.forbidden(), "ad-account")


def mint(emulator: Emulator, delivery: Delivery, *, random: Random) -> None:
    """A new conversion token, which opens the events of every ad account and nothing else."""
    token = mint_token(random)
    emulator.accounts.mint(token)
    delivery.answer = _tell({"access_token": token, "token_type": "conversion"})
    delivery.shown = _tell({"access_token": fingerprint(token), "token_type": "conversion"}).body


def score(emulator: Emulator, delivery: Delivery) -> None:
    """The event quality scores of the ad account; `lookback_period` is required."""
    asked = _read_query(delivery, SCORE_QUERY)
    if "lookback_period" not in asked:
        raise Refused(answers.invalid("'lookback_period' is a required property"), "query")
    period = asked.pop("lookback_period")
    rows = emulator.store.each_event(ad_account_id=delivery.ad_account_id)
    entries = score_events((row.to_dict() for row in rows), lookback_period=period, now=delivery.now)
    delivery.answer = _tell([entry for entry in entries if asked.items() <= entry.items()])


def list_tags(emulator: Emulator, delivery: Delivery) -> None:
    """The ad account's conversion tags: the one it was given."""
    _read_query(delivery, {"filter_deleted": FLAGS})
    delivery.answer = _tell({"items": [_tell_tag(emulator, each) for each in _tagged(emulator, delivery)]})


def show_tag(emulator: Emulator, delivery: Delivery) -> None:
    """One conversion tag; 404 when the ad account has no such tag."""
    tag_id = delivery.request.path.rpartition("/")[2]
    found = [each for each in _tagged(emulator, delivery) if each.tag_id == tag_id]
    delivery.answer = _tell(_tell_tag(emulator, found[0])) if found else answers.not_found()


def list_custom_events(emulator: Emulator, delivery: Delivery) -> None:
    """The event names beside the standard ones that were received; none is mapped to a type."""
    names = emulator.store.sent_names(delivery.ad_account_id)
    custom = [name for name in names if fold(name) not in STANDARD and len(name) <= LONGEST_NAME]
    items = [{"name": name, "mapped_conversion_type": None} for name in custom]
    delivery.answer = _tell({"items": items})


def _read_query(delivery: Delivery, known: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """The known parameters. 400 for a value that is none of those allowed; others are ignored."""
    said = {name: value for name, value in parse_qsl(delivery.request.query) if name in known}
    for name, value in said.items():
        if value not in known[name]:
            raise Refused(answers.invalid(f"{value!r} is not one of {list(known[name])!r}"), "query")
    return said


def _tagged(emulator: Emulator, delivery: Delivery) -> list[Account]:
    return [
        each for each in emulator.accounts if each.ad_account_id == delivery.ad_account_id and each.tag_id
    ]


def _tell_tag(emulator: Emulator, account: Account) -> dict[str, Any]:
    fired = emulator.store.last_fired(account.ad_account_id)
    return {
        "ad_account_id": account.ad_account_id,
        "code_snippet": SNIPPET.format(tag_id=account.tag_id),
        "configs": dict(CONFIGS),
        "enhanced_match_status": "UNKNOWN",
        "id": account.tag_id,
        "last_fired_time_ms": None if fired is None else int(fired * 1000),
        "name": f"Tag of {account.ad_account_id}",
        "status": "ACTIVE",
        "version": "3",
    }


def _tell(body: Any) -> Answer:
    return Answer(200, answers.dump(body))


MINT: Sequence[Step] = (authenticate, partial(mint, random=SystemRandom()))
# By the last part of the path below the ad account.
OF_ACCOUNT: Mapping[str, Sequence[Step]] = MappingProxyType({
    "conversion_eqs": (authenticate, find_account, score),
    "conversion_tags": (authenticate, find_account, list_tags),
    "conversion_tags/<tag_id>": (authenticate, find_account, show_tag),
    "advertiser_defined_events": (authenticate, find_account, list_custom_events),
})  # fmt: skip
