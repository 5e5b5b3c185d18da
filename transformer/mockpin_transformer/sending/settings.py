"""A destination's settings, read as Segment reads them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from mockpin_transformer.errors import SettingsInvalid
from mockpin_transformer.js import JSON
from mockpin_transformer.payloads.coercion import compile_object, keep_member
from mockpin_transformer.payloads.schema import Field
from mockpin_transformer.payloads.sentences import missing

if TYPE_CHECKING:
    from mockpin_transformer.payloads.place import Problems

_FIELDS: Final = (
    Field("ad_account_id", label="Ad Account ID", required=True),
    Field("conversion_token", required=True),
)
_COERCE: Final = compile_object(Field("", "object", members=_FIELDS), clean=keep_member)


@dataclass(frozen=True)
class DestinationSettings:
    """The ad account, and its conversion token, which is never shown."""

    ad_account_id: str
    conversion_token: str = field(repr=False)


def read_settings(raw: Mapping[str, JSON]) -> DestinationSettings:
    """The settings of their JSON, a number read as text; SettingsInvalid with a sentence a problem."""
    wrong: Problems = []
    values = _COERCE(dict(raw), wrong)
    absent = [missing(field.name) for field in _FIELDS if field.name not in values]
    problems = (*absent, *(problem.sentence for problem in sorted(wrong)))
    if problems:
        raise SettingsInvalid(problems)
    return DestinationSettings(**values)
