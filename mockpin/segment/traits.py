"""What identifies a person in a Segment event, so that it is masked whether a mapping reads it or not.

Names are those of Segment's specification of `identify`, and what others call the same, in any spelling.
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
#: Under these names everything speaks of a person, at any depth.
IDENTITIES = frozenset({
    "traits", "user", "userdata", "customer", "person", "profile", "contact", "billing", "shipping",
    "recipient", "member", "subscriber",
})  # fmt: skip
#: What stands beside a person's data, identifies nobody, and is shown.
HARMLESS = frozenset({
    "plan", "tier", "logins", "employees", "industry", "createdat", "language", "locale", "timezone",
    "currency", "subscribed", "type", "status", "source",
})  # fmt: skip


def fold(name: str) -> str:
    """What two spellings of one trait share."""
    return name.lower().replace("_", "").replace("-", "").replace(" ", "")


def is_identity(name: str) -> bool:
    """Whether what lies under a name is a person's data, unless it is known to be harmless."""
    return fold(name) in IDENTITIES


def is_harmless(name: str) -> bool:
    """Whether a trait of this name identifies nobody."""
    return fold(name) in HARMLESS


def is_personal(name: str) -> bool:
    """Whether a field of this name is a person's data wherever it is."""
    folded = fold(name)
    has_part = any(part in folded for part in PERSONAL_PARTS)
    return folded in PERSONAL or has_part or bool(PHONE_NAME.search(name))
