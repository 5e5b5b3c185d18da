"""Made-up personal data and tokens, each with a word of its own by which it is found wherever it leaks."""

import re
from typing import NamedTuple

_DIGITS, _LETTERS = "0123456789abcdef", "abcdefghijklmnop"
_WORD = re.compile(rb"canary([a-p]{4})q", re.IGNORECASE)
#: E-mail addresses in the notations that strangers write; WORD stands for the canary's word.
ADDRESSES = (
    "WORD@leak.test", "WORD%40leak.test", "WORD%2540leak.test", "WORD\uff20leak.test",
    "WORD.o'brien@leak.test",
    '"WORD b"@leak.test', f"{'WORD' * 7}@leak.test", "WORD&#64;leak.test", "WORD&commat;leak.test",
    "WORD\\u0040leak.test", "WORD%u0040leak.test",
)  # fmt: skip
#: Secrets that are recognized by their look, wherever they are.
TOKENS = (
    "pina_WORD", "Bearer WORD", "Bearer\tWORD", "Bearer\u00a0WORD", "Bearer%20WORD",
    "https://x.test/?jwt=WORD", "https://x.test/?a=1&sig=WORD#top",
    "https://x.test/?code=WORD", "https://x.test/#access_token=WORD",
)  # fmt: skip
#: Names that are not a field's.
NAMES = (*ADDRESSES, "+1 415 555 0123 WORD", "14155550123WORD", "12 WORD Street", "WORDü")


class Canary(NamedTuple):
    """A text to put into one place of one input, and the word in it."""

    word: str
    text: str
    input: str
    place: str

    def __str__(self) -> str:
        return f"{self.input}, {self.place or 'alone'}: {self.text}"


def spell(number: int) -> str:
    """The word of a canary: letters alone, so that nothing takes it for a phone number."""
    return f"canary{f'{number:04x}'.translate(str.maketrans(_DIGITS, _LETTERS))}q"


def make_canaries(inputs) -> list[Canary]:
    """A canary for each form in each place of each input."""
    rows = [(name, place, form) for name, row in inputs.items() for place in row.places for form in row.forms]
    return [
        Canary(spell(number), form.replace("WORD", spell(number)), name, place)
        for number, (name, place, form) in enumerate(rows)
    ]


def choose_few(canaries) -> list[Canary]:
    """Canaries enough to have each place of each input, and each form of each input, at least once."""
    few, seen = [], set()
    for canary in canaries:
        form = canary.text.replace(canary.word, "WORD")
        marks = {(canary.input, "place", canary.place), (canary.input, "form", form)}
        if not marks & seen:
            few.append(canary)
            seen |= marks
    rest = [canary for canary in canaries if canary not in few]
    for canary in rest:
        form = canary.text.replace(canary.word, "WORD")
        marks = {(canary.input, "place", canary.place), (canary.input, "form", form)}
        if not marks <= seen:
            few.append(canary)
            seen |= marks
    return few


def find_leaks(output: bytes, canaries) -> set[Canary]:
    """The canaries whose words are in an output."""
    words = {match[0].decode().lower() for match in _WORD.finditer(output)}
    return {canary for canary in canaries if canary.word in words}
