"""How match keys are cleaned before they are hashed: a table with two columns.

`segment` is what Segment's action-destinations 3.517.0 does. `documented` is what Pinterest asks for: its
OpenAPI description 5.23 and, where that is silent, its own server template (pinterest/ss-gtm-template).
"""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Final, Literal, NamedTuple, TypeAlias

from mockpin_transformer.errors import MatchKeyUnknown, RegionUnavailable
from mockpin_transformer.js import trim
from mockpin_transformer.match_keys.birth_dates import write_birth_date
from mockpin_transformer.match_keys.places_of_residence import abbreviate_country, abbreviate_state
from mockpin_transformer.match_keys.stages import (
    abbreviate_any_gender,
    abbreviate_gender,
    delete_white_space,
    drop_leading_zeros,
    drop_punctuation,
    keep_digits,
    lower_case,
    shorten_zip_code,
)

Normalization: TypeAlias = Literal["segment", "documented"]


class CleaningStage(NamedTuple):
    """One change to a match key; explanations show `name`."""

    name: str
    apply: Callable[[str], str]


Stages: TypeAlias = tuple[CleaningStage, ...]


class HashedMatchKey(NamedTuple):
    """A hashed match key: its wire name, its field in a mapping, and the two columns."""

    key: str
    field: str
    segment: Stages
    documented: Stages


def _stages(*functions: Callable[[str], str]) -> Stages:
    return tuple(CleaningStage(function.__name__.replace("_", " "), function) for function in functions)


_SEGMENT: Final = _stages(delete_white_space, lower_case)
_SMALL: Final = _stages(trim, lower_case)

MATCH_KEYS: Final = (
    HashedMatchKey("em", "email", _SEGMENT, _SMALL),
    HashedMatchKey("ph", "phone", _stages(keep_digits), _stages(keep_digits, drop_leading_zeros)),
    HashedMatchKey(
        "ge", "gender", _SEGMENT + _stages(abbreviate_gender), _SMALL + _stages(abbreviate_any_gender)
    ),
    HashedMatchKey("db", "date_of_birth", _SEGMENT, _stages(trim, write_birth_date)),
    HashedMatchKey("ln", "last_name", _SEGMENT, _SMALL),
    HashedMatchKey("fn", "first_name", _SEGMENT, _SMALL),
    HashedMatchKey("ct", "city", _SEGMENT, _stages(lower_case, drop_punctuation)),
    HashedMatchKey("st", "state", _SEGMENT, _SMALL + _stages(abbreviate_state)),
    HashedMatchKey("zp", "zip", _SEGMENT, _stages(lower_case, shorten_zip_code)),
    HashedMatchKey("country", "country", _SEGMENT, _SMALL + _stages(abbreviate_country)),
    HashedMatchKey("external_id", "external_id", _SEGMENT, _SMALL),
    HashedMatchKey("hashed_maids", "hashed_maids", _SEGMENT, _SMALL),
)


@cache
def select_stages(normalization: Normalization, region: str | None = None) -> Mapping[str, Stages]:
    """The stages of every match key by its wire name; a region concerns documented phone numbers only.

    ValueError for an unknown normalization.
    """
    if normalization not in ("segment", "documented"):
        raise ValueError(f'{normalization!r} is not a normalization: use "segment" or "documented".')
    stages = {
        match_key.key: match_key.segment if normalization == "segment" else match_key.documented
        for match_key in MATCH_KEYS
    }
    if normalization == "documented" and region:
        stages["ph"] = (CleaningStage(f"dial from outside {region}", international_as_of(region)),)
    return stages


def stages_of(key: str, normalization: Normalization, *, region: str | None = None) -> Stages:
    """The stages of one match key; MatchKeyUnknown, a KeyError, for an unknown name."""
    stages = select_stages(normalization, region)
    if key not in stages:
        raise MatchKeyUnknown(key, tuple(stages))
    return stages[key]


def international_as_of(region: str) -> Callable[[str], str]:
    """Writes numbers as dialled from abroad, those without a country as of a region such as "US".

    RegionUnavailable where the region's numbers cannot be read.
    """
    try:
        import phonenumbers  # noqa: PLC0415 - an extra
    except ModuleNotFoundError as error:
        raise RegionUnavailable(
            region, "this needs another package: pip install 'mockpin[phone]'."
        ) from error
    if region not in phonenumbers.SUPPORTED_REGIONS:
        raise RegionUnavailable(region, 'a region is two capital letters, such as "US".')

    def write_internationally(text: str) -> str:
        try:
            number = phonenumbers.parse(text, region)
        except phonenumbers.NumberParseException:
            return drop_leading_zeros(keep_digits(text))
        return f"{number.country_code}{phonenumbers.national_significant_number(number)}"

    return write_internationally
