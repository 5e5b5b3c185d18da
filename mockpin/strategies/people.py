"""Strategies for people: plausible names, addresses and devices, and user_data that describes them."""

from collections.abc import Collection, Mapping
from hashlib import sha256
from typing import Any

from hypothesis import strategies as st

from mockpin.strategies.narrowing import NarrowingInvalid, check_names
from mockpin_validator.contract.request import IDENTIFYING_KEYS

FIRST_NAMES = ("ada", "grace", "linus", "maria", "josé", "zoë", "wei", "olu")
LAST_NAMES = ("lovelace", "hopper", "garcía", "nguyen", "okafor", "o'brien")
CITIES = ("oakland", "london", "sãopaulo", "newyork", "münchen")
PLACES = (("us", "ca", "94607"), ("us", "ny", "10001"), ("us", "tx", "73301"), ("de", "by", "80331"))
GENDERS = ("f", "m", "n")
WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"
USER_AGENTS = (
    f"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) {WEBKIT} Chrome/130.0.0.0 Safari/537.36",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:132.0) Gecko/20100101 Firefox/132.0",
    f"Mozilla/5.0 (iPhone; CPU iPhone OS 17_6 like Mac OS X) {WEBKIT} Version/17.6 Mobile Safari/604.1",
    f"Mozilla/5.0 (Linux; Android 14; Pixel 8) {WEBKIT} Chrome/130.0.0.0 Mobile Safari/537.36",
)
#: Address blocks of consumer networks. Addresses reserved for documentation would cause a finding.
NETWORKS = ("73.0.0.0/8", "2600::/24")


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def _hashes(values: st.SearchStrategy[str], *, max_size: int = 1) -> st.SearchStrategy[list[str]]:
    return st.lists(values.map(_hash), min_size=1, max_size=max_size, unique=True)


def emails() -> st.SearchStrategy[str]:
    """Generate normalized e-mail addresses: lower case, in domains reserved for documentation."""
    return st.builds(
        "{}.{}{}@{}".format,
        st.sampled_from(("ada", "grace", "linus", "maria")),
        st.sampled_from(("lovelace", "hopper", "garcia")),
        st.integers(0, 99_999),
        st.sampled_from(("example.com", "example.org", "example.net")),
    )


def phones() -> st.SearchStrategy[str]:
    """Generate normalized phone numbers with country and area code, in ranges reserved for fiction."""
    return st.integers(0, 99).map("1415555{:04d}".format)


def birthdays() -> st.SearchStrategy[str]:
    """Generate dates of birth of adults, as YYYYMMDD."""
    return st.builds("{}{:02d}{:02d}".format, st.integers(1930, 2005), st.integers(1, 12), st.integers(1, 28))


def ip_addresses() -> st.SearchStrategy[str]:
    """Generate public IPv4 and IPv6 addresses, as text."""
    return st.one_of(*(st.ip_addresses(network=network) for network in NETWORKS)).map(str)


#: The strategy of every hashed match key, each giving a list of SHA-256 hashes.
HASHED_KEY_STRATEGIES: Mapping[str, st.SearchStrategy[list[str]]] = {
    "em": _hashes(emails(), max_size=2),
    "ph": _hashes(phones()),
    "external_id": _hashes(st.integers(1, 10**9).map("user-{}".format)),
    "fn": _hashes(st.sampled_from(FIRST_NAMES)),
    "ln": _hashes(st.sampled_from(LAST_NAMES)),
    "ge": _hashes(st.sampled_from(GENDERS)),
    "db": _hashes(birthdays()),
    "ct": _hashes(st.sampled_from(CITIES)),
    "hashed_maids": _hashes(st.uuids(version=4).map(str)),
}
#: The strategies of the match keys that are sent in plain text.
PLAIN_KEY_STRATEGIES: Mapping[str, st.SearchStrategy[str]] = {
    "client_ip_address": ip_addresses(),
    "client_user_agent": st.sampled_from(USER_AGENTS),
    "click_id": st.text("abcdefghijkmnpqrstuvwxyz0123456789", min_size=12, max_size=40).map(
        "dj0yJnU9{}".format
    ),
}
CALIFORNIA = PLACES[:1]
PLACE_KEYS = ("country", "st", "zp")
MATCH_KEYS = (*HASHED_KEY_STRATEGIES, *PLACE_KEYS, *PLAIN_KEY_STRATEGIES)


def places(
    match_keys: Collection[str], within: Collection[tuple[str, str, str]] = PLACES
) -> st.SearchStrategy[dict[str, list[str]]]:
    """Generate country, state and zip code of one place, limited to `match_keys`."""
    hashed = ({key: [_hash(v)] for key, v in zip(PLACE_KEYS, place, strict=True)} for place in within)
    return st.sampled_from([{key: place[key] for key in PLACE_KEYS if key in match_keys} for place in hashed])


def check_identity(match_keys: Collection[str]) -> None:
    """Raise NarrowingInvalid for unknown match keys, or for match keys that do not identify a person."""
    check_names("match_keys", match_keys, MATCH_KEYS)
    if not any(set(match_keys).issuperset(keys) for keys in IDENTIFYING_KEYS):
        needed = ", or ".join(" with ".join(keys) for keys in IDENTIFYING_KEYS)
        raise NarrowingInvalid("match_keys", [*match_keys], f"they do not identify a person; add {needed}.")


def identifying(match_keys: Collection[str]) -> st.SearchStrategy[frozenset[str]]:
    """Generate sets of match keys that contain these and identify a person."""
    others = st.integers(0, 2 ** len(MATCH_KEYS) - 1).map(_choose_match_keys)
    return st.builds(frozenset(match_keys).union, st.sampled_from(IDENTIFYING_KEYS), others)


def _choose_match_keys(bits: int) -> list[str]:
    """Return a match key for each bit that is set. An integer draws and shrinks faster than a set."""
    return [key for at, key in enumerate(MATCH_KEYS) if bits >> at & 1]


@st.composite
def user_data(
    draw: st.DrawFn,
    match_keys: Collection[str],
    within: Collection[tuple[str, str, str]] = PLACES,
) -> dict[str, Any]:
    """Generate a user_data object with exactly these match keys, of a person in one of these places."""
    simple = {
        key: value
        for key, value in {**HASHED_KEY_STRATEGIES, **PLAIN_KEY_STRATEGIES}.items()
        if key in match_keys
    }
    return {**draw(st.fixed_dictionaries(simple)), **draw(places(match_keys, within))}
