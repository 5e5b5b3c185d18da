"""Mappings: how a Segment event becomes the fields of an action.

A mapping is checked and compiled once, then resolved for any number of events.
"""

from dataclasses import dataclass, field

from mockpin_transformer.errors import DirectiveFailed, MappingInvalid
from mockpin_transformer.js import JSON, UNDEFINED
from mockpin_transformer.mappings.directives import transform
from mockpin_transformer.mappings.paths import Resolver
from mockpin_transformer.mappings.sources import Sources, find_sources, take_branches


@dataclass(frozen=True)
class Mapping:
    """A valid mapping, made by `parse_mapping`; `raw` is its JSON as it was given."""

    raw: JSON
    _resolve: Resolver = field(repr=False, compare=False)

    def resolve(self, event: JSON) -> JSON:
        """Resolve the mapping for an event; UNDEFINED if the mapping is one directive that finds nothing.

        Objects and lists the mapping only looks up are the event's own, not copies. DirectiveFailed when a
        directive cannot work with what it finds.
        """
        try:
            return self._resolve(event)
        except RecursionError:
            raise DirectiveFailed("The event is nested too deeply for this mapping.", "RangeError") from None

    def sources(self, event: JSON = UNDEFINED) -> Sources:
        """For each field of the result, a JSON pointer, the dotted paths of the event that feed it.

        `{"/user_data/email": ("properties.email", "traits.email"), ...}`; `*` stands for the items of a list.
        Given an event, of an @if only the branch that it takes, or its condition where that reads nothing.
        """
        mapping = transform.apply_root_directive(self.raw)
        return find_sources(mapping if event is UNDEFINED else take_branches(mapping, event))


def parse_mapping(raw: JSON) -> Mapping:
    """Parse a mapping's JSON; MappingInvalid has a sentence for each problem."""
    try:
        return Mapping(raw, transform.compile_transformation(raw))
    except RecursionError:
        raise MappingInvalid("RangeError", ("The mapping is nested too deeply: flatten it.",)) from None
