"""Hash the plain-text match keys that a test expects. The plain text is never stored or shown."""

from collections.abc import Mapping

from mockpin_validator.contract.request import HASHED_MATCH_KEYS
from mockpin_validator.contract.spelling import suggest

__tracebackhide__ = True  # pytest then shows the test's own line, not plain values in this module


class PlainValueUnusable(ValueError):
    """A plain value that cannot be hashed. The message does not repeat the value."""


def hash_plain(plain: Mapping[str, object]) -> dict[str, str]:
    """Return payload paths with the hash of each plain value, made as Pinterest documents it.

    `{"em": "Jo@Example.com"}` becomes `{"user_data.em.*": "9e6c…"}`: one of the hashes sent must equal it.
    Phone numbers must begin with their country code. Raises PlainValueUnusable.
    """
    return {f"user_data.{key}.*": _hash(key, value) for key, value in plain.items()}


def _hash(key: str, value: object) -> str:
    from mockpin_transformer import EmptyValue  # noqa: PLC0415 - loaded when first needed
    from mockpin_transformer.match_keys.hashing import hash_value  # noqa: PLC0415 - as above
    from mockpin_transformer.match_keys.normalization import stages_of  # noqa: PLC0415 - as above

    if key not in HASHED_MATCH_KEYS:
        raise PlainValueUnusable(
            f"plain: {key!r} is not a hashed match key; {suggest(key, HASHED_MATCH_KEYS)}"
        )
    if not isinstance(value, str):
        raise PlainValueUnusable(f"plain.{key} should be text.")
    try:
        return hash_value(value, stages_of(key, "documented", region=None))
    except EmptyValue:
        raise PlainValueUnusable(f"plain.{key} is empty after normalization: leave it out.") from None
