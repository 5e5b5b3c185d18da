from mockpin_transformer.mappings.liquid.filters import FILTERS


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
