import time

import pytest
from liquid.exceptions import LiquidError

from tests.transformer.mappings.liquid.rendering import render


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("{{ t | date: '%Y-%m-%d %H:%M:%S.%L' }}", "2023-03-05 07:56:23.846"),
        ("{{ t | date: '%s' }}{{ 0 | date: '%s' }}", "16780029840"),
        ("{{ t | date }}", "Sunday, March 5, 2023 at 7:56 am +0000"),
        ("{{ t | date: '%a %b %-d %e %k %l %I %p %y %C' }}", "Sun Mar 5  5  7  7 07 AM 23 20"),
        ("{{ t | date: '%j %u %w %q %L %6L' }}", "064 7 0 th 846 000846"),
        ("{{ t | date: '%z %:z %Z %% %Q %^b %_d %05d' }}", "+0000 +00:00 UTC % %Q MAR  5 00005"),
        ("{{ '1678003200' | date: '%F|%Y' }}{{ 1678003200.5 | date: '%L' }}", "%F|2023500"),
        ("{{ '2023-03-05T01:00:00+02:00' | date: '%d %H' }}", "04 23"),
        ("{{ t | date_to_xmlschema }}", "2023-03-05T07:56:23+00:00"),
        ("{{ t | date_to_rfc822 }}", "Sun, 05 Mar 2023 07:56:23 +0000"),
        ("{{ 'soon' | date: '%Y' }}<{{ missing | date: '%Y' }}>", "soon<>"),
        ("{{ o | date: '%Y' }}{{ big | date }}", "[object Object]1e+21"),
    ],
)
def test_a_time_is_written_as_liquidjs_writes_it(template, text):
    assert render(template, t="2023-03-05T07:56:23.846Z", o={}, big=1e21) == text


def test_now_is_now():
    assert abs(int(render("{{ 'now' | date: '%s' }}")) - time.time()) < 60


@pytest.mark.parametrize("arguments", ["'%Y', 'Europe/Berlin'", "'%c'", "'%x'", "'%U'", "'%W'", "'%3N'"])
def test_zones_and_the_codes_mockpin_does_not_know_are_refused(arguments):
    with pytest.raises(LiquidError, match="is not known to mockpin"):
        render("{{ 0 | date: " + arguments + " }}")
