"""Triggers, well-formed and not: the words of the language in any order, and characters that are none."""

from hypothesis import strategies as st

_NAMES = ("type", "event", "name", "userId", "properties.total", "traits.plan", "context.ip", "anonymousId")
_WORDS = (
    "and",
    "or",
    "AND",
    "OR",
    "not",
    "null",
    "true",
    "contains",
    "match",
    "contains(",
    "!match(",
    "an",
    "nul",
)
_MARKS = (
    "=",
    "!=",
    "<",
    ">=",
    "!",
    "(",
    ")",
    ",",
    ".",
    "[",
    '"track"',
    '"Order*"',
    "'track'",
    '"😀"',
    "10",
    "-1.5",
)
_OTHERS = ("\r\n", "\n", "\t", "\\ ", "&", "é", "😀", '"', "'")

TRIGGER_TEXTS = st.lists(
    st.sampled_from([*_NAMES, *_WORDS, *_MARKS, *_OTHERS, " ", " ", " "]) | st.text(max_size=2), max_size=12
).flatmap(lambda words: st.sampled_from(["".join(words), " ".join(words)]))
