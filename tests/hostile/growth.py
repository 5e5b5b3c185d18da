"""How the time of a matching function grows with the length of a hostile text."""

import re
import sys
from itertools import pairwise
from re import _constants as codes
from re import _parser as parser
from time import process_time

#: Characters of the texts that are tried, one after another; the last has four times the length before it.
LENGTHS = (24, 250, 2_000, 8_000, 32_000)
#: Seconds below which growth does not matter: what grows quadratically from here takes 1 s for a megabyte.
NEGLIGIBLE = 0.001
#: A linear function takes four times as long for four times the text, a quadratic one sixteen times.
STEEPEST = 9.0
#: How many times longer than `_count_characters` no function may take for a text, whatever its growth:
#: 4 µs a character where counting takes 20 ns; a busy machine, and measuring coverage, slow both down.
TOO_SLOW = 200.0
#: Seconds below which a call is never too slow: it may have loaded what it needs.
NOTICED = 0.1
#: Text after the repeated part: nothing, what fits few classes, or what ends most matches.
ENDS = ("", "\x00", "!", "\n")

#: What is repeated: what the formats that we read are made of, and pairs that make scanners go back.
PUMPS = (
    *"@a1%([{\"\\'.-*=,:/<$Z \rT",
    "a@",
    "%25",
    "%40",
    "%2525",
    "a%40",
    "+1",
    "1-",
    "((1",
    "[a]",
    "{{",
    "{{a}}",
    '\\"',
    "a\\",
    "a.",
    "--",
    "a*",
    "&ph=",
    "a=",
    "?ph=",
    "1,234",
    "//",
    "a/",
    "<!--",
    "<script",
    "</",
    "&#64;",
    "\\u0040",
    "é",
    "\uff20",
    "12:",
    "--a",
    "!a",
    "0x",
    "1e",
    "T1",
    "pina_",
    "is:a",
    "\U0001f600",
    "phone",
    "&code=",
    "o'",
    "a'b@",
    "\t\n",
    "+1 ",
    "555 ",
    "a b",
    "Feb 1 ",
    "a=b and ",
    "Bearer ",
    "2024-01-01 ",
)


def find_growth(call, make):
    """How many times longer a call takes for a text of four times the length; None where that is linear."""
    took = longer = 0.0
    for length in LENGTHS:
        text = make(length)
        took, longer = longer, _measure(call, text)
        if longer > NOTICED and _best_of_three(call, text) > TOO_SLOW * _best_of_three(
            _count_characters, text
        ):
            return float("inf")
    if longer < NEGLIGIBLE or longer < STEEPEST * took:
        return None
    return _confirmed_growth(call, make)


def _confirmed_growth(call, make):
    """The growth where it shows twice in a row; a machine that is busy elsewhere shows it once."""
    times = [_best_of_three(call, make(length)) for length in (*LENGTHS[-2:], 4 * LENGTHS[-1])]
    growth = min(longer / took for took, longer in pairwise(times))
    return growth if growth >= STEEPEST else None


def _best_of_three(call, text):
    return min(_measure(call, text) for _ in range(3))


def _is_too_slow(call, text):
    if sys.gettrace():  # measuring coverage slows some code ten times, and counting characters not at all
        return False
    return _best_of_three(call, text) > TOO_SLOW * _best_of_three(_count_characters, text)


def _count_characters(text):
    return sum(1 for _ in text)


def _measure(call, text):
    began = process_time()
    call(text)
    return process_time() - began


def repeat(pump, *, start="", end=""):
    """A function that makes a text of about a length from a repeated part."""
    return lambda length: start + pump * (length // len(pump)) + end


def hostile_texts(pattern):
    """(start, pump) pairs taken from a pattern's own parts: each repeated part, and each two of them."""
    source = pattern.pattern
    tree = parser.parse(
        source if isinstance(source, str) else source.decode("latin-1"), pattern.flags & re.VERBOSE
    )
    samples = [*dict.fromkeys(filter(None, _samples(tree)))]
    whole = _sample(tree)
    return [*((whole[:at], pump) for pump in samples for at in (0, len(whole) // 2, len(whole)))]


def _samples(tree):
    """A sample of each repeated part and of the whole, and of neighbouring parts together."""
    yield _sample(tree)
    for code, value in tree:
        for inner in _inner(code, value):
            yield from _samples(inner)
        if code in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
            yield _sample(value[2])
    for first, second in pairwise(tree):
        yield _one(*first) + _one(*second)


def _inner(code, value):
    if code in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
        return [value[2]]
    if code is codes.SUBPATTERN:
        return [value[3]]
    if code is codes.BRANCH:
        return value[1]
    if code in (codes.ASSERT, codes.ASSERT_NOT):
        return [value[1]]
    return [value] if code is codes.ATOMIC_GROUP else []


def _sample(tree):
    return "".join(_one(code, value) for code, value in tree)


def _one(code, value):
    if code in _SAMPLES:
        return _SAMPLES[code](value)
    return _sample(value) if code is codes.ATOMIC_GROUP else ""


def _repeated(value):
    return _sample(value[2]) * max(1, min(value[0], 70))


def _member(options):
    negated = options[0][0] is codes.NEGATE
    pattern = re.compile("[" + ("^" if negated else "") + "".join(map(_written, options[negated:])) + "]")
    return next(
        (item for item in "a1A-_ .@%/\n\"'\\éZ" + "".join(map(chr, range(256))) if pattern.fullmatch(item)),
        "",
    )


_CATEGORIES = {
    codes.CATEGORY_DIGIT: r"\d", codes.CATEGORY_NOT_DIGIT: r"\D", codes.CATEGORY_SPACE: r"\s",
    codes.CATEGORY_NOT_SPACE: r"\S", codes.CATEGORY_WORD: r"\w", codes.CATEGORY_NOT_WORD: r"\W",
}  # fmt: skip


def _written(option):
    code, value = option
    if code is codes.LITERAL:
        return re.escape(chr(value))
    if code is codes.RANGE:
        return f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}"
    return _CATEGORIES[value]


_SAMPLES = {
    codes.LITERAL: chr,
    codes.NOT_LITERAL: lambda value: "a" if value != ord("a") else "b",
    codes.ANY: lambda _: "a",
    codes.IN: _member,
    codes.MAX_REPEAT: _repeated,
    codes.MIN_REPEAT: _repeated,
    codes.POSSESSIVE_REPEAT: _repeated,
    codes.BRANCH: lambda value: _sample(value[1][0]),
    codes.SUBPATTERN: lambda value: _sample(value[3]),
}
