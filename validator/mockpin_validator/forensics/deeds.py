"""What is done to a text on its way to the hash, and should not be."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

Deeds = Mapping[str, Callable[[str], str]]

_SPACE: Final = re.compile(r"\s")
_PUNCTUATION: Final = re.compile(r"[^\w\s]|_")
_NO_DIGIT: Final = re.compile("[^0-9]")
_PHONE_GROUPS: Final = re.compile(r"(\d{0,3})(\d{3})(\d{3})(\d{4})")
_UMLAUTS: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "å": "aa", "ø": "oe", "æ": "ae"})


def drop_dots(text: str) -> str:
    """An e-mail address without the dots of its first part."""
    name, at, host = text.partition("@")
    return name.replace(".", "") + at + host


def drop_tag(text: str) -> str:
    """An e-mail address without what stands behind a plus sign in its first part."""
    name, at, host = text.partition("@")
    return name.partition("+")[0] + at + host


def strip_accents(text: str) -> str:
    """The text with its letters' marks taken away."""
    return "".join(each for each in unicodedata.normalize("NFKD", text) if not unicodedata.combining(each))


def grouped(form: str) -> Callable[[str], str]:
    """A function that writes the digits of a telephone number in groups; `{0}` is the country code."""

    def write(text: str) -> str:
        found = _PHONE_GROUPS.fullmatch(text)
        return form.format(*found.groups()).strip(" .-") if found else text

    return write


def of_digits(do: Callable[[str], str]) -> Callable[[str], str]:
    """The same, done to digits only."""
    return lambda text: do(text) if text.isdigit() else text


#: What is done to a value of any match key; a text that a deed leaves as it was is not tried again.
_TO_ANY: Final[Deeds] = {
    "upper case": str.upper,
    "capitalized": str.title,
    "lower case": str.lower,
    "white space removed": lambda text: _SPACE.sub("", text),
    "a trailing newline": lambda text: f"{text}\n",
    "a trailing carriage return and newline": lambda text: f"{text}\r\n",
    "a trailing space": lambda text: f"{text} ",
    "a leading space": lambda text: f" {text}",
    "a trailing tab": lambda text: f"{text}\t",
    "quotation marks around it": lambda text: f'"{text}"',
    "a JSON array around it": lambda text: f'["{text}"]',
    "punctuation removed": lambda text: _PUNCTUATION.sub("", text),
    "only digits kept": lambda text: _NO_DIGIT.sub("", text),
    "accents removed": strip_accents,
    "accents as characters of their own (NFD)": lambda text: unicodedata.normalize("NFD", text),
    "umlauts written as two letters": lambda text: text.translate(_UMLAUTS),
}
_TO_KEYS: Final[Mapping[str, Deeds]] = {
    "em": {
        "only the part before the @": lambda text: text.partition("@")[0],
        "dots before the @ removed": drop_dots,
        "the part from a plus sign to the @ removed": drop_tag,
    },
    "ph": {
        "a plus sign kept": lambda text: f"+{text}",
        "leading zeros kept (00)": lambda text: f"00{text}",
        "a leading zero kept": lambda text: f"0{text}",
        "the country code missing (1 digit)": of_digits(lambda text: text[1:]),
        "the country code missing (2 digits)": of_digits(lambda text: text[2:]),
        "the country code missing (3 digits)": of_digits(lambda text: text[3:]),
        "the country code 1 added": of_digits(lambda text: f"1{text}"),
        "dashes between its groups": grouped("{0}-{1}-{2}-{3}"),
        "dots between its groups": grouped("{0}.{1}.{2}.{3}"),
        "spaces between its groups": grouped("{0} {1} {2} {3}"),
        "the area code in parentheses": grouped("{0} ({1}) {2}-{3}"),
    },
    "zp": {
        "leading zeros removed": lambda text: text.lstrip("0"),
        "a leading zero added": lambda text: f"0{text}",
        "only the first five digits": lambda text: text[:5] if text[:5].isdigit() else text,
    },
}


def deeds_of(key: str) -> Deeds:
    """What is done to values of a match key: name -> function."""
    return MappingProxyType({**_TO_KEYS.get(key, {}), **_TO_ANY})
