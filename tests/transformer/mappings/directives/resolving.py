"""Short ways to resolve a mapping."""

from mockpin_transformer.mappings.mapping import parse_mapping


def resolve(mapping, **event):
    """What the mapping makes of the event."""
    return parse_mapping(mapping).resolve(event)


def resolve_in_list(mapping, **event):
    """The same from within a list: nothing is checked there beforehand, so anything reaches the directive."""
    return resolve({"list": [mapping]}, **event)["list"][0]
