"""Facts at random, of few values a column, so that orders, ids and people meet."""

from random import Random

from mockpin.observations.facts import Fact

#: Column -> its values; those that come several times are more frequent.
VALUES = {
    "kind": ("event",) * 12 + ("request", "call"),
    "account": ("549755885175",) * 3 + ("1",),
    "source": ("api", "api", "tag", "segment"),
    "event_name": ("checkout", "checkout", "page_visit", "lead"),
    "beside": (None, None, "", "id-"),
    "event_time": (None, 0.0, 1000.0, 1001.5, -7200.0, 1e17),
    "arrival": (None, 1000.0, 1002.0, 8200.0),
    "action_source": ("web",) * 5 + ("offline", "app_ios"),
    "status": ("processed",) * 12 + ("failed", "refused", "missed", "not_subscribed", "converted"),
    "cause": ("", "a reason"),
    "injected": (0,) * 5 + (1,),
    "transient": (0,) * 5 + (1,),
    "test": (0,) * 9 + (1,),
    "duplicate_of": (None, None, 1),
    "value": (None, 0.0, 0.1, 1.0, 9.99, 9.994, 10.0, 1000.0, -3.5),
    "currency": (None, "EUR", "USD", "ẞ"),
    "worth": (None, 0.0, 0.1, 9.99, 10.0),
    "pieces": (None, 1.0, 2.0),
    "clicked": (0, 0, 0, 1),
    "opt_out": (1, 1, 1, 0),
    "call": ("", "track", "page"),
    "near": (None, None, "Order Completed"),
    "tag": (None, None, None, "2613000000000", "2613000000001"),
    "rules": ("", "value-missing:warning", "event-id-form:info hash-case:warning", "em-form:error"),
}
DIGESTS = (
    "products",
    "em",
    "external_id",
    "ph",
    "fn",
    "ln",
    "click_id",
    "maid",
    "ip",
    "user_agent",
    "page",
    "url",
)
#: What is the same in every file, where nothing is known but the events.
OF_FILES = {"kind": "event", "account": "", "arrival": None, "duplicate_of": None, "injected": 0, "test": 0}


def make_facts(seed, number, *, ids=8, constant=(), files=0):
    """So many facts with about so many different ids a column, one value in the columns that are constant.

    With `files` they are the events of so many files.
    """
    random = Random(seed)
    fixed = {column: random.choice(VALUES[column]) for column in constant}
    for index in range(1, number + 1):
        columns = {column: random.choice(values) for column, values in VALUES.items()}
        keys = {column: random.choice((None, random.randint(-1, ids))) for column in DIGESTS}
        names = {
            column: random.choice((None, f"{column}-{random.randint(0, ids)}", "ẞ\0"))
            for column in ("event_id", "order_id")
        }
        place = {"file": f"{index % files}.jsonl", "line": index} if files else {"seq": index}
        known = {
            **columns,
            **keys,
            **names,
            **fixed,
            **place,
            "request": index // 3,
            **(OF_FILES if files else {}),
        }
        yield Fact(**known)
