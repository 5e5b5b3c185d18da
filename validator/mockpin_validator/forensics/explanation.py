"""`explain_hash`: which recipe produced a hash, and which recipe is right."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Final

from mockpin_validator.forensics.domains import DOMAINS, HEX_64, RIGHT_FORM, known
from mockpin_validator.forensics.recipes import list_recipes
from mockpin_validator.forensics.shapes import find_shape
from mockpin_validator.forensics.values import NORMALIZATION, normalize_value, sha256

HASHING = "SHA-256 of its UTF-8, as 64 lower-case hexadecimal digits"
NOT_IN_DOMAIN = "it is not the hash of any value that mockpin knows"
NO_DOMAIN = "there are too many values to try, so it may be right"
_DIGITS: Final = re.compile(r"[0-9a-fA-F]{32,}")
#: A SHA-256 in base64 of either alphabet, padded or not.
_BASE64: Final = re.compile(r"[0-9A-Za-z+/_-]{43}=?")
_PLAIN_BASE64: Final = str.maketrans("-_", "+/")
#: How many recipes an explanation names at most.
MAX_RECIPES = 4


@dataclass(frozen=True)
class Explanation:
    """Which recipe produced a hash, and which one is right.

    `recipe` is what was done ("as documented" when it is right, None when no recipe we know gives the hash);
    `steps` are the right steps. `right_hash` is set when the value is known. `others` are further recipes
    that give the same hash. `aided` is true if the caller gave the value. No field holds the plain text.
    """

    key: str
    recipe: str | None
    steps: tuple[str, ...]
    right_hash: str | None
    others: tuple[str, ...] = ()
    aided: bool = False

    @property
    def conforms(self) -> bool:
        """Whether the hash is the one that Pinterest's documentation asks for."""
        return self.recipe == RIGHT_FORM

    @property
    def message(self) -> str:
        """What was done and what to do, in a sentence or two; never the plain text."""
        if self.conforms:
            return f"This {self.key} is hashed as documented."
        result = f". That gives {self.right_hash}" if self.right_hash else ""
        right = f"Hash it like this: {', '.join(self.steps)}{result}."
        if self.recipe is None:
            return f"{self._unrecognized} {right}"
        also = f" (or: {'; or: '.join(self.others)})" if self.others else ""
        return f"This {self.key} is not as documented: {self.recipe}{also}. {right}"

    @property
    def _unrecognized(self) -> str:
        if self.aided:
            return f"No recipe that mockpin knows makes this {self.key} from that value."
        few = DOMAINS.keys() | {"db"}
        why = NOT_IN_DOMAIN if self.key in few else NO_DOMAIN
        return f"This {self.key} looks like a SHA-256. mockpin cannot recognize it without its value: {why}."


def explain_hash(key: str, hash: str, plain: str | None = None) -> Explanation:  # noqa: A002 - the name callers know
    """Explain which recipe gives this hash of a match key, and which one is right.

    Args:
        key: a hashed match key by its wire name (`em`, `ph`, `db` ...); `KeyError` for another.
        hash: what was sent, as it was sent.
        plain: the value itself. Without it only values from small domains (genders, countries, states,
            birth dates, null words) and values that are not a SHA-256 are recognized.

    The recipes and the right values follow Pinterest's OpenAPI 5.23.
    """
    steps = (*(step.name for step in NORMALIZATION[key]), HASHING)
    plain = add_country_code(key, hash, plain) if plain is not None else None
    aided = find_recipes(key, hash, plain) if plain is not None else ()
    found_recipes = tuple(dict.fromkeys(aided)) or tuple(recognize_hash(key, hash))
    return Explanation(
        key,
        next(iter(found_recipes), None),
        steps,
        find_right_hash(key, hash, plain),
        found_recipes[1:MAX_RECIPES],
        aided=plain is not None,
    )


def find_recipes(key: str, sent: str, plain: str) -> Iterator[str]:
    """Yield every recipe that turns the plain text into what was sent, fewest mistakes first."""
    target, surface = strip_surface(sent)
    is_digest = _DIGITS.fullmatch(target) or _BASE64.fullmatch(target)
    ends = ({target: surface} if is_digest else {}) | ({sent: ()} if target else {})
    yielded: list[set[str]] = []
    for mistakes, made in (recipe for recipe in list_recipes(key, plain) if recipe.result in ends):
        if not any(simpler <= set(mistakes) for simpler in yielded):
            yielded.append(set(mistakes))
            yield "; ".join((*mistakes, *ends[made])) or RIGHT_FORM


def add_country_code(key: str, sent: str, plain: str) -> str:
    """Return a phone number with its country code; if it has none, try all codes until the hash fits."""
    if key != "ph" or plain.strip().startswith(("+", "00")):
        return plain
    number, target = normalize_value(key, plain), strip_surface(sent)[0]
    for code, prefix in product(range(1, 1_000), ("", "+", "00")):
        if sha256(f"{prefix}{code}{number}") == target:
            return f"+{code}{number}"
    return plain


def recognize_hash(key: str, sent: str) -> Iterator[str]:
    """Yield the recipe of a hash if it can be recognized without its plain text."""
    target, surface = strip_surface(sent)
    if origin := known(key, target):
        yield RIGHT_FORM if origin.conforms and not surface else "; ".join((str(origin), *surface))
    elif not HEX_64.fullmatch(target):
        yield find_shape(target).name
    elif surface:
        yield "; ".join(surface)


def strip_surface(sent: str) -> tuple[str, tuple[str, ...]]:
    """Return a hash trimmed, in lower case or standard base64, and the mistakes that this corrected."""
    bare = sent.strip()
    around = ("white space around the hash",) if bare != sent and bare else ()
    if _BASE64.fullmatch(bare):
        return f"{bare.translate(_PLAIN_BASE64).rstrip('=')}=", around
    if _DIGITS.fullmatch(bare) and bare != bare.lower():
        return bare.lower(), (
            *around,
            "its hexadecimal digits are in upper case, which Pinterest may not match",
        )
    return bare, around


def find_right_hash(key: str, sent: str, plain: str | None) -> str | None:
    """Return the hash to send, None if the value is unknown or empty."""
    origin = known(key, strip_surface(sent)[0]) if plain is None else None
    right = normalize_value(key, plain) if plain is not None else origin.right if origin else None
    return sha256(right) if right else None
