"""The relation `facts`: one row for each event, and for each request or Segment call that gave none.

A row holds no plain text of a match key: `em` to `page` are 64-bit digests that only tell whether two values
are equal. `fact_of_event` reads the columns that a conversion event decides; where it came from and what
became of it is the reader's to fill in (`in_history`, `in_files`).
"""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple, get_args, get_type_hints

from mockpin.emulator.event_names import canonical_name
from mockpin.emulator.masking.texts import mask_secrets

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    Json = Mapping[str, Any]

#: Characters of an id that are kept: longer ones differ in their beginning, or are no ids.
MAX_ID_LENGTH = 200


class Fact(NamedTuple):
    """One row. Times are in Unix seconds; flags are 0 or 1; None where nothing is known.

    kind: `event`, `request` (one that gave no event) or `call` (a call of Segment's API).
    source: `api`, `tag` or `segment`.
    request: The number of the request that carried it; for files, the line of the document.
    seq: The number of the event in the history.
    status: For events `processed`, `failed` or `refused` (with their request); for requests `refused` or
        `missed`; for calls what Segment's destination made of them, such as `not_subscribed`.
    cause: Why it was refused, failed or not converted, without values.
    injected: 1 where a fault that somebody asked for decided the status.
    transient: 1 where that fault is one after which a sender must try again.
    rules: The findings, as `rule:severity` separated by blanks.
    currency: In upper case, as the sides may write it differently.
    near: The event name that a subscription takes and that this call's name nearly is.
    """

    kind: str = "event"
    account: str = ""
    source: str = "api"
    request: int | None = None
    seq: int | None = None
    file: str | None = None
    line: int | None = None
    event_name: str = ""
    event_id: str | None = None
    order_id: str | None = None
    event_time: float | None = None
    arrival: float | None = None
    action_source: str = ""
    status: str = "processed"
    cause: str = ""
    injected: int = 0
    transient: int = 0
    test: int = 0
    duplicate_of: int | None = None
    value: float | None = None
    currency: str | None = None
    products: int | None = None
    em: int | None = None
    external_id: int | None = None
    click_id: int | None = None
    ip: int | None = None
    user_agent: int | None = None
    page: int | None = None
    num_items: int = 0
    search: int = 0
    opt_out: int = 0
    limited: int = 0
    call: str = ""
    near: str | None = None
    rules: str = ""

    def shifted(self, lines: int) -> Fact:
        """The same fact that many lines further down its file."""
        return self._replace(line=(self.line or 0) + lines, request=(self.request or 0) + lines)


def _name_type(hint: Any) -> str:
    known = {str: "TEXT", int: "BIGINT", float: "DOUBLE"}
    return next(known[kind] for kind in (hint, *get_args(hint)) if kind in known)


#: Column of `facts` -> its type, by a name that SQLite and DuckDB share.
COLUMN_TYPES: Mapping[str, str] = {column: _name_type(hint) for column, hint in get_type_hints(Fact).items()}


def fact_of_event(event: Json, key: bytes) -> dict[str, Any]:
    """The columns that a conversion event decides. `key` keys the digests; it should be a run's own."""
    name, source = event.get("event_name"), event.get("action_source")
    return {
        **details_of_event(event, key),
        "event_name": mask_secrets(canonical_name(name)) if isinstance(name, str) else "",
        "event_id": read_id(event.get("event_id")),
        "event_time": read_number(event.get("event_time")),
        "action_source": source if isinstance(source, str) else "",
    }


def details_of_event(event: Json, key: bytes) -> dict[str, Any]:
    """The columns beside what every event must have: the order, the person, the page."""
    about, person = _object(event.get("custom_data")), _object(event.get("user_data"))
    return {
        "order_id": read_id(about.get("order_id")) if about else None,
        "value": read_number(about.get("value")),
        "currency": about["currency"].upper() if isinstance(about.get("currency"), str) else None,
        "products": digest_products(about, key) if about else None,
        "em": digest_hash(person.get("em"), key),
        "external_id": digest_hash(person.get("external_id"), key),
        "click_id": digest_text(person.get("click_id"), key),
        "ip": digest_text(person.get("client_ip_address"), key),
        "user_agent": digest_text(person.get("client_user_agent"), key),
        "page": digest_page(event.get("event_source_url"), key),
        "num_items": int(about.get("num_items") is not None),
        "search": int(bool(about.get("search_string"))),
        "opt_out": int(event.get("opt_out") is True),
    }


def _object(value: Any) -> Json:
    return value if isinstance(value, dict) else {}


def read_id(value: Any) -> str | None:
    """An id as it may be kept; None for a blank one, or for what is not an id."""
    if isinstance(value, str):
        return mask_secrets(value)[:MAX_ID_LENGTH] if value.strip() else None
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else None


def read_number(value: Any) -> float | None:
    """A number, also one that is written as text; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if abs(number) < 1e18 else None  # noqa: PLR2004  # no amount or time is larger, infinity included


#: Lists of products, in the API's names and the tag's, and what they call a product's id.
PRODUCTS: Mapping[str, str] = MappingProxyType({"contents": "id", "line_items": "product_id"})
PRODUCT_IDS = ("content_ids", "product_ids")


def digest_products(about: Json, key: bytes) -> int | None:
    """A digest of the product ids, in whatever order they are; None where there are none."""
    ids = {
        str(product[name])
        for field, name in PRODUCTS.items()
        if isinstance(about.get(field), list)
        for product in about[field]
        if isinstance(product, dict) and product.get(name)
    }
    if not ids:
        ids = {
            str(value)
            for field in PRODUCT_IDS
            if isinstance(about.get(field), list)
            for value in about[field]
        }
    return digest("\n".join(sorted(ids)), key) if ids else None


def digest_hash(value: Any, key: bytes) -> int | None:
    """A digest of a match key that belongs hashed; None for a masked or missing one, whose value is unknown."""
    first = value[0] if isinstance(value, list) and value else value
    if not isinstance(first, str) or not first or first.startswith("<masked "):
        return None
    return digest(first.lower(), key)


def digest_text(value: Any, key: bytes) -> int | None:
    """A digest of a text; None for a blank or a masked one."""
    known = isinstance(value, str) and value and not value.startswith("<masked ")
    return digest(value, key) if known else None


def digest_page(url: Any, key: bytes) -> int | None:
    """A digest of a URL without its query, its fragment and a slash at its end."""
    if not isinstance(url, str) or not url:
        return None
    return digest(url.partition("#")[0].partition("?")[0].rstrip("/"), key)


@lru_cache(maxsize=65_536)  # most values come several times: a person visits before they buy
def digest(text: str, key: bytes) -> int:
    """64 bits that are equal for equal texts, as the signed integer that every database has."""
    made = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8, key=key).digest()
    return int.from_bytes(made, "big", signed=True)


def name_rules(findings: Iterable[tuple[str, str]]) -> str:
    """Rules and severities as the column `rules` has them, each once."""
    return " ".join(sorted({f"{rule}:{severity}" for rule, severity in findings}))
