"""Values made to fit their fields, and the sentences that say why others do not.

After Ajv 8 with `coerceTypes: "array"` and Segment's action-destinations 3.517.0: numbers become text,
numeric text becomes numbers, one value an array of one, an array of one its only value. Every problem is
reported, and members that no field knows are dropped.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple, TypeAlias

from transformer.cleaning import Cleaner, clean_member, keep_member
from transformer.dates import is_date_like
from transformer.js import JSON, UNDEFINED
from transformer.place import Key, Place
from transformer.scalars import COERCIONS, UNWRAPPED_COERCIONS
from transformer.schema import Field
from transformer.sentences import mismatch, not_among, not_date_like, too_long

#: Makes a value fit; the place is its parent's, the key its own.
Coerce: TypeAlias = Callable[[JSON, Place, Key], JSON]


class Slot(NamedTuple):
    """A field, compiled: values of type `ready` fit as they are unless empty, `coerce` takes all others."""

    field: Field
    key: Key
    ready: type | None
    coerce: Coerce


Slots: TypeAlias = Mapping[str, Slot]

_READY = {"string": str, "string or null": str, "boolean": bool}


def compile_fields(fields: tuple[Field, ...]) -> Slots:
    """Slots by field name."""
    return {field.name: _slot(field, (index, field.name)) for index, field in enumerate(fields)}


def coerce_members(
    members: Mapping[str, JSON], slots: Slots, place: Place, *, clean: Cleaner
) -> dict[str, JSON]:
    """The known members of an object, cleaned and coerced, in the order they came."""
    coerced = {}
    for name, value in members.items():
        slot = slots.get(name)
        if slot is None:
            continue
        field, key, ready, coerce = slot
        if value and type(value) is ready:
            coerced[name] = value
            continue
        left = clean(field, value)
        if left is not UNDEFINED:
            coerced[name] = coerce(left, place, key)
    return coerced


def _slot(field: Field, key: Key) -> Slot:
    limited = field.many or field.choices or field.max_length
    ready = None if limited else _READY.get(field.kind)
    return Slot(field, key, ready, _array(field) if field.many else _single(field, clean=clean_member))


def _single(field: Field, *, clean: Cleaner) -> Coerce:
    return _object(field, clean) if field.members else _scalar(field)


def _array(field: Field) -> Coerce:
    # Items have no label: sentences name them by their pointer.
    coerce_item = _single(replace(field, name="", label="", many=False), clean=keep_member)
    ready = _READY.get(field.kind)

    def coerce(value: JSON, parent: Place, key: Key) -> JSON:
        place = parent.child(key)
        if isinstance(value, dict):
            place.refuse(mismatch(field.title, "array", value))
            return value
        items = value if isinstance(value, list) else [value]
        return [
            item if type(item) is ready else coerce_item(item, place, (index, index))
            for index, item in enumerate(items)
        ]

    return coerce


def _object(field: Field, clean: Cleaner) -> Coerce:
    slots = compile_fields(field.members)

    def coerce(value: JSON, parent: Place, key: Key) -> JSON:
        place = parent.child(key)
        if isinstance(value, dict):
            return coerce_members(value, slots, place, clean=clean)
        place.refuse(mismatch(place.subject(field), "object", value))
        return value

    return coerce


def _scalar(field: Field) -> Coerce:
    coercion, unwrapped = COERCIONS[field.kind], UNWRAPPED_COERCIONS[field.kind]
    limited = bool(field.choices or field.max_length or field.kind == "string or number")

    def coerce(value: JSON, parent: Place, key: Key) -> JSON:
        alone = isinstance(value, list) and len(value) == 1
        value = value[0] if alone else value
        fitting = (unwrapped if alone else coercion)(value)
        if limited or fitting is UNDEFINED:
            _check(field, parent.child(key), (value, fitting))
        return fitting

    return coerce


def _check(field: Field, place: Place, value_and_fitting: tuple[JSON, JSON]) -> None:
    value, fitting = value_and_fitting
    subject = place.subject(field)
    if fitting is UNDEFINED:
        place.refuse(mismatch(subject, field.kind, value))
    for sentence in _limits(field, subject, value if fitting is UNDEFINED else fitting):
        place.refuse(sentence)


def _limits(field: Field, subject: str, value: JSON) -> Iterator[str]:
    if isinstance(value, str):
        if field.max_length and len(value) > field.max_length:
            yield too_long(subject, field.max_length, value)
        if field.kind == "string or number" and not is_date_like(value):
            yield not_date_like(subject)
    if field.choices and value not in field.choices:
        yield not_among(subject, field.choices)
