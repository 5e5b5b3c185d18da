"""What an advertiser set up through the API: further conversion tags, and event names of their own."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

#: Events that an ad account may define, by Pinterest's page on them.
MAX_DEFINED_EVENTS = 15


@dataclass(frozen=True)
class ConversionTag:
    """A Pinterest tag of an ad account: `configs` are its enhanced match settings."""

    tag_id: str
    ad_account_id: str
    name: str
    configs: Mapping[str, object]


class DefinitionRefused(Exception):
    """An event name cannot be defined, changed or deleted; the message says why."""


class ConversionSetup:
    """The tags that were created, and the defined events with the standard type each is mapped to."""

    def __init__(self) -> None:
        self._tags: dict[str, ConversionTag] = {}
        self._events: defaultdict[str, dict[str, str]] = defaultdict(dict)

    def add_tag(self, tag: ConversionTag) -> None:
        """Keep a created tag."""
        self._tags[tag.tag_id] = tag

    def tags_of(self, ad_account_id: str) -> list[ConversionTag]:
        """The tags created for an ad account, oldest first."""
        return [tag for tag in tuple(self._tags.values()) if tag.ad_account_id == ad_account_id]

    def owner_of(self, tag_id: str) -> str | None:
        """The ad account for which a tag was created."""
        tag = self._tags.get(tag_id)
        return tag.ad_account_id if tag else None

    def events_of(self, ad_account_id: str) -> Mapping[str, str]:
        """The event names that an ad account defined -> the conversion type each is mapped to."""
        return dict(self._events[ad_account_id])

    def define_event(self, ad_account_id: str, name: str, conversion_type: str) -> None:
        """Map a new event name to a conversion type. Raises DefinitionRefused."""
        events = self._events[ad_account_id]
        if name in events:
            raise DefinitionRefused(f"{name} is already defined.")
        if len(events) >= MAX_DEFINED_EVENTS:
            raise DefinitionRefused(f"At most {MAX_DEFINED_EVENTS} events can be defined.")
        events[name] = conversion_type

    def change_event(self, ad_account_id: str, name: str, conversion_type: str) -> None:
        """Map a defined event name to another conversion type. Raises DefinitionRefused."""
        self._require(ad_account_id, name)
        self._events[ad_account_id][name] = conversion_type

    def delete_event(self, ad_account_id: str, name: str) -> None:
        """Forget a defined event name. Raises DefinitionRefused."""
        self._require(ad_account_id, name)
        del self._events[ad_account_id][name]

    def forget(self, ad_account_id: str) -> None:
        """Forget what a closed ad account set up."""
        self._events.pop(ad_account_id, None)
        for tag in self.tags_of(ad_account_id):
            del self._tags[tag.tag_id]

    def _require(self, ad_account_id: str, name: str) -> None:
        if name not in self._events[ad_account_id]:
            raise DefinitionRefused(f"{name} is not defined.")
