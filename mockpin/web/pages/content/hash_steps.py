"""Hashes a value of a match key step by step, and finds how a hash was made. Returns no plain text."""

from dataclasses import dataclass

ALREADY_HASHED = "It is a SHA-256 already, so it is sent as it is."
UPPER_CASE = "Its digits are in upper case, which Pinterest may not match: write them in lower case."


@dataclass(frozen=True)
class HashSteps:
    """The hash of a value and the steps to it; `problem` says why there is none."""

    steps: tuple[str, ...] = ()
    hash: str = ""
    problem: str = ""


@dataclass(frozen=True)
class HashReason:
    """What is known about a hash; `problem` says what to enter instead."""

    message: str = ""
    problem: str = ""


def hash_step_by_step(key: str, value: str) -> HashSteps:
    """Normalize and hash a value as Pinterest documents it."""
    from mockpin_transformer import EmptyValue, MatchKeyUnknown, hash_match_key  # noqa: PLC0415 - loaded when first needed
    from mockpin_transformer.match_keys.hashing import is_hashed, trace_stages  # noqa: PLC0415 - as above
    from mockpin_transformer.match_keys.normalization import stages_of  # noqa: PLC0415 - as above

    try:
        hashed = hash_match_key(key, value)
        trace = () if is_hashed(value) else tuple(trace_stages(value, stages_of(key, "documented")))
    except MatchKeyUnknown as error:
        return HashSteps(problem=str(error))
    except EmptyValue:
        return HashSteps(problem=f"This {key} is empty after normalization: leave the key out of the event.")
    if not trace:
        upper = hashed != hashed.lower()
        return HashSteps((ALREADY_HASHED, *((UPPER_CASE,) if upper else ())), hashed)
    return HashSteps((*_describe(value, trace), "SHA-256 of the UTF-8 bytes, in hexadecimal"), hashed)


def _describe(value: str, trace: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    before = (value, *(text for _, text in trace))
    return tuple(f"{name}: {_compare(old, new)}" for old, (name, new) in zip(before, trace, strict=False))


def _compare(old: str, new: str) -> str:
    return "nothing to do" if old == new else f"changed, {len(old)} characters to {len(new)}"


def find_hash_reason(key: str, hash_: str, plain: str) -> HashReason:
    """Find how the hash was made, from its plain text if that is known."""
    from mockpin_validator.forensics import explain_hash  # noqa: PLC0415 - loaded when first needed

    if not hash_.strip():
        return HashReason(problem="Enter the hash as it was sent.")
    try:
        return HashReason(explain_hash(key, hash_.strip(), plain or None).message)
    except KeyError as error:
        return HashReason(problem=str(error))
