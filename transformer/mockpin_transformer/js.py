"""JavaScript's value semantics, as far as they can be observed in Segment's destination.

Values are what JSON gives plus `UNDEFINED`. Numbers are doubles: an int stands for the double nearest to it.
Text is measured, cut and compared in UTF-16 units. After ECMA-262, 15th edition.
"""

import json
import math
import re
import struct
from decimal import Decimal
from enum import Enum
from typing import Any, Final, Literal, TypeAlias

from mockpin_transformer.errors import NotJson

JSON: TypeAlias = Any


class Undefined(Enum):
    """The type of `UNDEFINED`, the value of a path that does not exist. It is not null; it is falsy."""

    UNDEFINED = "undefined"

    def __bool__(self) -> Literal[False]:
        return False

    def __repr__(self) -> str:
        return "UNDEFINED"


UNDEFINED: Final = Undefined.UNDEFINED

WHITESPACE: Final = (
    "\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006"
    "\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
)

_DECIMAL = re.compile(r"[+-]?(?:[0-9]++\.?[0-9]*+|\.[0-9]++)(?:[eE][+-]?[0-9]+)?")
_RADIX = re.compile(r"0(?:[xX][0-9a-fA-F]+|[oO][0-7]+|[bB][01]+)")
_INFINITIES = {"Infinity": math.inf, "+Infinity": math.inf, "-Infinity": -math.inf}
_SURROGATE = re.compile("[\ud800-\udfff]")
_ARRAY_INDEX = re.compile(r"0|[1-9][0-9]{0,9}")
_LAST_INDEX = 2**32 - 2
_SAFE_INTEGER = 2**53
#: Integers of so many characters are below 2**53.
_EXACT_DIGITS = 15
_FIXED_DIGITS = 21
_FIRST_EXPONENT = 1e21
_LEADING_ZEROS = 6

_TYPES = {
    str: "string",
    bool: "boolean",
    int: "number",
    float: "number",
    list: "array",
    dict: "object",
    type(None): "null",
    Undefined: "undefined",
}


def type_name(value: JSON) -> str:
    """The name of a value's type in mappings and messages: `array` and `null` are types of their own.

    NotJson for a type that JSON does not have.
    """
    try:
        return _TYPES[type(value)]
    except KeyError:
        raise NotJson(type(value).__name__) from None


def typeof(value: JSON) -> str:
    """What JavaScript's `typeof` answers: arrays and null are objects."""
    name = type_name(value)
    return "object" if name in ("array", "null") else name


def is_truthy(value: JSON) -> bool:
    """Whether a condition holds: empty lists and objects do, NaN does not."""
    if isinstance(value, list | dict):
        return True
    return bool(value) and value == value  # noqa: PLR0124 - NaN is the value that differs from itself


def trim(text: str) -> str:
    """The text without JavaScript's whitespace at either end."""
    return text.strip(WHITESPACE)


def to_double(number: float) -> float:
    """The double nearest to a number; integers out of range become infinite."""
    try:
        return float(number)
    except OverflowError:
        return math.inf if number > 0 else -math.inf


def to_number(text: str) -> float:
    """JavaScript's `Number(text)`: blank is 0, unreadable is NaN; exponents, 0x, 0o and 0b are read."""
    text = trim(text)
    if not text:
        return 0.0
    if _DECIMAL.fullmatch(text):
        return float(text)
    if _RADIX.fullmatch(text):
        return to_double(int(text, 0))
    return _INFINITIES.get(text, math.nan)


def number_text(number: float) -> str:
    """JavaScript's `String(number)`: the shortest digits that read back, exponents only past 21 digits."""
    if type(number) is int and -_SAFE_INTEGER < number < _SAFE_INTEGER:
        return str(number)
    double = to_double(number)
    if double == 0:
        return "0"
    if not math.isfinite(double):
        return "NaN" if double != double else "Infinity" if double > 0 else "-Infinity"  # noqa: PLR0124 - NaN
    return _finite_text(double)


def _finite_text(double: float) -> str:
    text = repr(double)
    if "e" not in text:  # Python turns to exponents earlier than JavaScript does, at both ends
        return text.removesuffix(".0")
    sign, digit_tuple, exponent = Decimal(text).as_tuple()
    digits = "".join(map(str, digit_tuple))
    point = len(digits) + int(exponent)
    return "-" * sign + _place_point(digits, point)


def _place_point(digits: str, point: int) -> str:
    if len(digits) <= point <= _FIXED_DIGITS:
        return digits.ljust(point, "0")
    if 0 < point <= _FIXED_DIGITS:
        return f"{digits[:point]}.{digits[point:]}"
    if -_LEADING_ZEROS < point <= 0:
        return "0." + "0" * -point + digits
    mantissa = digits[0] + ("." + digits[1:] if len(digits) > 1 else "")
    return f"{mantissa}e{point - 1:+d}"


def to_string(value: JSON) -> str:
    """JavaScript's `String(value)`: arrays joined by commas (null is empty), objects `[object Object]`."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return number_text(value)
    if isinstance(value, list):
        return ",".join("" if item is None or item is UNDEFINED else to_string(item) for item in value)
    name = type_name(value)
    return "[object Object]" if name == "object" else name


def to_units(text: str) -> str:
    """The text with one character for each UTF-16 unit: an emoji becomes its two surrogates."""
    if text.isascii():
        return text
    data = text.encode("utf-16-le", "surrogatepass")
    return "".join(map(chr, struct.unpack(f"<{len(data) // 2}H", data)))


def from_units(units: str) -> str:
    """The text of UTF-16 units: surrogates that stand side by side become one character again."""
    if units.isascii():
        return units
    return units.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


def utf16_length(text: str) -> int:
    """JavaScript's `text.length`: the number of UTF-16 units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def ordered_keys(keys: dict[str, JSON]) -> list[str]:
    """The keys in the order every JavaScript object has: array indexes ascending, then the rest as given."""
    indexes = [key for key in keys if _ARRAY_INDEX.fullmatch(key) and int(key) <= _LAST_INDEX]
    if not indexes:
        return list(keys)
    numbered = set(indexes)
    return sorted(indexes, key=int) + [key for key in keys if key not in numbered]


def spread(value: JSON) -> dict[str, JSON]:
    """JavaScript's `{...value}`: lists and text by index, nothing of numbers, booleans and null."""
    if isinstance(value, dict):
        return dict(value)
    items = to_units(value) if isinstance(value, str) else value if isinstance(value, list) else ()
    return {str(index): item for index, item in enumerate(items)}


def stringify(value: JSON) -> str:
    """JavaScript's `JSON.stringify(value)`: no spaces, non-ASCII raw, NaN, infinities and holes null.

    UNDEFINED itself has no JSON text; members holding it are left out. NotJson for what JSON does not have.
    """
    if isinstance(value, str):
        return _quote(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return number_text(value) if math.isfinite(to_double(value)) else "null"
    if isinstance(value, list | tuple):
        return "[" + ",".join(map(stringify, value)) + "]"
    if isinstance(value, dict):
        return "{" + ",".join(_members(value)) + "}"
    if value is None or value is UNDEFINED:
        return "null"
    raise NotJson(type(value).__name__)


def _members(value: dict[str, JSON]) -> list[str]:
    present = (key for key in ordered_keys(value) if value[key] is not UNDEFINED)
    return [f"{_quote(key)}:{stringify(value[key])}" for key in present]


def _quote(text: str) -> str:
    quoted = json.dumps(from_units(text), ensure_ascii=False)
    return _SURROGATE.sub(lambda surrogate: f"\\u{ord(surrogate[0]):04x}", quoted)


def parse_json(text: str) -> JSON:
    """JavaScript's `JSON.parse(text)`: integers past 2**53 lose precision; ValueError if not JSON."""
    return _DECODER.decode(text)


def _parse_int(digits: str) -> float:
    if len(digits) <= _EXACT_DIGITS and digits != "-0":
        return int(digits)
    double = float(digits)
    if digits == "-0" or abs(double) >= _FIRST_EXPONENT:
        return double
    return int(number_text(double))


def _refuse_constant(name: str) -> JSON:
    raise ValueError(f"{name} is not JSON")


_DECODER: Final = json.JSONDecoder(parse_int=_parse_int, parse_constant=_refuse_constant)
