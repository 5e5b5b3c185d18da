import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockpin_transformer.errors import DirectiveFailed
from mockpin_transformer.js import UNDEFINED
from mockpin_transformer.mappings.directives.lookup import compile_text, placeholders
from tests.transformer.mappings.directives.resolving import resolve, resolve_in_list

USERS = [{"email": "a@example.com"}, {"email": "b@example.com"}]


@pytest.mark.parametrize("name", ["@path", "@template"])
@pytest.mark.parametrize(
    ("value", "kind"), [(5, "number"), (None, "null"), ([], "array"), ({}, "object"), (True, "boolean")]
)
def test_computed_text_must_be_text(name, value, kind):
    with pytest.raises(DirectiveFailed, match=f"^{name}: expected string, got {kind}$"):
        resolve({name: {"@path": "a"}}, a=value)


def test_a_path_may_be_computed():
    assert resolve({"@path": {"@path": "name"}}, name="$.a", a=1) == 1


def test_a_missing_computed_path_fails():
    with pytest.raises(DirectiveFailed, match=r"^@path: expected string, got undefined$"):
        resolve({"@path": {"@path": "nothing"}})


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("{{a}}-{{ b.c }}", "1-deep"),
        ("{{{a}}}", "1"),
        ("{{nothing}}{{null}}", ""),
        ("{{}}", "{{}}"),
        ("{{ }}{{.}}", "[object Object][object Object]"),
        ("{{{a}}", ""),
        ("{{a}}}", "1}"),
        ("{ {a} }", "{ {a} }"),
        ("{{$.a}}", ""),
        ("{{\u00a0a\ufeff}}", "1"),
        ("{{\na\n}}", "1"),
        ("{{{nested}}}", "1"),
        ("{{nested}}", "{{a}}"),
        ("{{list}} {{true}} {{big}}", "1,,2 true 1e+21"),
        ("{{emoji.0}}{{emoji.1}}", "😀"),
    ],
)
def test_a_template_is_filled_in(template, text):
    event = {"a": 1, "b": {"c": "deep"}, "null": None, "nested": "{{a}}", "list": [1, None, 2], "true": True}
    assert resolve({"@template": template}, **event, big=1e21, emoji="😀") == text


@given(st.text(alphabet=st.characters(exclude_characters="{}"), max_size=20))
def test_text_without_braces_is_its_own_template(text):
    assert compile_text(text)({}) == text


def test_the_paths_of_a_template_are_known():
    assert placeholders("{{ a.b }} {{{c}}} {{}}") == ["c", "a.b"]


def test_each_item_takes_the_shape():
    shape = {"em": {"@path": "$.email"}, "kind": "user"}
    assert resolve({"@arrayPath": ["$.users", shape]}, users=USERS) == [
        {"em": "a@example.com", "kind": "user"},
        {"em": "b@example.com", "kind": "user"},
    ]


def test_a_shape_may_be_a_directive():
    assert resolve({"@arrayPath": ["users", {"@path": "email"}]}, users=USERS) == [
        "a@example.com",
        "b@example.com",
    ]


def test_items_that_are_not_objects_follow_the_falsy_stop():
    found = resolve({"@arrayPath": ["a", {"id": {"@path": "id"}}]}, a=[None, 0, "", False, "text", 7])
    assert found == [{"id": None}, {"id": 0}, {"id": ""}, {"id": False}, {}, {}]


def test_an_object_is_a_list_of_one():
    assert resolve({"@arrayPath": ["a", {"@path": "id"}]}, a={"id": 1}) == [1]


@pytest.mark.parametrize("value", [None, "text", 5, False])
def test_other_values_pass_unchanged(value):
    assert resolve({"@arrayPath": ["a", {"@path": "id"}]}, a=value) == value


@pytest.mark.parametrize("shape", [{}, [], "x", 5, None])
def test_a_shape_that_is_not_an_object_or_empty_is_ignored(shape):
    assert resolve({"@arrayPath": ["users", shape, "third"]}, users=USERS) == USERS


def test_the_root_may_be_computed_and_is_not_looked_up_again():
    assert resolve({"@arrayPath": [{"@path": "name"}, {"@path": "id"}]}, name="users", users=USERS) == "users"


def test_a_missing_list_is_missing():
    assert resolve({"@arrayPath": ["nothing", {"@path": "id"}]}) is UNDEFINED


def test_in_a_list_the_operand_may_be_no_list():
    with pytest.raises(DirectiveFailed, match=r"^@arrayPath expected array, got null$"):
        resolve_in_list({"@arrayPath": None})
