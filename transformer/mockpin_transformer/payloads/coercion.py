"""Values made to fit their fields, and the sentences that say why others do not.

After Ajv 8 with `coerceTypes: "array"` and Segment's action-destinations 3.517.0: numbers become text,
numeric text becomes numbers, one value an array of one, an array of one its only value. Every problem is
reported, and members that no field knows are dropped.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import TypeAlias

from mockpin_transformer.js import JSON, UNDEFINED
from mockpin_transformer.payloads.place import Key, Place, is_below_root, name_value, record_problem
from mockpin_transformer.payloads.scalars import COERCIONS, UNWRAPPED_COERCIONS
from mockpin_transformer.payloads.schema import STRING_KINDS, Field
from mockpin_transformer.payloads.sentences import mismatch, not_among, not_date_like, too_long
from mockpin_transformer.times.dates import is_date_like

#: Answers what is left of a field's value, UNDEFINED for nothing.
Cleaner: TypeAlias = Callable[[Field, JSON], JSON]

#: Makes the value at a place fit.
Coerce: TypeAlias = Callable[[JSON, Place], JSON]


#: A field, compiled: its key; the type whose values fit as they are unless empty; what cleans arrays and
#: empty values other than objects; what coerces the rest. A plain tuple, because every value unpacks one.
Slot: TypeAlias = tuple[Key, type | None, Callable[[JSON], JSON], Coerce]

_READY = {"string": str, "string or null": str, "boolean": bool, "number": int, "integer": int}


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
        keeps_text = field.kind in STRING_KINDS
        return [
            item
            for item in value
            if item is not None and item is not UNDEFINED and (keeps_text or item != "")
        ]
    return value


def keep_member(_field: Field, value: JSON) -> JSON:
    """Return a member of an array's item as it is, empty or not."""
    return value


def compile_object(field: Field, *, clean: Cleaner) -> Coerce:
    """Compile an object: its known members, cleaned and coerced, in the order they came."""
    slots = {
        member.name: _slot(member, (index, member.name), clean) for index, member in enumerate(field.members)
    }

    def coerce(members: JSON, place: Place) -> JSON:
        if not isinstance(members, dict):
            record_problem(place, mismatch(name_value(field, place), "object", members))
            return members
        coerced = {}
        for name, value in members.items():
            if name not in slots:
                continue
            key, ready, clean_value, coerce_value = slots[name]
            if value and type(value) is ready:
                coerced[name] = value
                continue
            is_clean = type(value) is dict or (value and type(value) is not list)
            left = value if is_clean else clean_value(value)
            if left is not UNDEFINED:
                coerced[name] = coerce_value(left, (place, key))
        return coerced

    return coerce


def _slot(field: Field, key: Key, clean: Cleaner) -> Slot:
    limited = field.many or field.choices or field.max_length
    ready = None if limited else _READY.get(field.kind)
    coerce = _array(field) if field.many else _single(field, clean=clean_member)
    return key, ready, partial(clean, field), coerce


def _single(field: Field, *, clean: Cleaner) -> Coerce:
    return compile_object(field, clean=clean) if field.members else _scalar(field)


def _array(field: Field) -> Coerce:
    # Items have no label: sentences name them by their pointer.
    coerce_item = _single(replace(field, name="", label="", many=False), clean=keep_member)
    ready = _READY.get(field.kind)

    def coerce(value: JSON, place: Place) -> JSON:
        if type(value) is ready:
            return [value]
        if isinstance(value, dict) and is_below_root(place):
            record_problem(place, mismatch(field.title, "array", value))
            return value
        items = value if isinstance(value, list) else [value]
        return [
            item if type(item) is ready else coerce_item(item, (place, (index, index)))
            for index, item in enumerate(items)
        ]

    return coerce


def _scalar(field: Field) -> Coerce:
    coercion, unwrapped = COERCIONS[field.kind], UNWRAPPED_COERCIONS[field.kind]
    limits = tuple(find_limits(field))

    def coerce(value: JSON, place: Place) -> JSON:
        alone = type(value) is list and len(value) == 1
        value = value[0] if alone else value
        fitting = unwrapped(value) if alone else coercion(value)
        wrong = fitting is UNDEFINED
        if wrong:
            record_problem(place, mismatch(name_value(field, place), field.kind, value))
        for holds, sentence in limits:
            if not holds(value if wrong else fitting):
                record_problem(place, sentence(value if wrong else fitting))
        return fitting

    return coerce


#: A condition, and the sentence for a value that breaks it.
FieldLimit: TypeAlias = tuple[Callable[[JSON], bool], Callable[[JSON], str]]


def find_limits(field: Field) -> Iterator[FieldLimit]:
    """What a field's value must keep to: its longest length, a date's form, its choices."""
    longest = field.max_length
    if longest:
        yield (
            lambda value: not isinstance(value, str) or len(value) <= longest,
            lambda value: too_long(field.title, longest, value),
        )
    if field.kind == "string or number":
        yield (
            lambda value: not isinstance(value, str) or is_date_like(value),
            lambda _: not_date_like(field.title),
        )
    if field.choices:
        yield (lambda value: value in field.choices, lambda _: not_among(field.title, field.choices))
