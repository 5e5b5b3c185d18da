"""How many planted mistakes `mockpin validate` finds in an export of 20,000 events.

    make bench-mistakes

Every event is a good one of a small shop; each kind of mistake is planted in 15 of them, ten kinds in more.
A mistake counts as found when a finding of an expected rule is on its line. A false positive is an error or
warning on a line without a mistake. The lines and what is wrong with each are made from a seed. It fails
when under 97 % are found or anything else is.
"""

import json
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any

Event = dict[str, Any]
LINES, SEED, EACH = 20_000, 7, 15
NOW = 1_790_000_000
NAMES = ("page_visit", "view_category", "search", "add_to_cart", "checkout", "lead", "signup")
SYSTEMS = ("Windows NT 10.0; Win64; x64", "Macintosh; Intel Mac OS X 10_15_7", "X11; Linux x86_64")
SURNAMES = ("smith", "garcia", "nguyen", "okafor", "schmidt")


def digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def good(number: int, random: Random) -> Event:
    price = f"{random.randint(5, 200)}.{random.randint(0, 99):02}"
    name = NAMES[number % len(NAMES)]
    person = f"person{random.randint(1, 9_000)}"
    own = Random(person)  # of what a person has in every visit
    return {
        "event_name": name,
        "action_source": "web",
        "event_time": NOW - random.randint(60, 3_000),
        "event_id": f"e-{number}",
        "event_source_url": f"https://www.oakwell-shop.com/p/{number % 400}",
        "opt_out": False,
        "language": "en",
        "user_data": {
            "em": [digest(f"{person}@mail.oakwell-shop.com")],
            "ph": [digest(f"1415555{random.randint(1000, 9999)}")],
            "fn": [digest(person)],
            "ln": [digest(random.choice(SURNAMES))],
            "ct": [digest("sanfrancisco")],
            "st": [digest("ca")],
            "zp": [digest("94107")],
            "country": [digest("us")],
            "db": [digest(f"19{random.randint(50, 99)}0{random.randint(1, 9)}1{random.randint(0, 9)}")],
            "ge": [digest(random.choice("mf"))],
            "external_id": [digest(f"customer-{person}")],
            "click_id": f"dj0yJnU9{random.getrandbits(120):030x}",
            "client_ip_address": ".".join(["8", *(str(own.randint(1, 250)) for _ in range(3))]),
            "client_user_agent": f"Mozilla/5.0 ({own.choice(SYSTEMS)}) AppleWebKit/537.36 (KHTML, like"
            f" Gecko) Chrome/{own.randint(100, 140)}.0.0.0 Safari/537.36",
        },
        "custom_data": {
            "currency": "USD",
            "value": price,
            "order_id": f"o-{number}",
            "content_ids": [f"sku-{number % 300}"],
            "contents": [{"id": f"sku-{number % 300}", "item_price": price, "quantity": 1}],
            "num_items": 1,
            "search_string": "oak table",
            "content_name": "Oak table",
            "content_category": "Tables",
            "content_brand": "Oakwell",
        },
    }


def setting(*path: str, to: Any) -> Callable[[Event], None]:
    """A mistake that sets the field at a path; `to` may be made of the old value."""

    def plant(event: Event) -> None:
        *way, last = path
        target: Any = event
        for step in way:
            target = target[step]
        target[last] = to(target.get(last)) if callable(to) else to

    return plant


def dropping(*path: str) -> Callable[[Event], None]:
    def plant(event: Event) -> None:
        *way, last = path
        target: Any = event
        for step in way:
            target = target[step]
        target.pop(last)

    return plant


def copying_email(event: Event) -> None:
    event["user_data"]["ph"] = event["user_data"]["em"]


USER, CUSTOM = "user_data", "custom_data"
#: Name -> what plants it, and the rules of which one must speak.
MISTAKES: dict[str, tuple[Callable[[Event], None], set[str]]] = {
    "no event_id": (dropping("event_id"), {"schema", "event-id-missing"}),
    "no event_time": (dropping("event_time"), {"schema"}),
    "no action_source": (dropping("action_source"), {"schema"}),
    "no user_data": (dropping(USER), {"schema"}),
    "event_tim": (lambda event: event.update(event_tim=event.pop("event_time")), {"schema"}),
    "unknown field": (setting("utm_source", to="pins"), {"schema"}),
    "email in user_data": (setting(USER, "email", to="x"), {"schema", "user-data-field-unknown"}),
    "revenue in custom_data": (setting(CUSTOM, "revenue", to="9.50"), {"schema"}),
    "time as text": (setting("event_time", to=str), {"schema"}),
    "time in ms": (setting("event_time", to=lambda old: old * 1000), {"event-time-in-future"}),
    "too old": (setting("event_time", to=NOW - 9 * 86_400), {"event-time-too-old"}),
    "late": (setting("event_time", to=NOW - 2 * 86_400), {"event-time-late"}),
    "future": (setting("event_time", to=NOW + 7_200), {"event-time-in-future"}),
    "action source website": (setting("action_source", to="website"), {"schema", "action-source-unknown"}),
    "purchase": (setting("event_name", to="purchase"), {"event-name-unknown"}),
    "spaces in name": (setting("event_name", to="Order Done"), {"event-name-form", "event-name-unknown"}),
    "em plain": (setting(USER, "em", to=["jo.planted@mail.oakwell-shop.com"]), {"match-key-not-hashed"}),
    "em md5": (setting(USER, "em", to=["5d41402abc4b2a76b9719d911017c592"]), {"match-key-not-hashed"}),
    "em upper": (setting(USER, "em", to=lambda old: [old[0].upper()]), {"match-key-upper-case"}),
    "em text": (setting(USER, "em", to=lambda old: old[0]), {"schema"}),
    "em of nothing": (setting(USER, "em", to=[digest("")]), {"match-key-of-nothing"}),
    "ph plain": (setting(USER, "ph", to=["+14155550100"]), {"match-key-not-hashed"}),
    "ph is em": (copying_email, {"match-key-copied"}),
    "country CA upper": (setting(USER, "country", to=[digest("US")]), {"match-key-recipe"}),
    "state name": (setting(USER, "st", to=[digest("California")]), {"match-key-recipe"}),
    "gender word": (setting(USER, "ge", to=[digest("female")]), {"match-key-recipe"}),
    "birth date dashed": (setting(USER, "db", to=[digest("1990-02-01")]), {"match-key-recipe"}),
    "private ip": (setting(USER, "client_ip_address", to="10.0.0.7"), {"ip-address-not-public"}),
    "no ip form": (setting(USER, "client_ip_address", to="unknown"), {"ip-address-form"}),
    "bot": (
        setting(USER, "client_user_agent", to="Googlebot/2.1"),
        {"user-agent-bot", "user-agent-unrecognized"},
    ),
    "currency lower": (setting(CUSTOM, "currency", to="usd"), {"currency-unknown"}),
    "currency sign": (setting(CUSTOM, "currency", to="$"), {"currency-unknown"}),
    "no currency": (dropping(CUSTOM, "currency"), {"currency-missing"}),
    "value with sign": (setting(CUSTOM, "value", to="$24.50"), {"amount-not-a-number"}),
    "value number": (setting(CUSTOM, "value", to=24.5), {"schema"}),
    "value cents": (
        setting(CUSTOM, "value", to=lambda old: old.replace(".", "").lstrip("0")),
        {"value-disagrees"},
    ),
    "num_items": (setting(CUSTOM, "num_items", to=5), {"num-items-disagrees"}),
    "url relative": (setting("event_source_url", to="/p/7"), {"event-source-url-form"}),
    "url with email": (
        setting("event_source_url", to="https://www.oakwell-shop.com/?e=jo%40mail.com"),
        {"event-source-url-personal"},
    ),
}


def plant(seed: int = SEED) -> Iterator[tuple[Event, str | None]]:
    """The events and what is wrong with each."""
    random = Random(seed)
    numbers = {name: EACH + 20 * place for place, name in enumerate(random.sample(list(MISTAKES), 10))}
    planted = [name for name in MISTAKES for _ in range(numbers.get(name, EACH))]
    lines = dict(zip(random.sample(range(LINES), len(planted)), planted, strict=True))
    for number in range(LINES):
        event, name = good(number, random), lines.get(number)
        if name:
            MISTAKES[name][0](event)
        yield event, name


def main() -> int:
    labels: dict[int, str] = {}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "export.jsonl"
        with path.open("w") as file:
            for line, (event, name) in enumerate(plant(), start=1):
                file.write(json.dumps(event) + "\n")
                labels |= {line: name} if name else {}
        command = [sys.executable, "-m", "mockpin", "validate", str(path), "--now", str(NOW)]
        began = time.perf_counter()
        done = subprocess.run(
            [*command, "--format", "json", "--show", "1000"], capture_output=True, check=False
        )
        seconds = time.perf_counter() - began
        screen = subprocess.run(command, capture_output=True, text=True, check=False).stdout.splitlines()[:24]
    report = json.loads(done.stdout)
    rules: dict[int, set[str]] = {}
    for each in report["findings"]:
        if each["severity"] != "info" and each["line"]:
            rules.setdefault(each["line"], set()).add(each["rule"])
    info = {(each["line"], each["rule"]) for each in report["findings"]}
    found = {line for line, name in labels.items() if any((line, rule) in info for rule in MISTAKES[name][1])}
    false = {line: said for line, said in rules.items() if line not in labels}
    missed = Counter(labels[line] for line in labels.keys() - found)
    print("\n".join(screen))
    print(
        f"\n{len(MISTAKES)} kinds, {len(labels)} planted, {len(found)} found"
        f" ({100 * len(found) / len(labels):.1f} %), {len(false)} false positives, {seconds:.1f} s"
    )
    print("missed:", dict(missed), "false:", Counter(rule for said in false.values() for rule in said))
    return int(len(found) < 0.97 * len(labels) or bool(false))


if __name__ == "__main__":
    sys.exit(main())
