"""Pinterest's endpoints of conversion tags: list, show and create, as its OpenAPI 5.23 describes them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from mockpin.emulator.accounts import mint_tag_id
from mockpin.emulator.conversion_setup import ConversionTag
from mockpin.emulator.pipeline import answers
from mockpin.web.api.documents import answer_with, read_query, require_document
from mockpin_validator.contract.spelling import nearest
from mockpin_validator.contract.vocabulary import is_presentable

if TYPE_CHECKING:
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
CONFIGS: Mapping[str, object] = dict.fromkeys(MATCH_SETTINGS, False) | {"md_frequency": 1}
#: The body that creates a tag. Pinterest's OpenAPI allows unknown settings, so they are accepted and ignored.
TAG_SCHEMA: Mapping[str, Any] = {
    "type": "object",
    "required": ["name"],
    "properties": {
        "name": {"type": "string"},
        "md_frequency": {"type": ["number", "null"]},
        **{setting: {"type": ["boolean", "null"]} for setting in MATCH_SETTINGS},
    },
}
SNIPPET = "<script>pintrk('load', '{tag_id}'); pintrk('page');</script>"
#: The header for mockpin's own hints about a created tag, such as a misspelled setting.
HINT_HEADER = "X-Mockpin-Hint"


def list_tags(emulator: Emulator, context: RequestContext) -> Answer:
    """List the ad account's conversion tags: the one it was opened with, and those created since."""
    read_query(context, {"filter_deleted": FLAGS})
    tags = find_tags(emulator, context.ad_account_id)
    return answer_with({"items": [describe_tag(emulator, tag) for tag in tags]})


def show_tag(emulator: Emulator, context: RequestContext) -> Answer:
    """Answer with one conversion tag; 404 if the ad account has no such tag."""
    tag_id = context.request.path.rpartition("/")[2]
    tags = {tag.tag_id: tag for tag in find_tags(emulator, context.ad_account_id)}
    tag = tags.get(tag_id)
    return answer_with(describe_tag(emulator, tag)) if tag else answers.not_found()


def create_tag(emulator: Emulator, context: RequestContext, *, random: Random) -> Answer:
    """Create a conversion tag. The ad account then receives its hits."""
    given = require_document(context, TAG_SCHEMA)
    configs = {name: default if given.get(name) is None else given[name] for name, default in CONFIGS.items()}
    tag = ConversionTag(mint_tag_id(random), context.ad_account_id, given["name"], configs)
    emulator.accounts.setup.add_tag(tag)
    answer = answer_with(describe_tag(emulator, tag))
    hints = " ".join(hint_at_settings(given, configs))
    return answer.with_headers([(HINT_HEADER, hints)] if hints else [])


def hint_at_settings(given: Mapping[str, Any], configs: Mapping[str, object]) -> Iterator[str]:
    """Yield a sentence for each unknown setting, and one if the tag does not match by external_id."""
    for name in given.keys() - TAG_SCHEMA["properties"].keys():
        if is_presentable(name):
            near = nearest(name, CONFIGS)
            yield f"{name} is not a setting of a tag{f': did you mean {near}?' if near else '.'}"
    if not configs["aem_external_id_enabled"]:
        yield "aem_external_id_enabled is off: the tag does not match people by external_id."


def find_tags(emulator: Emulator, ad_account_id: str) -> list[ConversionTag]:
    """Return the tags of an ad account; the tag that it was opened with comes first."""
    given = [
        ConversionTag(account.tag_id, ad_account_id, f"Tag of {ad_account_id}", CONFIGS)
        for account in emulator.accounts
        if account.ad_account_id == ad_account_id and account.tag_id
    ]
    return given + emulator.accounts.setup.tags_of(ad_account_id)


def describe_tag(emulator: Emulator, tag: ConversionTag) -> dict[str, Any]:
    """Describe a tag as Pinterest does. Its last hit is the last one of any tag of the ad account."""
    fired = emulator.store.last_tag_event_at(tag.ad_account_id)
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
