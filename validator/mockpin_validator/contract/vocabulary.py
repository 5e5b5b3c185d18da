"""The names of fields, the part that each belongs to, and the field that a wrong name probably means."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Final

from mockpin_validator.contract.request import properties_of
from mockpin_validator.contract.spelling import bare, nearest

_PARTS: Final[Mapping[str, str]] = {
    "event": "event",
    "user_data": "match_keys",
    "custom_data": "custom_data",
    "contents": "contents",
    "app_info": "app_info",
    "device_info": "device_info",
}

# Names that senders to other platforms use (letters and digits only) -> full name of the field.
_OTHER_FIELDS: Final[Mapping[str, str]] = {
    "advertiserid": "ad_account_id of the request's path",
    "advertisingid": "user_data.hashed_maids",
    "amount": "custom_data.value",
    "bd": "user_data.db",
    "birthdate": "user_data.db",
    "birthday": "user_data.db",
    "brand": "contents.item_brand",
    "category": "contents.item_category",
    "categoryname": "custom_data.content_category",
    "city": "user_data.ct",
    "countrycode": "user_data.country",
    "dateofbirth": "user_data.db",
    "dob": "user_data.db",
    "email": "user_data.em",
    "emailaddress": "user_data.em",
    "epik": "user_data.click_id",
    "event": "event.event_name",
    "eventtype": "event.event_name",
    "firstname": "user_data.fn",
    "gender": "user_data.ge",
    "idfa": "user_data.hashed_maids",
    "gaid": "user_data.hashed_maids",
    "ip": "user_data.client_ip_address",
    "itemid": "contents.id",
    "items": "custom_data.contents",
    "lastname": "user_data.ln",
    "lineitems": "custom_data.contents",
    "maid": "user_data.hashed_maids",
    "maids": "user_data.hashed_maids",
    "messageid": "event.event_id",
    "mobile": "user_data.ph",
    "name": "contents.item_name",
    "orderquantity": "custom_data.num_items",
    "pagetitle": "custom_data.content_name",
    "phone": "user_data.ph",
    "phonenumber": "user_data.ph",
    "price": "contents.item_price",
    "productcategory": "custom_data.content_category",
    "productid": "contents.id",
    "productids": "custom_data.content_ids",
    "products": "custom_data.contents",
    "properties": "event.custom_data",
    "qty": "contents.quantity",
    "query": "custom_data.search_string",
    "revenue": "custom_data.value",
    "searchquery": "custom_data.search_string",
    "searchterm": "custom_data.search_string",
    "sku": "contents.id",
    "sourceurl": "event.event_source_url",
    "state": "user_data.st",
    "timestamp": "event.event_time",
    "surname": "user_data.ln",
    "total": "custom_data.value",
    "transactionid": "custom_data.order_id",
    "type": "event.event_name",
    "url": "event.event_source_url",
    "useragent": "user_data.client_user_agent",
    "userid": "user_data.external_id",
    "zip": "user_data.zp",
    "postalcode": "user_data.zp",
}

_PRESENTABLE: Final = re.compile(r"(?!.*\d{6})[A-Za-z_$][\w$.-]{0,63}", re.ASCII)


def fields() -> Mapping[str, Mapping[str, object]]:
    """Return every field's schema by the field's full name ("custom_data.value")."""
    return {
        f"{part}.{name}": schema for part in _PARTS for name, schema in properties_of(_PARTS[part]).items()
    }


def did_you_mean(name: str, part: str) -> str:
    """Return the fix for an unknown field in a part of the event."""
    meant = _meant(name, part)
    return f"Did you mean {', or '.join(_place(full, part) for full in meant)}?" if meant else "Remove it."


def find_meant_name(name: str, known: Iterable[str]) -> str | None:
    """Return the known field name that a wrong name probably means, None if there is none."""
    called = (
        _OTHER_FIELDS.get(bare(name)) or next(iter(_homes(name)), "") or _find_similar_synonym(name) or ""
    )
    names = {known_name: known_name for known_name in known}
    return names.get(called.rpartition(".")[2]) or names.get(called) or nearest(name, names)


def find_misnamed_field(holder: Mapping[str, object], missing: str) -> str | None:
    """Return the unknown field of an event that its sender probably meant as the missing one, or None."""
    unknown = (name for name in holder if name not in _own("event"))
    return next((name for name in unknown if _meant(name, "event") == (f"event.{missing}",)), None)


def is_presentable(name: str) -> bool:
    """Whether an unknown field's name may be shown: it looks like a name and not like personal data."""
    return _PRESENTABLE.fullmatch(name) is not None


def _meant(name: str, part: str) -> tuple[str, ...]:
    """Return the full names of all fields with this name or synonym; if there are none, one similar name."""
    named = dict.fromkeys(filter(None, (_find_synonym(name, part), *_homes(name))))
    near = nearest(name, _own(part))
    guessed = f"{part}.{near}" if near else _find_similar_synonym(name)
    return tuple(named) or ((guessed,) if guessed else ())


def _place(meant: str, part: str) -> str:
    """Return a field's name as a message on a part of the event shows it."""
    home, _, field = meant.partition(".")
    if home == part:
        return field
    return f"{field} of the event itself" if home == "event" else meant


def _find_synonym(name: str, part: str) -> str | None:
    """Return the full name of a field by a synonym, fields of the part itself first."""
    called = _OTHER_FIELDS.get(bare(name), "")
    if called.startswith(f"{part}."):
        return called
    ending = _only_one_ending(f"_{bare(name)}", _own(part))
    return f"{part}.{ending}" if ending else called or None


def _own(part: str) -> Iterable[str]:
    return properties_of(_PARTS.get(part, part))


def _only_one_ending(ending: str, names: Iterable[str]) -> str | None:
    """Return the only name with this ending (content_name for name); None if no or several names have it."""
    matching = [name for name in names if name.endswith(ending)]
    return matching[0] if len(matching) == 1 else None


def _find_similar_synonym(name: str) -> str | None:
    """Return the full name of a field by a misspelt synonym."""
    return _OTHER_FIELDS.get(nearest(name, _OTHER_FIELDS) or "")


def _homes(name: str) -> Sequence[str]:
    """Return the full names of all fields with this name, ignoring case and underscores."""
    return _spellings().get(bare(name), ())


@cache
def _spellings() -> Mapping[str, Sequence[str]]:
    homes: dict[str, list[str]] = {}
    for full_name in fields():
        homes.setdefault(bare(full_name.partition(".")[2]), []).append(full_name)
    return homes
