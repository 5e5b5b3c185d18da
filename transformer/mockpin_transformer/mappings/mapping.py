"""Mappings: how a Segment event becomes the fields of an action.

Parsed once into something that runs fast; nothing is checked again for an event.
"""

from dataclasses import dataclass, field

from mockpin_transformer.errors import DirectiveFailed, MappingInvalid
from mockpin_transformer.js import JSON, UNDEFINED
from mockpin_transformer.mappings.directives import transform
from mockpin_transformer.mappings.paths import Resolver
from mockpin_transformer.mappings.sources import Sources, find_sources, take_branches


@dataclass(frozen=True)
class Mapping:
    """A mapping that keeps the rules; `raw` is its JSON as it was given. Made by `parse_mapping`."""

    raw: JSON
    _resolve: Resolver = field(repr=False, compare=False)

    def resolve(self, event: JSON) -> JSON:
        """What the mapping makes of an event; UNDEFINED where a lone directive finds nothing.

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
    """The mapping of its JSON; MappingInvalid with a sentence for each problem."""
    try:
        return Mapping(raw, transform.compile_transformation(raw))
    except RecursionError:
        raise MappingInvalid("RangeError", ("The mapping is nested too deeply: flatten it.",)) from None
