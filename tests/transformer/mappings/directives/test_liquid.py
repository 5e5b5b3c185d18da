import subprocess
import sys
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockpin_transformer.errors import DirectiveFailed
from mockpin_transformer.mappings.directives.liquid import liquid_paths
from tests.transformer.json_values import JSON_VALUES
from tests.transformer.mappings.directives.resolving import resolve, resolve_in_list

EVENT = {
    "s": "Hello World",
    "a": 1,
    "half": 0.5,
    "list": [1, 2, 3],
    "o": {"x": 1},
    "f": False,
    "n": None,
    "e": "",
}


def failure(template):
    with pytest.raises(DirectiveFailed) as caught:
        resolve({"@liquid": template}, **EVENT)
    return caught.value.name, caught.value.message


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("", ""),
        ("plain", "plain"),
        ("{{ s }}{{ n }}{{ missing }}{{ f }}", "Hello Worldfalse"),
        ("{{ list }} {{ o }} {{ half }}", "123 [object Object] 0.5"),
        ("{{ o.x }}{{ list[1] }}", "12"),
        ("{% if a == 1 %}one{% else %}other{% endif %}", "one"),
        ("{% assign q = s | upcase %}{{ q }}", "HELLO WORLD"),
        ("{{ s | nobody_knows_this }}", "Hello World"),
    ],
)
def test_a_template_is_rendered(template, text):
    assert resolve({"@liquid": template}, **EVENT) == text


def test_what_a_template_hashes_does_not_stay_plain_text():
    hashed = resolve({"@liquid": "{{ s | downcase | sha256 }}"}, **EVENT)
    assert hashed == "b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9"


def test_a_template_may_have_a_thousand_characters():
    assert resolve({"@liquid": "x" * 1000}) == "x" * 1000
    assert failure("x" * 1001) == ("Error", "liquid template values are limited to 1000 characters")


@pytest.mark.parametrize(
    "tag", ["for x in list", "case a", "render 'x'", "include 'x'", "tablerow x in list"]
)
def test_tags_that_segment_disables_are_refused_with_their_place(tag):
    name = tag.split()[0]
    assert failure("\n {% " + tag + " %}") == ("ParseError", f'tag "{name}" is disabled, line:2, col:2')


@pytest.mark.parametrize("name", ["sort", "map", "reverse", "uniq", "concat"])
def test_filters_that_segment_disables_are_refused_with_their_place(name):
    assert failure("{{ list | " + name + " }}") == (
        "RenderError",
        f'filter "{name}" is disabled, line:1, col:1',
    )


def test_a_filter_mockpin_does_not_know_is_refused_rather_than_guessed():
    assert failure("{{ s | slugify }}") == (
        "RenderError",
        'filter "slugify" is not known to mockpin, line:1, col:1',
    )


def test_a_disabled_filter_outside_an_output_is_refused():
    assert failure("{% assign q = list | sort %}") == (
        "RenderError",
        'filter "sort" is disabled, line:1, col:1',
    )


def test_an_unreadable_template_fails_when_it_is_reached():
    name, message = failure("{{ unclosed")
    assert name == "ParseError"
    assert message.endswith(", line:1, col:1")
    assert resolve({"@if": {"exists": "x", "then": 1, "else": {"@liquid": "{{ unclosed"}}}) == 1


def test_an_error_tells_nothing_of_the_event():
    with pytest.raises(DirectiveFailed) as caught:
        resolve({"@liquid": "{{ list | append: a, b, c }}"}, list="secret@example.com", a=1)
    assert "secret" not in str(caught.value)


def test_in_a_list_the_template_may_be_no_text():
    with pytest.raises(DirectiveFailed, match=r"^liquid template value must be a string$"):
        resolve_in_list({"@liquid": 5})


def test_within_a_shape_the_scope_is_the_item():
    assert resolve({"@arrayPath": ["a", {"@liquid": "<{{ b }}>"}]}, a=[{"b": 1}, "text"]) == ["<1>", "<>"]


@given(st.text(alphabet="{}%| ab.[]'\"0:=", max_size=25), JSON_VALUES)
def test_any_template_renders_or_fails_as_documented(template, value):
    with suppress(DirectiveFailed):
        assert isinstance(resolve({"@liquid": template}, a=value, b=value), str)


def test_the_paths_of_a_template_are_known():
    assert liquid_paths("{{ s.a[0] | append: t }}{% assign u = v %}{{ u }}") == ["s.a.0", "t", "v"]
    assert liquid_paths("{{ unclosed") == []


def test_without_python_liquid_it_says_what_to_install():
    program = (
        "import sys; sys.modules['liquid'] = None\n"
        "from mockpin_transformer.mappings.mapping import parse_mapping\n"
        "print(parse_mapping({'@liquid': '{{ a }}'}).sources())\n"
        "parse_mapping({'@liquid': '{{ a }}'}).resolve({})\n"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert run.stdout == "{}\n"
    assert "pip install 'mockpin[liquid]'" in run.stderr.splitlines()[-1]
