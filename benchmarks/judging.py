"""How fast the validator judges with every rule on, beside orjson and jsonschema-rs alone.

One core, bytes in, batches of 100 realistic events (over 25 fields, some 1.7 kB, 1,000 distinct user
agents), cold caches included: clean events, then the same with every fifth one without its click id.
`--agree N` compares jsonschema and jsonschema-rs on N generated payloads.
"""

import argparse
import random
import sys
import time
from collections.abc import Callable
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

import orjson
from hypothesis import given, settings
from jsonschema import Draft202012Validator

from mockpin_validator import Judge
from mockpin_validator.contract.gate import accepts_payload
from mockpin_validator.contract.request import payload_schema

NOW = 1_790_243_100
BATCH = 100
SLICE = 20
#: One of so many events has a mistake.
FLAWED = 5
CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/{}.0.{}.0 Safari/537.36"
)
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_{} like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/17.{} Mobile/15E148 Safari/604.1"
)
USER_AGENTS = [
    *(CHROME.format(100 + index % 40, index) for index in range(500)),
    *(IPHONE.format(index, index) for index in range(500)),
]


def digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def user_data(index: int, chance: random.Random) -> dict[str, Any]:
    birthday = f"{chance.randint(1940, 2005)}0{chance.randint(1, 9)}1{chance.randint(0, 9)}"
    plain = {
        "em": f"user{index}@example.com", "ph": f"1415{index:07}", "fn": f"first{index}",
        "ln": f"last{index}", "ge": "f",
        "db": birthday, "ct": "menlopark", "st": "ca", "zp": "94025", "country": "us",
        "external_id": f"user-{index}",
    }  # fmt: skip
    return {
        **{key: [digest(value)] for key, value in plain.items()},
        "client_ip_address": f"{chance.choice((23, 45, 81))}.3.{chance.randint(1, 250)}.{index % 250}",
        "client_user_agent": chance.choice(USER_AGENTS),
        "click_id": f"dj0yJnU9b2JDcFFHekV4SHJ{index}",
    }


def custom_data(index: int, chance: random.Random) -> dict[str, Any]:
    items = [
        {
            "id": f"sku-{chance.randint(1, 999)}", "item_price": f"{chance.randint(1, 90)}.50",
            "quantity": chance.randint(1, 3), "item_name": "Desk lamp", "item_category": "lamps",
        }
        for _ in range(chance.randint(1, 3))
    ]  # fmt: skip
    return {
        "currency": "EUR",
        "value": f"{sum(float(item['item_price']) * item['quantity'] for item in items):.2f}",
        "content_ids": sorted({item["id"] for item in items}),
        "contents": items,
        "num_items": sum(item["quantity"] for item in items),
        "order_id": f"order-{index}",
        "content_name": "Spring sale",
    }


def event(index: int, chance: random.Random) -> dict[str, Any]:
    return {
        "event_name": "checkout",
        "action_source": "web",
        "event_time": NOW - chance.randint(0, 3_000),
        "event_id": f"checkout-{index}",
        "event_source_url": f"https://shop.example.com/thanks?order={index}&utm_source=pinterest",
        "opt_out": False,
        "partner_name": "ss-oakwell",
        "language": "en",
        "user_data": user_data(index, chance),
        "custom_data": custom_data(index, chance),
    }


def bodies(count: int, *, flawed: bool = False) -> list[bytes]:
    chance = random.Random(1)
    events = [event(index, chance) for index in range(1, count + 1)]
    for flawed_event in events[::FLAWED] if flawed else ():
        del flawed_event["user_data"]["click_id"]
    return [orjson.dumps({"data": events[start : start + BATCH]}) for start in range(0, count, BATCH)]


def gate_only(archive: list[bytes]) -> None:
    for body in archive:
        assert accepts_payload(orjson.loads(body))


def every_rule(archive: list[bytes], judge: Judge) -> None:
    for body in archive:
        payload = orjson.loads(body)
        assert judge.refusal(payload) is None
        assert sum(map(bool, judge.judge(payload, now=NOW))) in {0, BATCH // FLAWED}


def seconds(work: Callable[[], None]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def rates(archive: list[bytes], flawed: list[bytes], judge: Judge) -> tuple[float, ...]:
    """Events a second of CPU time: gate alone, every rule, every rule on events of which some have a mistake.

    Slices alternate, so that noise meets all of them.
    """
    spent = [0.0, 0.0, 0.0]
    for start in range(0, len(archive), SLICE):
        part, flawed_part = archive[start : start + SLICE], flawed[start : start + SLICE]
        spent[0] += seconds(partial(gate_only, part))
        spent[1] += seconds(partial(every_rule, part, judge))
        spent[2] += seconds(partial(every_rule, flawed_part, judge))
    return tuple(len(archive) * BATCH / each for each in spent)


def compare_engines(count: int) -> None:
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    from tests.validator.events import any_payloads  # noqa: PLC0415 - the tests are only on the path from here

    plain = Draft202012Validator(payload_schema())

    @settings(max_examples=count, deadline=None, database=None)
    @given(any_payloads())
    def agree(payload: Any) -> None:
        assert accepts_payload(payload) == plain.is_valid(payload)

    agree()
    print(f"jsonschema and jsonschema-rs agree on {count:,} generated payloads")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--events", type=int, default=100_000)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--agree", type=int, metavar="N")
    chosen = options.parse_args()
    if chosen.agree:
        compare_engines(chosen.agree)
        return
    archive, flawed = bodies(chosen.events), bodies(chosen.events, flawed=True)
    print(f"{chosen.events:,} events of {len(archive[0]) // BATCH:,} bytes")
    judge = Judge()
    for round_ in range(1, chosen.rounds + 1):
        gate, clean, mixed = rates(archive, flawed, judge)
        print(
            f"round {round_}: gate {gate:,.0f} events/s, every rule {clean:,.0f} ({clean / gate:.2f} of it), "
            f"with a mistake in every fifth event {mixed:,.0f} ({mixed / gate:.2f})"
        )


if __name__ == "__main__":
    main()
