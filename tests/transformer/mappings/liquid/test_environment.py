import pytest
from liquid.exceptions import LiquidSyntaxError

from mockpin_transformer.mappings.liquid.environment import DISABLED_TAGS, FILTERS, make_environment

ENVIRONMENT = make_environment()


def test_what_is_printed_is_printed_as_javascript_prints_it():
    template = ENVIRONMENT.from_string("{{ n }} {{ list }} {{ o }} {{ yes }}<{{ missing }}>")
    assert template.render(n=1e-7, list=[1, None], o={}, yes=True) == "1e-7 1 [object Object] true<>"


@pytest.mark.parametrize("name", DISABLED_TAGS)
def test_a_disabled_tag_is_refused_when_it_is_read(name):
    with pytest.raises(LiquidSyntaxError, match=f'tag "{name}" is disabled'):
        ENVIRONMENT.from_string("{% " + name + " x %}")


def test_the_other_tags_work():
    template = ENVIRONMENT.from_string("{% assign a = 'x' %}{% unless b %}{{ a }}{% endunless %}")
    assert template.render() == "x"


def test_the_filters_are_segments_and_an_unknown_one_changes_nothing():
    assert set(ENVIRONMENT.filters) == set(FILTERS)
    assert ENVIRONMENT.from_string("{{ 'x' | nobody_knows_this }}").render() == "x"


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("{{ s[1] }}{{ s.length }}{{ s.size }}<{{ s[-1] }}{{ s.first }}>", "d33<>"),
        ("{{ list[0] }}{{ list[-1] }}<{{ list[9] }}>", "13<>"),
        ("{{ list.first }}{{ list.last }}{{ list.size }}", "133"),
        ("{{ o.size }}{{ o['a b'] }}<{{ o.first }}{{ o[missing] }}>", "2x<>"),
        ("{% assign r = (1..3) %}{{ r.size }}{{ r.last }}", "33"),
    ],
)
def test_paths_lead_where_javascripts_lead(template, text):
    assert ENVIRONMENT.from_string(template).render(s="ada", list=[1, 2, 3], o={"a b": "x", "c": 1}) == text


def test_echo_prints_as_an_output_does_and_blank_blocks_stay():
    template = "{% echo 3 | times: 5 %}{% capture q %} {% endcapture %}<{{ q }}>"
    assert ENVIRONMENT.from_string(template).render() == "15< >"


def test_not_negates():
    assert ENVIRONMENT.from_string("{% if not a and b %}yes{% endif %}").render(b=1) == "yes"


def test_every_filter_of_liquidjs_is_there_or_refused():
    offered = (
        "escape xml_escape escape_once newline_to_br strip_html abs at_least at_most ceil divided_by "
        "floor minus plus modulo times round url_decode url_encode cgi_escape uri_escape slugify join "
        "last first reverse sort sort_natural size map sum compact concat push unshift pop shift slice "
        "where reject where_exp reject_exp group_by group_by_exp has has_exp find_index find_index_exp "
        "find find_exp uniq sample date date_to_xmlschema date_to_rfc822 date_to_string "
        "date_to_long_string append prepend lstrip downcase upcase remove remove_first remove_last rstrip "
        "split strip strip_newlines capitalize replace replace_first replace_last truncate truncatewords "
        "normalize_whitespace number_of_words array_to_sentence_string base64_encode base64_decode sha256 "
        "hmac_sha256 default raw jsonify to_integer json inspect "
    )
    assert set(FILTERS) == {*offered.split(), "type"}  # Segment disables a filter that liquidjs does not have
