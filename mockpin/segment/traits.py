"""What Segment's specification calls a person's data, so that it is hidden whether a mapping reads it or not.

Names are those of the traits of `identify`, in camelCase or snake_case.
"""

PERSONAL = frozenset({
    "email", "phone", "firstname", "lastname", "birthday", "gender", "address", "street", "city", "zip",
    "zipcode", "postalcode", "username",
})  # fmt: skip
#: Names that speak of a person among traits only: a product has a name, too.
AMONG_TRAITS = PERSONAL | {"name", "age", "avatar", "state", "country", "title", "description", "website"}
TRAITS = "traits"


def fold(name: str) -> str:
    """What two spellings of one trait share."""
    return name.lower().replace("_", "").replace("-", "")


def is_personal(name: str, within: str | None) -> bool:
    """Whether a field of this name, directly within the field of another, is a person's data."""
    return fold(name) in (AMONG_TRAITS if within == TRAITS else PERSONAL)
