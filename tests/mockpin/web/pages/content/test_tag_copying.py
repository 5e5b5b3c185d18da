"""What is copied of a tag's event is the tag's hit again, not a request that the API would refuse."""

import json
import shlex
from urllib.parse import urlsplit

import pytest

from mockpin.web.pages.content.tag_copying import (
    TAG_FORMS,
    read_hit,
    write_tag_curl,
    write_tag_test,
)
from tests.mockpin.web.site import AGENT, TAG, Site, digest

API = "http://127.0.0.1:7466/v5"
HIT = {
    "tid": TAG, "event": "Add'To\u202eCart", "ad": json.dumps({"loc": "https://shop.test/'\""}),
    "ed": json.dumps({"event_id": "o-1", "value": 10, "line_items": [{"product_id": "7"}]}),
    "pd[em]": digest("jane@example.com"), "pd[opt_out_type]": "LDP",
}  # fmt: skip


@pytest.fixture
def site():
    site = Site()
    site.http.get("/v3/", query_string=HIT, headers={"User-Agent": AGENT})
    yield site
    site.emulator.close()


def read(site, seq=1):
    return site.emulator.store.event(seq).to_dict()


def test_the_command_sends_the_same_hit(site):
    command = write_tag_curl(read(site), API)
    assert "\u202e" not in command
    words = shlex.split(command.replace("\\\n", ""))
    address = urlsplit(words[1].replace("$PINTEREST_TAG_ID", TAG))
    site.http.get(f"{address.path}?{address.query}", headers={"User-Agent": words[3]})
    first, again = (read(site, seq)["payload"] for seq in (1, 2))
    assert {**again, "event_time": 0} == {**first, "event_time": 0}
    assert read(site, 2)["duplicate_of"] == 1


def test_the_test_passes_with_the_plugin(site, pytester):
    pytester.makepyfile(test_hit=write_tag_test(read(site)))
    pytester.runpytest_subprocess("-q", "-p", "no:cacheprovider").assert_outcomes(passed=1)


def test_a_hit_of_nothing_but_a_name_can_be_copied(site):
    site.http.get("/v3/", query_string={"tid": TAG, "event": "checkout"}, headers={"User-Agent": ""})
    assert read_hit(read(site, 2)) == {"event": "checkout"}
    assert all(write(read(site, 2), API) for write in TAG_FORMS.values())
