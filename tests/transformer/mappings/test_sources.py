from hypothesis import given

from tests.transformer.json_values import JSON_VALUES
from transformer.errors import MappingInvalid
from transformer.mappings.mapping import parse_mapping


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
