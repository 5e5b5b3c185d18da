import time
from datetime import UTC, datetime

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
        ("{{ t | date: '%n%t%%|%010Y|%-j|%0e|%_m|%^A|%Ed|%Oy' }}", "\n\t%|0000002023|64|05| 3|SUNDAY|05|23"),
        ("{{ 0.4995 | date: '%s' }}{{ 0.5 | date: '%s' }}{{ true | date: '%s %L' }}", "010 001"),
        (
            "{{ 253402300800.75 | date: '%Y-%m-%d %y %C %A %a %j %H:%M:%S %s %L' }}",
            "10000-01-01 00 10 Saturday Sat 001 00:00:00 253402300801 750",
        ),
        ("{{ 8640000000000 | date: '%Y-%m-%d %y %C' }}", "275760-09-13 57 27"),
        ("{{ -62135596801 | date: '%Y<%y>%C %A' }}", "0<>0 Sunday"),
        ("{{ -8640000000000 | date: '%Y %m %d %y %C' }}", "-271821 04 20 71 -2"),
        ("{{ '12000-01-01' | date: '%Y' }}", "12000"),
        ("{{ 8640000000001 | date: '%Y' }}{{ 'now' | date: '%Y' | size }}", "86400000000014"),
        ("{{ 'soon' | date: '%Y' }}<{{ missing | date: '%Y' }}>", "soon<>"),
        ("{{ (2023..2023) | date: '%m' }}", "01"),
        ("{{ o | date: '%Y' }}{{ big | date }}", "[object Object]1e+21"),
    ],
)
def test_a_time_is_written_as_liquidjs_writes_it(template, text):
    assert render(template, t="2023-03-05T07:56:23.846Z", o={}, big=1e21) == text


@pytest.mark.parametrize("hour", range(24))
def test_hours_are_written_of_24_and_of_12(hour):
    moment = datetime(2023, 3, 5, hour, 7, 9, tzinfo=UTC)
    text = render("{{ t | date: '%H %k|%I %l|%p %P|%M:%S' }}", t=moment.isoformat())
    half = moment.strftime("%p")
    assert text == moment.strftime(f"%H %k|%I %l|{half} {half.lower()}|07:09")


@pytest.mark.parametrize("day", range(1, 32))
def test_days_of_a_month_are_written_with_their_ordinals(day):
    ordinal = {1: "st", 2: "nd", 3: "rd"}.get(day % 10 if day not in (11, 12, 13) else 0, "th")
    moment = datetime(2023, 1, day, tzinfo=UTC)
    text = render("{{ t | date: '%-d%q %d %e %j %a %A %u %w' }}", t=moment.isoformat())
    assert text == moment.strftime(f"{day}{ordinal} %d %e %j %a %A %u %w")


@pytest.mark.parametrize("month", range(1, 13))
def test_months_are_written_by_number_and_name(month):
    moment = datetime(2023, month, 1, tzinfo=UTC)
    assert render("{{ t | date: '%m %b %h %B' }}", t=moment.isoformat()) == moment.strftime("%m %b %h %B")


def test_now_is_now():
    assert abs(int(render("{{ 'now' | date: '%s' }}")) - time.time()) < 60


@pytest.mark.parametrize("arguments", ["'%Y', 'Europe/Berlin'", "'%c'", "'%x'", "'%U'", "'%W'", "'%3N'"])
def test_zones_and_the_codes_mockpin_does_not_know_are_refused(arguments):
    with pytest.raises(LiquidError, match="is not known to mockpin"):
        render("{{ 0 | date: " + arguments + " }}")
