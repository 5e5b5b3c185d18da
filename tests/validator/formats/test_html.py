"""The report as one HTML file."""

import re

from mockpin_validator.formats import render
from tests.validator.formats.audits import AUDIT, CLEAN

PAGE = render(AUDIT, "html")


def test_what_comes_from_the_payloads_is_escaped():
    assert "&lt;b&gt;lead&lt;/b&gt;" in PAGE
    assert "Not &lt;hashed&gt;: 5 %." in PAGE
    assert "<b>" not in PAGE


def test_it_needs_nothing_besides_itself():
    assert not re.search(r"<script|<link|<img|src=|url\(|@import", PAGE)
    assert "default-src 'none'" in PAGE


def test_it_shows_the_line_the_caret_and_the_score():
    assert "            ^^^^^^</pre>".lstrip() in PAGE
    assert "NEEDS_IMPROVEMENT" in PAGE
    assert "mockpin&#39;s own" in PAGE


def test_a_clean_audit_has_no_findings():
    page = render(CLEAN, "html")
    assert "<h1>mockpin validate: ready</h1>" in page
    assert "<article" not in page
