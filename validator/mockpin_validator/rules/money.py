"""Amounts of money: numbers written as strings, and their currency."""

import re
from collections.abc import Iterator
from math import isfinite
from typing import Any, Final

from mockpin_validator.contract.iso_codes import currencies
from mockpin_validator.contract.spelling import quoted
from mockpin_validator.judging.clean_schemas import fields
from mockpin_validator.judging.context import Context, Event
from mockpin_validator.judging.evidence import OPENAPI, OPENAPI_INFERRED, SEGMENT_HISTORY
from mockpin_validator.judging.finding import Complaint
from mockpin_validator.judging.rule import ADVICE, HINT, MISTAKE, rule

_POSITIVE: Final = {"pattern": r"^(?:[1-9][0-9]{0,11}(?:\.[0-9]{1,8})?|0\.[0-9]{0,7}[1-9])$"}
_CLEAN: Final = fields(
    {
        "custom_data.value": _POSITIVE,
        "custom_data.predicted_ltv": _POSITIVE,
        "custom_data.contents[].item_price": _POSITIVE,
    }
)
#: Frequent currencies, accepted without loading the list of all.
_FREQUENT_CURRENCY: Final = {"enum": [
    "USD", "EUR", "GBP", "CAD", "AUD", "JPY", "BRL", "MXN", "CHF", "SEK", "PLN", "NZD", "INR", None,
]}  # fmt: skip
#: Currencies whose unit is worth about a US dollar or more.
_HIGH_UNITS: Final = frozenset({"USD", "EUR", "GBP", "CHF", "CAD", "AUD", "NZD", "SGD"})
MIN_UNUSUALLY_HIGH: Final = 1_000_000
#: ISO 4217's currencies without a smaller unit.
_WITHOUT_FRACTION: Final = frozenset(
    {
        "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF",
        "XOF", "XPF",
    }
)  # fmt: skip
_PLAUSIBLE: Final = r"^[0-9]{1,6}(?:\.[0-9]*)?$"
_HAS_FRACTION: Final = {"not": {"enum": sorted(_WITHOUT_FRACTION)}}
_ADVICE_BY_FORM: Final = (
    (
        re.compile(r"(?i)undefined|null|none|nan|-?inf(?:inity)?"),
        "leave the field out when the number is missing",
    ),
    (
        re.compile(r"[^\d\s.,+-]{1,4}\s*\d[\d.,]*|\d[\d.,]*\s*(?:[^\d\s.,+-]{2,4}|[^\d\s.,+a-z-])"),
        "leave the currency out; it has its own field",
    ),
    (
        re.compile(r"\d{1,3}(?:([,.'\u2019\s])\d{3})(?:\1\d{3})*(?:[.,]\d+)?"),
        "leave out the thousands separators",
    ),
    (re.compile(r"\d+,\d+"), "use a point, not a comma"),
)


def parse_number(text: str) -> float | None:
    """Parse a string as a finite number; None if it is not one."""
    try:
        number = float(text) if text.isascii() and "_" not in text else float("nan")
    except ValueError:
        return None
    return number if isfinite(number) else None


@rule(MISTAKE, SEGMENT_HISTORY, clean=_CLEAN)
def amount_not_a_number(event: Event, _: Context) -> Iterator[Complaint]:
    """value, predicted_ltv and item_price are strings that hold a finite number."""
    for path, text in _amounts(event):
        if parse_number(text) is None:
            yield Complaint(path, f"{quoted(text)} is not a number.", _suggest_number(text))


@rule(MISTAKE, OPENAPI, clean=_CLEAN)
def amount_negative(event: Event, _: Context) -> Iterator[Complaint]:
    """value, predicted_ltv and item_price are not negative."""
    for path, text in _amounts(event):
        if (parse_number(text) or 0) < 0:
            yield Complaint(
                path,
                f"{quoted(text)} is negative: Pinterest advises against negative amounts.",
                "Leave refunds out; send what the customer paid.",
            )


@rule(HINT, OPENAPI, clean=_CLEAN)
def value_zero(event: Event, _: Context) -> Iterator[Complaint]:
    """The value is not zero: Pinterest advises against it."""
    if parse_number(event.get("custom_data", {}).get("value") or "") == 0:
        yield Complaint("/custom_data/value", "The value is zero.", "Leave value out when there is none.")


@rule(MISTAKE, OPENAPI, clean=fields({"custom_data.currency": _FREQUENT_CURRENCY}))
def currency_unknown(event: Event, _: Context) -> Iterator[Complaint]:
    """The currency is an ISO 4217 code in capitals."""
    currency = event.get("custom_data", {}).get("currency")
    if currency and currency not in currencies():
        known = currency.strip().upper() in currencies()
        yield Complaint(
            "/custom_data/currency",
            f"{quoted(currency)} is not an ISO 4217 currency code.",
            f"Send {currency.strip().upper()!r}." if known else "Send three capital letters, such as 'EUR'.",
        )


@rule(HINT, OPENAPI, clean=fields({"custom_data": {"dependentRequired": {"value": ["currency"]}}}))
def currency_missing(event: Event, _: Context) -> Iterator[Complaint]:
    """A value comes with its currency; without one Pinterest assumes the ad account's currency."""
    custom_data = event.get("custom_data", {})
    if custom_data.get("value") and "currency" not in custom_data:
        yield Complaint(
            "/custom_data",
            "value has no currency: Pinterest assumes the ad account's currency.",
            "Send the ISO 4217 code in custom_data.currency.",
        )


@rule(
    ADVICE,
    OPENAPI_INFERRED,
    clean=fields({"custom_data.value": {"pattern": _PLAUSIBLE}, "custom_data.currency": _HAS_FRACTION}),
)
def value_implausible(event: Event, _: Context) -> Iterator[Complaint]:
    """The value is plausible in its currency: no millions of dollars, no fraction of a yen."""
    custom_data = event.get("custom_data", {})
    value, currency = parse_number(custom_data.get("value") or ""), custom_data.get("currency")
    if value and currency in _HIGH_UNITS and value >= MIN_UNUSUALLY_HIGH:
        yield Complaint(
            "/custom_data/value",
            f"The value is {value:,.2f} {currency}: Pinterest advises against unusually high values.",
            "Send the value in the currency's unit, not in cents, and check the currency.",
        )
    if value and currency in _WITHOUT_FRACTION and value % 1:
        yield Complaint(
            "/custom_data/value",
            f"The value has decimals, but {currency} has no smaller unit.",
            "Check the currency: the value looks like an amount in another currency.",
        )


def _amounts(event: Event) -> Iterator[tuple[str, str]]:
    custom_data: dict[str, Any] = event.get("custom_data", {})
    for name in ("value", "predicted_ltv"):
        if custom_data.get(name):
            yield f"/custom_data/{name}", custom_data[name]
    for index, item in enumerate(custom_data.get("contents", ())):
        if item.get("item_price"):
            yield f"/custom_data/contents/{index}/item_price", item["item_price"]


def _suggest_number(text: str) -> str:
    known = (advice for pattern, advice in _ADVICE_BY_FORM if pattern.fullmatch(text.strip()))
    return f"Send a plain number as a string, such as '24.50'; {next(known, 'digits and at most one point')}."


RULES: Final = (
    amount_not_a_number,
    amount_negative,
    value_zero,
    currency_unknown,
    currency_missing,
    value_implausible,
)
