"""The names of a Segment event's fields that hold personal data, masked even if no mapping reads them.

The names are those of Segment's specification of `identify` and their synonyms, in any spelling.
"""

from mockpin_validator.detectors import PHONE_NAME

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
