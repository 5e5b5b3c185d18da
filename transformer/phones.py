"""Phone numbers with their country code, through `phonenumbers` (the extra `mockpin[phone]`)."""

from transformer.errors import RegionUnavailable
from transformer.stages import drop_leading_zeros, keep_digits


def international(text: str, region: str) -> str:
    """The digits of a number as dialled from abroad; RegionUnavailable where regions cannot be read."""
    try:
        import phonenumbers  # noqa: PLC0415 - loaded when first needed
    except ModuleNotFoundError as error:
        raise RegionUnavailable(region, "install mockpin[phone], or leave the region out.") from error
    if region not in phonenumbers.SUPPORTED_REGIONS:
        raise RegionUnavailable(region, 'a region is two capital letters, such as "US".')
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return drop_leading_zeros(keep_digits(text))
    return f"{number.country_code}{phonenumbers.national_significant_number(number)}"
