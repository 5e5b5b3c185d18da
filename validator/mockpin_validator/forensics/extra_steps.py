"""Extra steps: what senders do to a value before they hash it, and should not do."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

ExtraSteps = Mapping[str, Callable[[str], str]]

_SPACE: Final = re.compile(r"\s")
_PUNCTUATION: Final = re.compile(r"[^\w\s]|_")
_NOT_A_DIGIT: Final = re.compile("[^0-9]")
_PHONE_GROUPS: Final = re.compile(r"(\d{0,3})(\d{3})(\d{3})(\d{4})")
_UMLAUTS: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "å": "aa", "ø": "oe", "æ": "ae"})


def drop_dots(text: str) -> str:
    """Remove the dots before the @ of an e-mail address."""
    name, at, host = text.partition("@")
    return name.replace(".", "") + at + host


def drop_tag(text: str) -> str:
    """Remove the part of an e-mail address from a plus sign to the @."""
    name, at, host = text.partition("@")
    return name.partition("+")[0] + at + host


def strip_accents(text: str) -> str:
    """Remove the accents from a text's letters."""
    return "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))


def write_phone_as(form: str) -> Callable[[str], str]:
    """Return a function that groups a phone number's digits; `{0}` in `form` is the country code."""

    def write(text: str) -> str:
        groups = _PHONE_GROUPS.fullmatch(text)
        return form.format(*groups.groups()).strip(" .-") if groups else text

    return write


def only_for_digits(apply: Callable[[str], str]) -> Callable[[str], str]:
    """Return a function that changes texts of digits only, and returns other texts unchanged."""
    return lambda text: apply(text) if text.isdigit() else text


#: Extra steps for every match key. A step that leaves a text unchanged is not tried again.
_FOR_ANY_KEY: Final[ExtraSteps] = {
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
    "only digits kept": lambda text: _NOT_A_DIGIT.sub("", text),
    "accents removed": strip_accents,
    "accents as characters of their own (NFD)": lambda text: unicodedata.normalize("NFD", text),
    "umlauts written as two letters": lambda text: text.translate(_UMLAUTS),
}
_FOR_KEY: Final[Mapping[str, ExtraSteps]] = {
    "em": {
        "only the part before the @": lambda text: text.partition("@")[0],
        "dots before the @ removed": drop_dots,
        "the part from a plus sign to the @ removed": drop_tag,
    },
    "ph": {
        "a plus sign kept": lambda text: f"+{text}",
        "leading zeros kept (00)": lambda text: f"00{text}",
        "a leading zero kept": lambda text: f"0{text}",
        "the country code missing (1 digit)": only_for_digits(lambda text: text[1:]),
        "the country code missing (2 digits)": only_for_digits(lambda text: text[2:]),
        "the country code missing (3 digits)": only_for_digits(lambda text: text[3:]),
        "the country code 1 added": only_for_digits(lambda text: f"1{text}"),
        "dashes between its groups": write_phone_as("{0}-{1}-{2}-{3}"),
        "dots between its groups": write_phone_as("{0}.{1}.{2}.{3}"),
        "spaces between its groups": write_phone_as("{0} {1} {2} {3}"),
        "the area code in parentheses": write_phone_as("{0} ({1}) {2}-{3}"),
    },
    "zp": {
        "leading zeros removed": lambda text: text.lstrip("0"),
        "a leading zero added": lambda text: f"0{text}",
        "only the first five digits": lambda text: text[:5] if text[:5].isdigit() else text,
    },
}


def extra_steps_for(key: str) -> ExtraSteps:
    """Return the extra steps to try for a match key: name -> function."""
    return MappingProxyType({**_FOR_KEY.get(key, {}), **_FOR_ANY_KEY})
