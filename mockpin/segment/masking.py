"""Masks for Segment events: values that mappings read into `user_data`, and personal data by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from mockpin.emulator.masking.events import HASHED_KEYS, hide
from mockpin.emulator.masking.texts import is_secret, mask_name, mask_text
from mockpin_validator.detectors import PHONE_NAME

if TYPE_CHECKING:
    from mockpin_transformer import Subscription


USER_DATA = "/user_data"
ANY_INDEX = "*"
#: Names of fields that hold personal data, masked even if no mapping reads them: those of Segment's
#: specification of `identify` and their synonyms, in any spelling.
PERSONAL = frozenset({
    "firstname", "lastname", "fullname", "middlename", "maidenname", "surname", "givenname", "familyname",
    "nickname", "username", "login", "birthday", "birthdate", "dateofbirth", "dob", "gender", "sex", "street",
    "city", "zip", "zipcode", "postalcode", "postcode", "ssn", "socialsecuritynumber", "taxid", "nationalid",
    "passport", "passportnumber", "iban", "cardnumber", "creditcard", "mail",
})  # fmt: skip
#: A name that has one of these in it is personal: `emailAddress`, `addressLine1`, `billing_address`.
PERSONAL_PARTS = ("email", "address")
#: Everything under these names is personal data, at any depth.
IDENTITIES = frozenset({
    "traits", "user", "userdata", "customer", "person", "profile", "contact", "billing", "shipping",
    "recipient", "member", "subscriber",
})  # fmt: skip
#: Fields among personal data that identify no one, and are not masked.
HARMLESS = frozenset({
    "plan", "tier", "logins", "employees", "industry", "createdat", "language", "locale", "timezone",
    "currency", "subscribed", "type", "status", "source",
})  # fmt: skip


def mask_for(subscriptions: Sequence[Subscription]) -> Callable[[Any], Any]:
    """Return a function that masks what the mappings read into `user_data`, and personal data."""
    paths = {
        tuple(filter(None, path.split(".")))
        for subscription in subscriptions
        for pointer, read in subscription.mapping.sources().items()
        if pointer.startswith(USER_DATA)
        for path in read
    }
    return lambda event: _mask_paths(event, paths)


def _mask_paths(value: Any, paths: Iterable[tuple[str, ...]], *, personal: bool = False) -> Any:
    """Mask everything at or below the paths, and the rest by name and form.

    If the value is `personal`, such as traits, mask everything in it except known harmless fields.
    """
    paths = [*paths]
    if () in paths:
        return hide(value)
    if isinstance(value, dict):
        return {
            mask_name(name): _mask_member(name, member, _below(paths, name), personal=personal)
            for name, member in value.items()
        }
    if isinstance(value, list):
        return [
            _mask_paths(item, [*_below(paths, str(index)), *paths], personal=personal)
            for index, item in enumerate(value)
        ]
    if personal:
        return hide(value)
    return mask_text(value) if isinstance(value, str) else value


def _mask_member(name: str, value: Any, paths: Iterable[tuple[str, ...]], *, personal: bool) -> Any:
    if name in HASHED_KEYS or is_personal(name) or is_secret(name):
        return hide(value)
    is_nested = isinstance(value, dict | list)
    hides = is_identity(name) or (personal and (is_nested or not is_harmless(name)))
    return _mask_paths(value, paths, personal=hides)


def _below(paths: Iterable[tuple[str, ...]], step: str) -> Iterator[tuple[str, ...]]:
    return (path[1:] for path in paths if path and path[0] in (step, ANY_INDEX))


def fold(name: str) -> str:
    """Return the form that all spellings of one trait share."""
    return name.lower().replace("_", "").replace("-", "").replace(" ", "")


def is_identity(name: str) -> bool:
    """Whether everything under this name is personal data, except known harmless fields."""
    return fold(name) in IDENTITIES


def is_harmless(name: str) -> bool:
    """Whether a trait of this name identifies no one."""
    return fold(name) in HARMLESS


def is_personal(name: str) -> bool:
    """Whether a field of this name is personal data, wherever it is."""
    folded = fold(name)
    has_part = any(part in folded for part in PERSONAL_PARTS)
    return folded in PERSONAL or has_part or bool(PHONE_NAME.search(name))
