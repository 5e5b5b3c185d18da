from hypothesis import given

from mockpin_transformer.errors import MappingInvalid
from mockpin_transformer.mappings.mapping import parse_mapping
from mockpin_transformer.mappings.sources import find_paths
from tests.transformer.json_values import JSON_VALUES


def sources(mapping):
    return parse_mapping(mapping).sources()


def path(text):
    return {"@path": text}


def test_each_field_names_the_paths_it_reads():
    email = {
        "@if": {
            "exists": path("$.properties.email"),
            "then": path("$.properties.email"),
            "else": path("$.traits.email"),
        }
    }
    assert sources({"user_data": {"email": email}, "opt_out": True, "event_id": path("messageId")}) == {
        "/user_data/email": ("properties.email", "traits.email"),
        "/event_id": ("messageId",),
    }


def test_given_an_event_only_the_branch_that_it_takes_is_named():
    email = {"@if": {"exists": path("$.a"), "then": path("$.a"), "else": [path("$.b"), path("$.c")]}}
    mapping = parse_mapping({"email": email, "id": path("d"), "list": [email]})
    assert mapping.sources({"a": 1}) == {"/email": ("a",), "/id": ("d",), "/list/0": ("a",)}
    assert mapping.sources({})["/email/1"] == ("c",)


def test_what_reads_from_elsewhere_is_named_in_full():
    choice = {"@if": {"exists": path("a"), "then": path("a"), "else": path("b")}}
    mapping = parse_mapping(
        {"k": {"@arrayPath": ["$.list", {"x": choice}]}, "t": {"@transform": {"apply": {"a": choice},
         "mapping": {"y": path("a")}}}}
    )  # fmt: skip
    assert mapping.sources({"b": 1}) == {"/k/*/x": ("list.*.a", "list.*.b"), "/t/y": ("a", "b")}


def test_an_if_whose_branch_reads_nothing_hangs_on_its_condition():
    name = {"@if": {"exists": path("$.x"), "then": path("$.y"), "else": "checkout"}}
    fixed = {"@if": {"blank": path("$.x"), "then": "lead", "else": {"@if": {"exists": path("$.z")}}}}
    mapping = parse_mapping({"name": name, "fixed": fixed})
    assert mapping.sources({"y": 1}) == {"/name": ("x",), "/fixed": ("z",)}
    assert mapping.sources({"x": 1}) == {"/name": ("y",), "/fixed": ("x",)}


def test_an_if_that_fails_takes_no_branch():
    wrong = {"@if": {"exists": {"@case": {"operator": "none", "value": path("a")}}, "then": path("b")}}
    assert parse_mapping({"x": {"@literal": {"y": 5}}, "k": wrong}).sources({"a": "a"}) == {"/k": ("a",)}


def test_a_field_is_fed_by_what_feeds_the_directive_around_it():
    sources = {"/a/*/b": ("p",), "/c": ("q",)}
    assert find_paths("/a/0/b", sources) == ("p",)
    assert find_paths("/c/d/e", sources) == ("q",)
    assert find_paths("/a/x/b", sources) == find_paths("/d", sources) == ()


def test_templates_are_looked_through():
    assert sources({"a": {"@template": "{{b.c}}-{{{d[0]}}}"}}) == {"/a": ("d.0", "b.c")}
    assert sources({"a": {"@liquid": "{{ b.c | append: d }}"}}) == {"/a": ("b.c", "d")}


def test_items_of_a_list_are_a_star():
    shape = {"id": path("$.product_id"), "tags": {"@arrayPath": ["$.tags", path("name")]}}
    assert sources({"contents": {"@arrayPath": ["$.properties.products", shape]}}) == {
        "/contents/*/id": ("properties.products.*.product_id",),
        "/contents/*/tags/*": ("properties.products.*.tags.*.name",),
    }


def test_a_list_within_a_directive_names_its_items():
    inner = {"@json": {"mode": "encode", "value": {"@arrayPath": ["a", path("b")]}}}
    assert sources({"k": inner}) == {"/k": ("a", "a.*.b")}
    assert sources({"k": {"@arrayPath": [path("a"), path("b")]}}) == {"/k": ("a", "b")}


def test_what_transform_hands_on_is_traced_to_the_event():
    operand = {"apply": {"q": path("a"), "r": path("b")}, "mapping": {"out": path("q.z"), "all": path("")}}
    assert sources({"@transform": operand}) == {"/out": ("a",), "/all": ("a", "b")}
    assert sources({"k": {"@literal": {"@transform": operand}}}) == {"/k": ("a", "b")}
    assert sources(
        {"__segment_internal_directive": {"@transform": {"apply": {"q": path("a")}}}, "o": path("q")}
    ) == {"/o": ("a",)}


def test_lists_and_odd_keys_are_pointed_to():
    assert sources({"a/b~c": [1, path("d")]}) == {"/a~1b~0c/1": ("d",)}


def test_a_lone_directive_feeds_the_whole_result():
    assert sources(path("$.a")) == {"": ("a",)}


@given(JSON_VALUES)
def test_any_mapping_has_sources(raw):
    try:
        mapping = parse_mapping({"field": raw})
    except MappingInvalid:
        return
    assert all(pointer.startswith("/field") for pointer in mapping.sources())


def test_a_transform_without_parts_reads_nothing():
    assert sources({"k": [{"@transform": 5}, {"@transform": {}}]}) == {}
