"""Phone numbers with their country code, through `phonenumbers` (the extra `phone`)."""

from collections.abc import Callable

from mockpin_transformer.errors import RegionUnavailable
from mockpin_transformer.match_keys.stages import drop_leading_zeros, keep_digits


def international_as_of(region: str) -> Callable[[str], str]:
    """Writes numbers as dialled from abroad, those without a country as of a region such as "US".

    RegionUnavailable where the region's numbers cannot be read.
    """
    try:
        import phonenumbers  # noqa: PLC0415 - an extra
    except ModuleNotFoundError as error:
        raise RegionUnavailable(region, "it needs another package: pip install 'mockpin[phone]'.") from error
    if region not in phonenumbers.SUPPORTED_REGIONS:
        raise RegionUnavailable(region, 'a region is two capital letters, such as "US".')

    def write_internationally(text: str) -> str:
        try:
            number = phonenumbers.parse(text, region)
        except phonenumbers.NumberParseException:
            return drop_leading_zeros(keep_digits(text))
        return f"{number.country_code}{phonenumbers.national_significant_number(number)}"

    return write_internationally
