"""Conversion events to judge: clean ones, nearly clean ones, and payloads of any shape."""

import json
from copy import deepcopy

from hypothesis import strategies as st

from mockpin_validator.contract.request import HASHED_MATCH_KEYS, properties_of
from tests.conftest import FIXTURES
from tests.validator.tricky import HASHES, POOLS, TRICKY, digest

NOW = 1_790_243_100
BORDERS = (NOW - 604_801, NOW - 604_800, NOW - 3_601, NOW - 3_600, NOW + 60, NOW + 61)


def clean_event(kind):
    case = json.loads((FIXTURES / "contract" / f"clean-{kind}-event.json").read_bytes())
    return case["payload"]["data"][0]


CLEAN = {kind: clean_event(kind) for kind in ("web", "app")}
PARTS = {"": "event", "user_data": "match_keys", "custom_data": "custom_data"}
FIELDS = [
    (part, name, schema)
    for part, home in PARTS.items()
    for name, schema in properties_of(home).items()
    if "$ref" not in schema
]


def changed(event=CLEAN["web"], /, **fields):
    """The event with fields replaced, by path with "__" between its parts; `...` drops one."""
    copy = deepcopy(event)
    for path, value in fields.items():
        *way, last = path.split("__")
        holder = copy
        for step in way:
            holder = holder[step]
        if value is ...:
            del holder[last]
        else:
            holder[last] = value
    return copy


def values_for(name, schema):
    """Values that a field's schema accepts, often those that are tricky for this field."""
    kinds = schema.get("type", "object")
    return st.one_of([VALUES[kind](name, schema) for kind in ([kinds] if isinstance(kinds, str) else kinds)])


def numbers(name, schema):
    if name == "event_time":
        near = st.integers(NOW - 700_000, NOW + 200)
        return st.one_of(near, st.sampled_from([*BORDERS, NOW * 1_000, 10**400, -(10**400), float(NOW)]))
    low, high = schema.get("minimum", -10), schema.get("maximum", 10)
    return st.one_of(st.integers(low, high), st.integers(0, min(high, 5)).map(float))


def texts(name, schema):
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    limit = schema.get("maxLength", 1_000)
    pool = HASHES if name in HASHED_MATCH_KEYS else POOLS.get(name, TRICKY)
    tricky = st.sampled_from([text for text in pool if len(text) <= limit])
    return st.one_of(tricky, tricky, st.text(max_size=min(limit, 30)))


def lists(name, schema):
    return st.lists(values_for(name, schema["items"]), max_size=3)


def objects(_, schema):
    fields = schema.get("properties", {}).items()
    return st.fixed_dictionaries({}, optional={name: values_for(name, field) for name, field in fields})


VALUES = {
    "string": texts,
    "integer": numbers,
    "boolean": lambda *_: st.booleans(),
    "null": lambda *_: st.none(),
    "array": lists,
    "object": objects,
}
DROPPABLE = ("event_source_url", "custom_data", "opt_out", "partner_name")
DROPPABLE_MATCH_KEYS = ("st", "external_id", "click_id", "ph", "client_user_agent")
EXTRAS = ({}, {}, {"bd": ["x"]}, {"customer_type": "new"})
EMPTY_IDENTITIES = (
    {"em": []},
    {"em": [], "external_id": [digest("u")]},
    {"client_ip_address": "", "client_user_agent": "x"},
)


@st.composite
def valid_events(draw, most=4):
    """Events that the schema accepts: a clean one with up to `most` fields replaced and a few removed."""
    event = deepcopy(draw(st.sampled_from(list(CLEAN.values()))))
    for part, name, schema in draw(st.lists(st.sampled_from(FIELDS), max_size=most)):
        holder = event.setdefault(part, {}) if part else event
        holder[name] = draw(values_for(name, schema))
    for name in draw(st.sets(st.sampled_from(DROPPABLE), max_size=1)):
        event.pop(name, None)
    for name in draw(st.sets(st.sampled_from(DROPPABLE_MATCH_KEYS), max_size=1)):
        event["user_data"].pop(name, None)
    event["user_data"].update(deepcopy(draw(st.sampled_from(EXTRAS))))
    if draw(st.integers(0, 20)) == 20:
        event["user_data"] = deepcopy(draw(st.sampled_from(EMPTY_IDENTITIES)))
    return event


ATOMS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 5),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from(TRICKY),
)
NAMES = st.sampled_from(["em", "id", "value", "data"])
JSON = st.recursive(
    ATOMS,
    lambda inner: st.one_of(st.lists(inner, max_size=2), st.dictionaries(NAMES, inner, max_size=2)),
    max_leaves=4,
)


@st.composite
def spoiled_events(draw):
    """Events with something anywhere in them replaced, dropped or added."""
    event = draw(valid_events(most=2))
    for _ in range(draw(st.integers(0, 2))):
        holder = draw(st.sampled_from(containers(event)))
        if isinstance(holder, dict):
            holder[draw(st.sampled_from([*holder, "category_name", "em", "value"]))] = draw(JSON)
        elif holder:
            holder[0] = draw(JSON)
    for name in draw(st.sets(st.sampled_from(list(event)), max_size=1)):
        event.pop(name)
    return event


@st.composite
def any_payloads(draw):
    """Payloads near to good ones."""
    event = draw(spoiled_events())
    shapes = [{"data": [event]}, {"data": [event, event]}, {"data": []}, {"data": event}, event, [event]]
    return draw(st.sampled_from([*shapes, {"data": [event], "x": 1}]))


def containers(value):
    """Every list and object in a JSON value."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    own = [value] if isinstance(value, dict | list) else []
    return own + [container for child in inner for container in containers(child)]


CANARY = "Zq7canary.person@secret.example"
TEXT_FIELDS = [(part, name) for part, name, schema in FIELDS if "string" in schema["type"]]
SECRETIVE = (*HASHED_MATCH_KEYS, "click_id", "client_ip_address", "client_user_agent", "partner_id")


@st.composite
def events_with_canary(draw):
    """Events that hold a person's plain text in a match key, in any field of text, or as a field's name."""
    event = deepcopy(CLEAN["web"])
    shapes = (CANARY, [CANARY], [digest("x"), CANARY], {"x": CANARY}, [[CANARY]], [17, CANARY])
    event["user_data"][draw(st.sampled_from(SECRETIVE))] = deepcopy(draw(st.sampled_from(shapes)))
    for part, name in draw(st.lists(st.sampled_from(TEXT_FIELDS), max_size=5)):
        (event[part] if part else event)[name] = CANARY
    if draw(st.booleans()):
        event["event_source_url"] = f"https://shop.example.com/?mail={CANARY}"
    if draw(st.booleans()):
        event["user_data"][CANARY] = event[CANARY] = 1
    return event
