"""Pinterest's endpoints of conversion tags: list, show and create, as its OpenAPI 5.23 describes them."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from mockpin.emulator.accounts import mint_tag_id
from mockpin.emulator.conversion_setup import ConversionTag
from mockpin.emulator.pipeline import answers
from mockpin.web.api.documents import answer_with, read_query, require_document
from mockpin_validator.contract.spelling import nearest
from mockpin_validator.contract.vocabulary import is_presentable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from random import Random

    from mockpin.emulator.emulator import Emulator
    from mockpin.emulator.pipeline.answers import Answer
    from mockpin.emulator.pipeline.context import RequestContext

FLAGS = ("true", "false")
MATCH_SETTINGS = (
    "aem_enabled", "aem_fnln_enabled", "aem_ph_enabled", "aem_ge_enabled", "aem_db_enabled",
    "aem_loc_enabled", "aem_external_id_enabled",
)  # fmt: skip
#: The settings of a tag and their defaults.
CONFIGS: Mapping[str, object] = MappingProxyType(dict.fromkeys(MATCH_SETTINGS, False) | {"md_frequency": 1})
#: What a tag is created from. The description closes nothing: an unknown setting is accepted, and lost.
TAG_SCHEMA: Mapping[str, Any] = MappingProxyType({
    "type": "object",
    "required": ["name"],
    "properties": {
        "name": {"type": "string"},
        "md_frequency": {"type": ["number", "null"]},
        **{setting: {"type": ["boolean", "null"]} for setting in MATCH_SETTINGS},
    },
})  # fmt: skip
SNIPPET = "<script>pintrk('load', '{tag_id}'); pintrk('page');</script>"
#: mockpin's own words on a tag that was created: settings that were misspelt, or left out at a cost.
HINT_HEADER = "X-Mockpin-Hint"


def list_tags(emulator: Emulator, context: RequestContext) -> Answer:
    """The ad account's conversion tags: the one it was given, and those created since."""
    read_query(context, {"filter_deleted": FLAGS})
    tags = find_tags(emulator, context.ad_account_id)
    return answer_with({"items": [describe_tag(emulator, tag) for tag in tags]})


def show_tag(emulator: Emulator, context: RequestContext) -> Answer:
    """One conversion tag; 404 when the ad account has no such tag."""
    tag_id = context.request.path.rpartition("/")[2]
    tags = {tag.tag_id: tag for tag in find_tags(emulator, context.ad_account_id)}
    found = tags.get(tag_id)
    return answer_with(describe_tag(emulator, found)) if found else answers.not_found()


def create_tag(emulator: Emulator, context: RequestContext, *, random: Random) -> Answer:
    """A new conversion tag, whose hits the ad account then receives."""
    asked = require_document(context, TAG_SCHEMA)
    configs = {name: default if asked.get(name) is None else asked[name] for name, default in CONFIGS.items()}
    tag = ConversionTag(mint_tag_id(random), context.ad_account_id, asked["name"], configs)
    emulator.accounts.setup.add_tag(tag)
    answer = answer_with(describe_tag(emulator, tag))
    hints = " ".join(hint_at_settings(asked, configs))
    return answer.with_headers([(HINT_HEADER, hints)] if hints else [])


def hint_at_settings(asked: Mapping[str, Any], configs: Mapping[str, object]) -> Iterator[str]:
    """Sentences on settings that the description does not know, and on external ids left unmatched."""
    for name in asked.keys() - TAG_SCHEMA["properties"].keys():
        if is_presentable(name):
            meant = nearest(name, CONFIGS)
            yield f"{name} is no setting of a tag{f': did you mean {meant}?' if meant else '.'}"
    if not configs["aem_external_id_enabled"]:
        yield "aem_external_id_enabled is off: the tag matches nobody by external_id."


def find_tags(emulator: Emulator, ad_account_id: str) -> list[ConversionTag]:
    """The tags of an ad account, the one it was opened with first."""
    given = [
        ConversionTag(account.tag_id, ad_account_id, f"Tag of {ad_account_id}", CONFIGS)
        for account in emulator.accounts
        if account.ad_account_id == ad_account_id and account.tag_id
    ]
    return given + emulator.accounts.setup.tags_of(ad_account_id)


def describe_tag(emulator: Emulator, tag: ConversionTag) -> dict[str, Any]:
    """A tag as Pinterest shows it; it fired last when any tag of its ad account did."""
    fired = emulator.store.last_fired(tag.ad_account_id)
    return {
        "ad_account_id": tag.ad_account_id,
        "code_snippet": SNIPPET.format(tag_id=tag.tag_id),
        "configs": dict(tag.configs),
        "enhanced_match_status": "UNKNOWN",
        "id": tag.tag_id,
        "last_fired_time_ms": None if fired is None else int(fired * 1000),
        "name": tag.name,
        "status": "ACTIVE",
        "version": "3",
    }
