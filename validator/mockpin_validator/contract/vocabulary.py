"""The names of fields, where each belongs, and what somebody who used another probably meant."""

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

# What other platforms' senders call a field, letters and digits only.
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
    """Every field by its full name ("custom_data.value"), with its schema and description."""
    return {
        f"{part}.{name}": schema for part in _PARTS for name, schema in properties_of(_PARTS[part]).items()
    }


def did_you_mean(name: str, part: str) -> str:
    """What to do about a field that the part of the event it stands in does not have."""
    meant = _meant(name, part)
    return f"Did you mean {', or '.join(_place(each, part) for each in meant)}?" if meant else "Remove it."


def meant_among(name: str, known: Iterable[str]) -> str | None:
    """Which of the known names of fields somebody meant who wrote another, None if none is near."""
    called = _OTHER_FIELDS.get(bare(name)) or next(iter(_homes(name)), "") or _nearly_called(name) or ""
    names = {each: each for each in known}
    return names.get(called.rpartition(".")[2]) or names.get(called) or nearest(name, names)


def meant_by_one_of(holder: Mapping[str, object], missing: str) -> str | None:
    """The unknown field of an event that its sender probably sent for the missing one, or None."""
    unknown = (name for name in holder if name not in _own("event"))
    return next((name for name in unknown if _meant(name, "event") == (f"event.{missing}",)), None)


def is_presentable(name: str) -> bool:
    """Whether an unknown field's name may be repeated: it looks like a name, not like somebody's data."""
    return _PRESENTABLE.fullmatch(name) is not None


def _meant(name: str, part: str) -> tuple[str, ...]:
    """The full names of the fields that are called so, wherever they are; only of none, one that is near."""
    called = dict.fromkeys(filter(None, (_called(name, part), *_homes(name))))
    near = nearest(name, _own(part))
    guessed = f"{part}.{near}" if near else _nearly_called(name)
    return tuple(called) or ((guessed,) if guessed else ())


def _place(meant: str, part: str) -> str:
    """A field's full name as it is said to somebody who looks at a part of the event."""
    home, _, field = meant.partition(".")
    if home == part:
        return field
    return f"{field} of the event itself" if home == "event" else meant


def _called(name: str, part: str) -> str | None:
    """The full name of a field by another name of it, of those in the part itself first."""
    called = _OTHER_FIELDS.get(bare(name), "")
    if called.startswith(f"{part}."):
        return called
    ending = _only_one_ending(f"_{bare(name)}", _own(part))
    return f"{part}.{ending}" if ending else called or None


def _own(part: str) -> Iterable[str]:
    return properties_of(_PARTS.get(part, part))


def _only_one_ending(ending: str, names: Iterable[str]) -> str | None:
    """The one name that ends so, as content_name does for name; None when none or several do."""
    found = [name for name in names if name.endswith(ending)]
    return found[0] if len(found) == 1 else None


def _nearly_called(name: str) -> str | None:
    """The full name of a field by a misspelt other name of it."""
    return _OTHER_FIELDS.get(nearest(name, _OTHER_FIELDS) or "")


def _homes(name: str) -> Sequence[str]:
    """The full names of all fields that are spelt so, but for case and underscores."""
    return _spellings().get(bare(name), ())


@cache
def _spellings() -> Mapping[str, Sequence[str]]:
    homes: dict[str, list[str]] = {}
    for each in fields():
        homes.setdefault(bare(each.partition(".")[2]), []).append(each)
    return homes
