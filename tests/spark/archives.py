"""Archives of events made from a seed: healthy events, mistakes of one or many events, broken lines."""

import gzip
import json
from hashlib import sha256
from random import Random

from mockpin_validator.archive.opening import zstd

NOW = 1_790_000_000
#: A match key in plain text, which no report or table shows.
PLAIN = "person@example.com"
NAMES = ("checkout", "checkout", "add_to_cart", "page_visit")


def digest(text):
    return sha256(text.encode()).hexdigest()


def make_event(number, chance):
    person = f"person-{chance.randint(0, 40)}@example.com"
    return {
        "event_name": chance.choice(NAMES),
        "action_source": chance.choice(("web", "web", "web", "offline")),
        "event_time": NOW - chance.randint(0, 200_000),
        # Some ids come again, on other orders, too.
        "event_id": f"e-{number if chance.random() < 0.9 else chance.randint(0, 30)}",
        "user_data": {
            "em": [digest(person)],
            "client_ip_address": f"8.8.4.{chance.randint(1, 40)}",
            "client_user_agent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/142.0",
            "external_id": [digest(person if chance.random() < 0.5 else f"session-{number}")],
        },
        "custom_data": {
            "value": "49.90",
            "currency": chance.choice(("EUR", "eur", "EURO")),
            "order_id": f"o-{number // 2}",
            "content_ids": [f"sku-{chance.randint(0, 9)}"],
        },
    }


def spoil(event, chance):
    """One of the mistakes that senders make."""
    kind = chance.randint(0, 6)
    if kind == 0:
        event["user_data"]["em"] = [PLAIN]
    elif kind == 1:
        event["event_time"] *= 1000
    elif kind == 2:
        del event["event_name"]
    elif kind == 3:
        event["user_data"]["client_ip_address"] = "192.168.0.7"
    elif kind == 4:
        event["custom_data"]["value"] = "a lot"
    elif kind == 5:
        event["event_name"] = f"purchase {chance.randint(0, 3)}"
    return event


BROKEN = (
    b'{"event_name": ',
    b"",
    b"   ",
    b"not JSON",
    b"\xff\xfe",
    b'{"data": []}',
    b"[1, 2]",
    b'{"a": 1, "a": 2}',
    b'{"a": NaN}',
)


COMPRESSIONS = {".gz": gzip.compress, ".zst": zstd.compress}


def make_lines(seed, number):
    """So many lines: an event each, a batch, or something that cannot be read."""
    chance = Random(seed)
    for index in range(number):
        fate = chance.random()
        if fate < 0.04:
            yield chance.choice(BROKEN)
        elif fate < 0.08:
            batch = [make_event(1000 * index + number, chance) for number in range(3)]
            yield json.dumps({"data": batch}).encode()
        else:
            event = make_event(index, chance)
            yield json.dumps(spoil(event, chance) if fate < 0.3 else event).encode() + b"\r" * (fate > 0.99)


def write_lines(path, seed, number, *, ends=True):
    text = b"\n".join(make_lines(seed, number)) + b"\n" * ends
    path.write_bytes(COMPRESSIONS.get(path.suffix, bytes)(text))
    return path


def write_archive(folder, seed, *, lines=400):
    """An archive of every form that is read without a table, the files in no order of their names."""
    folder.mkdir(exist_ok=True)
    chance = Random(seed)
    first = next(make_lines(seed + 5, 3))
    files = [
        write_lines(folder / "b.jsonl", seed, lines, ends=False),
        write_lines(folder / "a b.jsonl", seed + 1, lines // 4),
        write_lines(folder / "c.jsonl.gz", seed + 2, lines // 4),
        write_lines(folder / "h.jsonl.zst", seed + 3, lines // 8),
    ]
    array = folder / "d.json"
    array.write_text(json.dumps([make_event(index, chance) for index in range(lines // 8)], indent=1))
    table = folder / "e.csv"
    table.write_text("event_name,event_id,event_time,value\ncheckout,x-1,1790000000,9.90\nlead,x-2,soon,\n")
    empty = folder / "f.json"
    empty.write_bytes(b"")
    spanning = folder / "g.txt"
    spanning.write_bytes(b"{\n" + first.lstrip(b"{") + b"\n")
    marked = folder / "i.jsonl"
    marked.write_bytes(b"\xef\xbb\xbf" + first + b"\n")
    long = folder / "j.json"  # its first line goes on in the next, which only its end shows
    long.write_bytes(b'{"pad": "' + b"x" * 70_000 + b'", "data": [\n' + first + b"\n]}\n")
    blank = folder / "k.txt"
    blank.write_bytes(b"\n  \n")
    recorded = folder / "l.har"
    request = {"method": "POST", "url": "https://api.example/v5/ad_accounts/549755885175/events"}
    body = json.dumps({"data": [make_event(1, chance), spoil(make_event(2, chance), chance)]})
    entries = [{"request": {**request, "postData": {"text": body}}}]
    recorded.write_text(json.dumps({"log": {"entries": entries}}))
    return [*files, array, table, empty, spanning, marked, long, blank, recorded]
