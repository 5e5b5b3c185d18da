"""Values that a test knows in plain text, compared by their hashes: they are never stored or shown."""

from collections.abc import Mapping
from dataclasses import dataclass

from mockpin.suggestions import suggest
from mockpin_validator.contract.request import HASHED_MATCH_KEYS

__tracebackhide__ = True  # a failing test is shown its own line, not how its plain values were read


@dataclass(eq=False)
class PlainValueUnusable(ValueError):
    """A plain value that no hash can be made of; the sentence does not repeat it."""

    problem: str

    def __str__(self) -> str:
        return self.problem


def hash_plain(plain: Mapping[str, object]) -> dict[str, str]:
    """What must be in a payload that holds these values: paths, and the hash that Pinterest documents.

    `{"em": "Jo@Example.com"}` becomes `{"user_data.em.*": "9e6c…"}`: one of the hashes sent must be that one.
    Phone numbers begin with their country code. Raises PlainValueUnusable.
    """
    return {f"user_data.{key}.*": _hash(key, value) for key, value in plain.items()}


def _hash(key: str, value: object) -> str:
    from mockpin_transformer import EmptyValue  # noqa: PLC0415 - loaded when first needed
    from mockpin_transformer.match_keys.hashing import hash_value  # noqa: PLC0415 - as above
    from mockpin_transformer.match_keys.normalization import stages_of  # noqa: PLC0415 - as above

    if key not in HASHED_MATCH_KEYS:
        raise PlainValueUnusable(
            f"plain has no match key {key!r} that is hashed; {suggest(key, HASHED_MATCH_KEYS)}"
        )
    if not isinstance(value, str):
        raise PlainValueUnusable(f"plain.{key} should be text.")
    try:
        return hash_value(value, stages_of(key, "documented", region=None))
    except EmptyValue:
        raise PlainValueUnusable(f"plain.{key} is empty once it is cleaned: leave it out.") from None
