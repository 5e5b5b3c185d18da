"""The relation `facts`: one row for each event, and for each request or Segment call that gave none.

A row holds no plain text of a match key: `em` to `url` are 64-bit digests that only tell whether two values
are equal. `read_details` reads the columns that a conversion event decides; where it came from and what
became of it is the reader's to fill in (`in_history`, `in_files`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from hashlib import blake2b
from typing import Any, NamedTuple, TypeAlias, get_args, get_type_hints

from mockpin.emulator.event_names import canonical_name
from mockpin.emulator.json_texts import object_of
from mockpin.emulator.masking.texts import mask_secrets, mask_text
from mockpin.observations.digests import Digest, digest_address, digest_hash, digest_page, digest_text

Json = Mapping[str, Any]
_Text: TypeAlias = str | None
_Number: TypeAlias = float | None
_Bits: TypeAlias = int | None
#: The columns of `Fact` up to `opt_out`.
Details = tuple[
    _Text, _Text, _Number, _Text, _Number, _Text, _Bits, _Number, _Number,
    _Bits, _Bits, _Bits, _Bits, _Bits, _Bits, _Bits, _Bits, _Bits, _Bits, _Bits, int, int,
]  # fmt: skip

#: Characters of an id that are kept.
MAX_ID_LENGTH = 200
#: A date and a time of day, wherever it begins: 2026-11-26T10:31:07 or 20261126103107.
_WRITTEN_TIME = re.compile(r"(?=(\d{4})-?(\d\d)-?(\d\d)[T _-]?(\d\d):?(\d\d):?(\d\d))", re.ASCII)
#: Seconds: how far a time zone is from UTC at most, and of what all of them are multiples.
_FARTHEST_ZONE, _ZONE_STEP = 14 * 3600, 900


class Fact(NamedTuple):
    """One row. Times are in Unix seconds; flags are 0 or 1; None where nothing is known.

    Up to `opt_out` the columns are those of `read_details`, in its order.

    kind: `event`, `request` (one that gave no event) or `call` (a call of Segment's API).
    source: `api`, `tag` or `segment`.
    tag: The id of the tag that sent a hit, empty where the hit names none.
    request: The number of the request that carried it; for files, the line of the document.
    seq: The number of the event in the history.
    status: For events `processed`, `failed` or `refused` (with their request); for requests `refused` or
        `missed`; for calls what Segment's destination made of them, such as `not_subscribed`.
    cause: Why it was refused, failed or not converted, without values.
    injected: 1 where a fault that somebody asked for decided the status.
    transient: 1 where that fault is one after which a sender must try again.
    rules: The findings, as `rule:severity` separated by blanks.
    beside: What the event_id holds beside the event's own second; None where it does not hold that.
    currency: In upper case, as the sides may write it differently.
    worth, pieces: What the listed products cost together, and how many they are; None where that is unknown.
    ph, fn, ln: Digests of the first phone number and of the first names.
    maid, page, url: Digests of the first of hashed_maids, and of the event_source_url without its query and with it.
    clicked: 1 where the event_source_url has the parameter epik of a click.
    near: The event name that a subscription takes and that this call's name nearly is.
    """

    event_id: str | None = None
    beside: str | None = None
    event_time: float | None = None
    order_id: str | None = None
    value: float | None = None
    currency: str | None = None
    products: int | None = None
    worth: float | None = None
    pieces: float | None = None
    em: int | None = None
    external_id: int | None = None
    ph: int | None = None
    fn: int | None = None
    ln: int | None = None
    click_id: int | None = None
    maid: int | None = None
    ip: int | None = None
    user_agent: int | None = None
    page: int | None = None
    url: int | None = None
    clicked: int = 0
    opt_out: int = 0
    kind: str = "event"
    account: str = ""
    source: str = "api"
    tag: str | None = None
    request: int | None = None
    seq: int | None = None
    file: str | None = None
    line: int | None = None
    event_name: str = ""
    arrival: float | None = None
    action_source: str = ""
    status: str = "processed"
    cause: str = ""
    injected: int = 0
    transient: int = 0
    test: int = 0
    duplicate_of: int | None = None
    limited: int = 0
    call: str = ""
    near: str | None = None
    rules: str = ""


def _name_type(hint: Any) -> str:
    known = {str: "TEXT", int: "BIGINT", float: "DOUBLE"}
    return next(known[kind] for kind in (hint, *get_args(hint)) if kind in known)


#: Column of `facts` -> its type, by a name that SQLite and DuckDB share.
COLUMN_TYPES: Mapping[str, str] = {column: _name_type(hint) for column, hint in get_type_hints(Fact).items()}


def fact_of_event(event: Json, digest: Digest, **known: Any) -> Fact:
    """The fact of a conversion event. `known` are the columns that its reader decides."""
    name, source = event.get("event_name"), event.get("action_source")
    return Fact(
        *read_details(event, event.get("event_id"), read_number(event.get("event_time")), digest),
        event_name=mask_secrets(canonical_name(name)) if isinstance(name, str) else "",
        action_source=mask_text(source) if isinstance(source, str) else "",
        **known,
    )


def read_details(event: Json, event_id: Any, event_time: float | None, digest: Digest) -> Details:
    """The first columns of `Fact`: the id and the time, the order, the person, the page."""
    about, person = object_of(event.get("custom_data")), object_of(event.get("user_data"))
    products, currency, url = read_products(about), about.get("currency"), event.get("event_source_url")
    event_id = read_id(event_id)
    return (
        event_id,
        leave_out_second(event_id, event_time) if event_id and event_time is not None else None,
        event_time,
        read_id(about.get("order_id")),
        read_number(about.get("value")),
        mask_text(currency).upper() if isinstance(currency, str) else None,
        digest_products(products, about, digest),
        add_prices(products),
        count_pieces(products, about.get("num_items")),
        digest_hash(person.get("em"), digest),
        digest_hash(person.get("external_id"), digest),
        digest_hash(person.get("ph"), digest),
        digest_hash(person.get("fn"), digest),
        digest_hash(person.get("ln"), digest),
        digest_text(person.get("click_id"), digest),
        digest_hash(person.get("hashed_maids"), digest),
        digest_address(person.get("client_ip_address"), digest),
        digest_text(person.get("client_user_agent"), digest),
        digest_page(url, digest),
        digest_text(url, digest),
        int(names_click(url)),
        int(event.get("opt_out") is True),
    )


def _items(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list) else ()


def read_id(value: Any) -> str | None:
    """An id as it may be kept; None for a blank one, or for what is not an id."""
    if isinstance(value, str):
        return _shorten(mask_secrets(value)) if value.strip() else None
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else None


def _shorten(text: str) -> str:
    """A long id as its beginning and a digest of the whole, so that ids which differ stay different."""
    if len(text) <= MAX_ID_LENGTH:
        return text
    made = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
    return text[: MAX_ID_LENGTH - len(made)] + made


def leave_out_second(event_id: str, event_time: float) -> str | None:
    """An id without the second of its event, in Unix seconds or in words of any time zone; None without one."""
    second = round(event_time)
    before, found, after = event_id.partition(str(second))
    if found:
        return before + after
    if f"{second % 60:02}" not in event_id:
        return None
    times = _WRITTEN_TIME.finditer(event_id)
    written = next((time for time in times if _is_written_second(time.groups(), second)), None)
    return event_id[: written.start()] + event_id[written.end(6) :] if written else None


def _is_written_second(parts: Iterable[str], second: int) -> bool:
    try:
        written = datetime(*map(int, parts), tzinfo=UTC)  # type: ignore[arg-type,misc]
    except ValueError:
        return False
    off = round(written.timestamp()) - second
    return abs(off) <= _FARTHEST_ZONE and off % _ZONE_STEP == 0


#: The types of a number, which a flag does not have; no amount or time is as large as this.
_NUMBERS, _LARGEST = frozenset({float, int, str}), 1e18


def read_number(value: Any) -> float | None:
    """A number, also one that is written as text; None for anything else."""
    if type(value) not in _NUMBERS:
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if -_LARGEST < number < _LARGEST else None


#: Id, price and quantity of a product as an event lists it: values of any type, None for what is not there.
Product = tuple[Any, Any, Any]
#: Lists of products, in the API's names and the tag's, and what they call a product's id, price and quantity.
PRODUCTS = (
    ("contents", "id", "item_price", "quantity"),
    ("line_items", "product_id", "product_price", "product_quantity"),
)
PRODUCT_IDS = ("content_ids", "product_ids")


def read_products(about: Json) -> list[Product]:
    """The products of `custom_data`, or of what the tag says of its event."""
    return [
        (item.get(product_id), item.get(price), item.get(quantity))
        for field, product_id, price, quantity in PRODUCTS
        for item in _items(about.get(field))
        if isinstance(item, dict)
    ]


def digest_products(products: Iterable[Product], about: Json, digest: Digest) -> int | None:
    """A digest of the product ids, in whatever order they are; None where there are none."""
    ids = {str(product_id) for product_id, _, _ in products if product_id}
    ids = ids or {str(value) for field in PRODUCT_IDS for value in _items(about.get(field))}
    return digest("\n".join(sorted(ids))) if ids else None


def add_prices(products: Iterable[Product]) -> float | None:
    """What the products cost together; None without any, or where a price or a quantity is not a number."""
    total = None
    for _, price, quantity in products:
        each, pieces = read_number(price), read_number(quantity)
        if each is None or pieces is None:
            return None
        total = (total or 0.0) + each * pieces
    return total


def count_pieces(products: Iterable[Product], stated: Any) -> float | None:
    """How many pieces the products are, as `num_items` says or their quantities; None where neither does."""
    number = read_number(stated)
    if number is not None:
        return number
    quantities = [read_number(quantity) for _, _, quantity in products]
    known = [quantity for quantity in quantities if quantity is not None]
    return sum(known) if known and len(known) == len(quantities) else None


def names_click(url: Any) -> bool:
    """Whether a URL has the parameter epik, with which Pinterest's ads lead to a page."""
    return isinstance(url, str) and ("?epik=" in url or "&epik=" in url)


def name_rules(findings: Iterable[tuple[str, str]]) -> str:
    """Rules and severities as the column `rules` has them, each once."""
    return " ".join(sorted({f"{rule}:{severity}" for rule, severity in findings}))
