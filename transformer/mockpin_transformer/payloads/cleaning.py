"""Empty values that are taken out of a resolved mapping before its fields are read.

After Segment's action-destinations 3.517.0. What stands inside an array's items is left as it is.
"""

from collections.abc import Callable
from typing import Final, TypeAlias

from mockpin_transformer.js import JSON, UNDEFINED
from mockpin_transformer.payloads.schema import STRING_KINDS, Field

#: Answers what is left of a field's value, UNDEFINED for nothing.
Cleaner: TypeAlias = Callable[[Field, JSON], JSON]

_EMPTY: Final = (None, UNDEFINED)


def clean_root(field: Field, value: JSON) -> JSON:
    """At the root even a text must not be empty."""
    return UNDEFINED if value == "" else clean_member(field, value)


def clean_member(field: Field, value: JSON) -> JSON:
    """Without null, unless the field allows it, and without empty text where no text is expected."""
    if value is None:
        return None if field.kind == "string or null" else UNDEFINED
    if value == "" and (field.many or field.kind not in STRING_KINDS):
        return UNDEFINED
    if field.many and isinstance(value, list):
        return [item for item in value if not _is_empty_item(field, item)]
    return value


def keep_member(_field: Field, value: JSON) -> JSON:
    """Inside an array's items members stay, empty or not."""
    return value


def _is_empty_item(field: Field, item: JSON) -> bool:
    return item in _EMPTY or (item == "" and field.kind not in STRING_KINDS)
